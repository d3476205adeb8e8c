import Events

/// A stream's watermark: the lowest of its partitions', all of which are known from the start.
struct NaiveClock {
    private struct Name: Hashable {
        var source: String
        var partition: Int
    }

    private let outOfOrderness: Int64
    /// Event time of each.
    private var highest: [Name: Int64] = [:]
    private(set) var watermark = Int64.min

    /// With `isOne` it doesn't matter which of the partitions an event is of.
    init(_ origins: [Origin], outOfOrderness: Int64, isOne: Bool = false) {
        self.outOfOrderness = outOfOrderness
        for origin in origins.prefix(isOne ? 1 : .max) { highest[name(origin)] = .min }
    }

    mutating func observe(_ event: FieldEvent) {
        let name = highest.count == 1 ? highest.keys.first! : name(event.origin)
        highest[name] = max(highest[name]!, event.time)
        let lowest = highest.values.min()!
        if lowest > .min { watermark = max(watermark, lowest - outOfOrderness - 1) }
    }

    mutating func end() { watermark = .max }

    private func name(_ origin: Origin) -> Name {
        Name(source: origin.source, partition: origin.partition)
    }
}
