import Events

@testable import Queries

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

/// Throws queries that are right: every form of the tree, with names and values that are hard to
/// write down.
struct QueryDice {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func roll(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    mutating func pick<T>(_ items: [T]) -> T { items[roll(items.count)] }

    mutating func query() -> Query {
        var query = Query(aggregates: [])
        for key in (0..<roll(4)).map({ _ in field() })
        where !query.keys.contains(where: { $0.name == key.name }) { query.keys.append(key) }
        if roll(5) == 0 { query.top = top(beside: query.keys) }
        if query.top == nil { query.aggregates = aggregates(beside: query.keys) }
        if roll(3) == 0 {
            query.stream = pick(["s", "plant-floor", "by", "two words", "a-", "größe"])
        }
        if roll(2) == 0 { query.predicate = condition(3) }
        if roll(2) == 0 { query.window = window() }
        return query
    }

    private mutating func window() -> Window {
        let hop = Int64(1 + roll(100)) * pick([1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000])
        if roll(4) == 0 { return .session(gap: Nanoseconds(rawValue: hop)) }
        return Window(
            size: Nanoseconds(rawValue: hop * Int64(1 + roll(100))), hop: Nanoseconds(rawValue: hop)
        )
    }

    /// nil where its name or that of a key can't be.
    private mutating func top(beside keys: [FieldPath]) -> Top? {
        let path = field()
        var top = Top(limit: 1 + roll(100), value: .field(path), name: path.name)
        if roll(2) == 0 { top = Top(limit: top.limit, value: any(2), name: pick(["x", "größe"])) }
        let names = keys.map(\.name)
        let isFree =
            !names.contains(top.name)
            && !(names + [top.name]).contains { Top.columns.contains($0) }
        return isFree ? top : nil
    }

    private mutating func aggregates(beside keys: [FieldPath]) -> [Aggregate] {
        var aggregates: [Aggregate] = []
        for _ in 0...roll(4) {
            let next = aggregate(at: aggregates.count)
            let isFree =
                !aggregates.contains { $0.name == next.name }
                && !keys.contains { $0.name == next.name }
            if isFree { aggregates.append(next) }
        }
        return aggregates.isEmpty ? [Aggregate(function: .count, name: "only")] : aggregates
    }

    private mutating func aggregate(at index: Int) -> Aggregate {
        let own = pick(["count", "p99_9", "quantile", "a\(index)", "größe", "x"])
        if roll(3) == 0 { return Aggregate(total(2), name: own) }
        let call = aggregateCall()
        return Aggregate(.call(call), name: pick([call.function.name, own]))
    }

    /// Arithmetic that holds an aggregate.
    private mutating func total(_ depth: Int) -> AggregateValue {
        if depth == 0 { return .call(aggregateCall()) }
        let inner = total(depth - 1)
        let other: AggregateValue = roll(2) == 0 ? .number(value()) : total(depth - 1)
        switch roll(5) {
        case 0: return inner
        case 1: return .negate(inner)
        case 2: return .apply(pick([.abs, .round, .sqrt, .log10, .coalesce]), [inner])
        case 3: return .apply(pick([.least, .greatest, .pow, .coalesce]), [inner, other])
        default:
            let sides = roll(2) == 0 ? (inner, other) : (other, inner)
            return .binary(sign(), sides.0, sides.1)
        }
    }

    private mutating func aggregateCall() -> AggregateCall {
        switch roll(7) {
        case 0: return AggregateCall(.count)
        case 1: return AggregateCall(.count, comparison(2))
        case 2: return AggregateCall(.rate)
        case 3: return AggregateCall(.distinct, any(2))
        case 4:
            let q = pick([
                0.5, 0.05, 0.999, 0.99, 1e-7, 0.1 + 0.2,
                Double.random(in: 1e-9..<1, using: &random),
            ])
            return AggregateCall(.quantile(q), number(2))
        default:
            let functions: [AggregateCall.Function] = [
                .sum, .avg, .min, .max, .rate, .stddev, .first, .last, .delta, .slope,
            ]
            return AggregateCall(pick(functions), number(2))
        }
    }

    mutating func value() -> Double {
        pick([
            0, 1, -1, 0.5, -2.25, 1e300, -1e-300, .leastNonzeroMagnitude, 0x1p53, 0.1,
            Double(roll(1000)), Double.random(in: -1e6...1e6, using: &random),
        ])
    }

    mutating func field() -> FieldPath {
        var steps = [FieldPath.Step.name(name())]
        for _ in 0..<roll(3) { steps.append(roll(2) == 0 ? .index(roll(20)) : .name(name())) }
        return FieldPath(steps: steps)
    }

    private mutating func name() -> String {
        pick([
            "a", "latency_ms", "b2", "_", "exists", "count", "p99", "Größe", "日本", "by", "BY", "in",
            "true", "2xx", "a.b", "two words", "\u{301}x", "“q”", "a\u{A0}b", "'", "\"", "\\", "😀",
            "10s", "ago", "a-b", "[0]", " ", "\n",
        ])
    }

    mutating func string() -> String {
        let pieces = [
            "", "a", "\"", "'", "\\", "\n", "\t", "\u{0}", "\u{1B}[2J", "\u{202E}", "\u{2028}", "é",
            "\u{301}", "😀", "`", "\\u0041", "\u{7F}", "\u{FFFF}", "\u{E0001}", "\r\n",
        ]
        return (0..<roll(4)).map { _ in pick(pieces) }.joined()
    }
}
