import Events

/// Where an event stands in event time, and among those of its time: which is first and which last
/// does not depend on the order in which they come. Three words of a row.
struct EventPlace {
    static let words = 3

    var time: Int64
    /// The partition's number in the stream's clock, and its incarnation, 32 bits each.
    var origin: UInt64
    var offset: Int64

    init(time: Int64, origin: UInt64, offset: Int64) {
        self.time = time
        self.origin = origin
        self.offset = offset
    }

    init(_ words: UnsafePointer<UInt64>) {
        time = Int64(bitPattern: words[0])
        origin = words[1]
        offset = Int64(bitPattern: words[2])
    }

    func write(_ words: UnsafeMutablePointer<UInt64>) {
        words[0] = UInt64(bitPattern: time)
        words[1] = origin
        words[2] = UInt64(bitPattern: offset)
    }

    /// The second word of the events of a partition's incarnation.
    static func origin(partition: Int, incarnation: Int) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: partition)) << 32
            | UInt64(UInt32(truncatingIfNeeded: incarnation))
    }

    /// Ties go by source name, partition, incarnation and offset. `origins`: of the partitions, by
    /// their numbers.
    func isBefore(_ other: EventPlace, _ origins: [Origin]) -> Bool {
        if time != other.time { return time < other.time }
        if origin == other.origin { return offset < other.offset }
        if origin >> 32 == other.origin >> 32 { return origin < other.origin }
        let (a, b) = (origins[Int(origin >> 32)], origins[Int(other.origin >> 32)])
        if a.source != b.source { return a.source.utf8.lexicographicallyPrecedes(b.source.utf8) }
        return a.partition < b.partition
    }
}
