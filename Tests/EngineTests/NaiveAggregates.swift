import Events
import Queries

@testable import Engine

/// One query, and what its columns are of a list of events: each computed from all of them, and
/// with exact integers where the engine has compensated sums.
///
/// Of the fields, `x` is a whole number below 2^53 in magnitude, or something else; `name` has
/// values of any type; `key` groups.
struct NaiveAggregates {
    static let columns = """
        count() as n, count(x > 0) as up, 100 * count(x > 0) / count() as share, \
        sum(x) as total, avg(x) as mean, sum(x * 2) / 2 - avg(x) as rest, \
        round(coalesce(max(x), 0) - coalesce(min(x), 0)) as span, rate() as speed, \
        stddev(x) as spread, first(x) as opened, last(x) as closed, delta(x) as change, \
        slope(x) as trend, distinct(name) as names, count(name == 1) as ones
        """

    /// `seconds`: the window's length. The events are in any order.
    static func values(_ events: [FieldEvent], seconds: Double) -> [Double] {
        let numbers = events.filter { $0.x != nil }.sorted { $0.isBefore($1) }
        let xs = numbers.map { $0.x! }
        let n = Double(xs.count)
        let up = Double(xs.count { $0 > 0 })
        let sum = Double(xs.reduce(0) { $0 + Int64($1) })
        let isEmpty = xs.isEmpty
        let mean = isEmpty ? Double.nan : sum / n
        let names = Set(events.compactMap { $0.fields["name"] }).subtracting([.null])
        let count = Double(events.count)
        return [
            count, up, 100 * up / count, isEmpty ? .nan : sum, mean,
            isEmpty ? .nan : sum - mean, (xs.max() ?? 0) - (xs.min() ?? 0), count / seconds,
            deviation(xs), xs.first ?? .nan, xs.last ?? .nan,
            isEmpty ? .nan : xs.last! - xs.first!, slope(numbers), Double(names.count),
            Double(events.count { $0.fields["name"] == .number(1) }),
        ]
    }

    static func deviation(_ xs: [Double]) -> Double {
        guard xs.count > 1 else { return .nan }
        let n = Int128(xs.count)
        let whole = xs.map { Int128($0) }
        let sum = whole.reduce(0, +)
        let spread = n * whole.reduce(0) { $0 + $1 * $1 } - sum * sum
        return (Double(spread) / Double(n) / Double(n - 1)).squareRoot()
    }

    /// Per second.
    static func slope(_ events: [FieldEvent]) -> Double {
        let n = Int128(events.count)
        let xs = events.map { Int128($0.x!) }
        let ts = events.map { Int128($0.time - events[0].time) }
        let (sumX, sumT) = (xs.reduce(0, +), ts.reduce(0, +))
        let spread = n * ts.reduce(0) { $0 + $1 * $1 } - sumT * sumT
        guard spread > 0 else { return .nan }
        let common = n * zip(ts, xs).reduce(0) { $0 + $1.0 * $1.1 } - sumT * sumX
        return Double(common) / Double(spread) * 1e9
    }
}

extension FieldEvent {
    /// The number of the field `x`.
    var x: Double? { if case .number(let x)? = fields["x"] { x } else { nil } }

    /// Event time, and among equal ones source name, partition, incarnation and offset.
    func isBefore(_ other: FieldEvent) -> Bool {
        if time != other.time { return time < other.time }
        let (a, b) = (origin, other.origin)
        if a.source != b.source { return a.source.utf8.lexicographicallyPrecedes(b.source.utf8) }
        return (a.partition, a.incarnation, offset) < (b.partition, b.incarnation, other.offset)
    }
}
