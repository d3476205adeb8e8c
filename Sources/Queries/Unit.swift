/// What the numbers of a field count, so that `latency_ms > 1.5s` can be meant.
package enum Unit: String, Hashable, Sendable, CaseIterable {
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"
    case bytes

    /// Of the name that a dashboard gives it, as in `units: { latency: ms }`.
    package init?(named name: String) { self.init(rawValue: name) }

    package var name: String { rawValue }

    /// What is measured: units of one dimension can be converted into each other.
    enum Dimension {
        case time, amount
    }

    var dimension: Dimension { self == .bytes ? .amount : .time }

    /// Of a field that ends in `_ms`, `_bytes` and so on, or whose last name does.
    init?(suffixOf path: String) {
        let known = Self.allCases.first { path.hasSuffix("_" + $0.name) }
        guard let known else { return nil }
        self = known
    }

    /// How many powers of ten it is of a nanosecond, or of a byte.
    var power: Int {
        switch self {
        case .nanoseconds, .bytes: 0
        case .microseconds: 3
        case .milliseconds: 6
        case .seconds: 9
        }
    }
}
