import Events

/// What a field's events hold: how many of each kind.
struct KindCounts: Hashable, Sendable {
    static let kinds: [Column.Kind] = [.missing, .null, .bool, .number, .string, .compound]

    private var counts = Array(repeating: 0, count: kinds.count)

    subscript(kind: Column.Kind) -> Int { counts[Int(kind.rawValue)] }

    var events: Int { counts.reduce(0, +) }

    /// Without a value: a query sees a null and a missing field alike.
    var absent: Int { self[.missing] + self[.null] }

    mutating func add(_ kinds: [Column.Kind]) {
        counts.withUnsafeMutableBufferPointer { counts in
            for kind in kinds { counts[Int(kind.rawValue)] += 1 }
        }
    }

    mutating func add(_ other: KindCounts) {
        for i in counts.indices { counts[i] += other.counts[i] }
    }

    /// Events with a value of another kind.
    func others(than kind: Column.Kind) -> Int { events - absent - self[kind] }

    /// The most frequent kind of a value, but not `former`; nil where there is no value.
    func mostFrequent(but former: Column.Kind? = nil) -> Column.Kind? {
        let present = Self.kinds.filter { $0 != .missing && $0 != .null && $0 != former }
        let most = present.max { self[$0] < self[$1] }
        return most.flatMap { self[$0] > 0 ? $0 : nil }
    }

    /// Whether `count` of these events are more than 1 %.
    func exceedsShare(_ count: Int) -> Bool { count * 100 > events }
}
