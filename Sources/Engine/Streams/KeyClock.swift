import Events

/// The watermarks of a stream with `watermark_by`, one for each value of that field: a device
/// which comes back after hours is late beside others, and not beside itself.
///
/// At most `limit` of them; events of further ones, and of none, go by their partition.
struct KeyClock {
    static let limit = 10_000

    struct Member {
        var value: Scalar
        var watermark = Int64.min
        var highest = Int64.min
        var state: PartitionSnapshot.State
        /// Processing time of its last event.
        var lastEventAt: Timestamp
    }

    private(set) var members: [Member] = []
    private var places: [Scalar: Int] = [:]
    /// The watermarks of the active ones; `.max` for the others.
    private var active = MinimumTree()
    private var idle = 0
    private let limit: Int

    init(limit: Int = Self.limit) { self.limit = limit }

    /// The lowest watermark of the active ones; `.max`: none is active.
    var lowest: Int64 { active.minimum }

    /// Who holds the stream's watermark.
    var holder: Member? { active.place.map { members[$0] } }

    /// How many are in a state, and the first of them. No other is copied: there may be ten
    /// thousand, and snapshots are taken often.
    func members(
        in state: PartitionSnapshot.State, atMost limit: Int
    ) -> (count: Int, first: [Member]) {
        var (count, first) = (0, [Member]())
        for i in members.indices where members[i].state == state {
            count += 1
            if count <= limit { first.append(members[i]) }
        }
        return (count, first)
    }

    var areAllIdle: Bool { idle == members.count }

    /// The place of a value; nil: it goes by its partition.
    mutating func member(_ value: Scalar, at now: Timestamp) -> Int? {
        if let known = places[value] { return known }
        guard value != .null, members.count < limit else { return nil }
        places[value] = members.count
        members.append(Member(value: value, state: .catchingUp, lastEventAt: now))
        active.append(.max)
        return members.count - 1
    }

    /// An event of the member at `time`, which makes its own watermark `own`. It is active once
    /// that has reached the stream's.
    mutating func observe(
        _ time: Int64, own: Int64, of i: Int, stream watermark: Int64, at now: Timestamp
    ) {
        if members[i].state == .idle { idle -= 1 }
        members[i].lastEventAt = now
        members[i].highest = max(members[i].highest, time)
        members[i].watermark = max(members[i].watermark, own)
        if members[i].state != .active {
            members[i].state = members[i].watermark >= watermark ? .active : .catchingUp
        }
        if members[i].state == .active { active[i] = members[i].watermark }
    }

    /// Makes idle who has been silent for longer than that. True if anybody was.
    mutating func tick(_ now: Timestamp, idleAfter: Nanoseconds) -> Bool {
        let before = idle
        for i in members.indices
        where members[i].state != .idle && now - members[i].lastEventAt > idleAfter {
            members[i].state = .idle
            active[i] = .max
            idle += 1
        }
        return idle > before
    }
}
