import Events

/// A stream's event time: the watermark of each partition, and the stream's, which is the minimum
/// over the active ones and never falls.
///
/// Source of the rules: Flink's `BoundedOutOfOrdernessWatermarks` and `StatusWatermarkValve`.
struct StreamClock {
    struct Partition {
        var origin: Origin
        var watermark = Int64.min
        var state: PartitionSnapshot.State
        /// Processing time of its last event; of its opening before that.
        var lastEventAt: Timestamp
        /// The offset after the highest one seen in this incarnation: what is below has been here.
        var nextOffset: Int64 = 0
    }

    private let outOfOrderness: Int64
    private let idleAfter: Nanoseconds
    private let isBounded: Bool
    private(set) var partitions: [Partition] = []
    private(set) var watermark = Int64.min
    private(set) var highestEventTime = Int64.min
    private var lastTick: Timestamp?

    init(_ rules: StreamRules) {
        outOfOrderness = rules.outOfOrderness.rawValue
        idleAfter = rules.idleAfter
        isBounded = rules.isBounded
    }

    /// Partitions known at opening count at once.
    mutating func open(_ source: String, partitions known: [Int], at now: Timestamp) {
        for number in known {
            let origin = Origin(source: source, partition: number)
            if let i = index(of: origin) {
                partitions[i].state = .catchingUp
            } else {
                partitions.append(Partition(origin: origin, state: .active, lastEventAt: now))
            }
        }
    }

    /// The partition a chunk came from. One that was not known at opening catches up first; of a
    /// bounded stream every partition counts from the start. A new incarnation begins anew.
    mutating func partition(of origin: Origin, at now: Timestamp) -> Int {
        if let i = index(of: origin) {
            if partitions[i].origin.incarnation != origin.incarnation {
                partitions[i].origin.incarnation = origin.incarnation
                partitions[i].nextOffset = 0
            }
            return i
        }
        partitions.append(
            Partition(
                origin: origin, state: isBounded ? .active : .catchingUp, lastEventAt: now))
        return partitions.count - 1
    }

    private func index(of origin: Origin) -> Int? {
        partitions.firstIndex {
            $0.origin.partition == origin.partition && $0.origin.source == origin.source
        }
    }

    /// Offsets below `next` have been here.
    mutating func note(offsetsBelow next: Int64, in i: Int) {
        partitions[i].nextOffset = max(partitions[i].nextOffset, next)
    }

    /// The event time that must be passed before the stream's watermark can reach `boundary`
    /// through partition `i`: events up to it change nothing that anybody can see.
    func quietTime(of i: Int, until boundary: Int64) -> Int64 {
        let partition = partitions[i]
        guard partition.watermark != .min, watermark != .min else { return .min }
        let target = partition.state == .active ? boundary : min(boundary, watermark)
        let (time, overflow) = (target - 1).addingReportingOverflow(outOfOrderness + 1)
        return overflow ? .max : time
    }

    /// Events of partition `i`, the highest of them at `time`. True when the watermark rose.
    mutating func observe(_ time: Int64, in i: Int, at now: Timestamp) -> Bool {
        highestEventTime = max(highestEventTime, time)
        partitions[i].lastEventAt = now
        let (own, overflow) = time.subtractingReportingOverflow(outOfOrderness + 1)
        partitions[i].watermark = max(partitions[i].watermark, overflow ? .min : own)
        switch partitions[i].state {
        case .active: break
        default:
            let caughtUp = partitions[i].watermark >= watermark
            partitions[i].state = caughtUp ? .active : .catchingUp
        }
        return rise()
    }

    /// Processing time has come to `now`: silence makes partitions idle, and moves the watermark
    /// once all of them are. True when it rose.
    mutating func tick(_ now: Timestamp) -> Bool {
        defer { lastTick = now }
        guard !isBounded else { return false }
        for i in partitions.indices where partitions[i].isHeard {
            if now - partitions[i].lastEventAt > idleAfter { partitions[i].state = .idle }
        }
        if rise() { return true }
        guard let lastTick, watermark != .min, !partitions.isEmpty,
            partitions.allSatisfy({ $0.state == .idle })
        else { return false }
        watermark = (Timestamp(rawValue: watermark) + (now - lastTick)).rawValue
        return true
    }

    /// Nobody feeds the partition any more: it is idle at once. True when the watermark rose.
    mutating func hangUp(_ source: String, _ number: Int) -> Bool {
        guard let i = index(of: Origin(source: source, partition: number)) else { return false }
        partitions[i].state = .idle
        return rise()
    }

    mutating func disconnect(_ source: String) -> Bool { leave(source, as: .disconnected) }

    /// The source was read to its end; with the last one time itself ends. True when it rose.
    mutating func end(_ source: String) -> Bool {
        let rose = leave(source, as: .ended)
        guard partitions.allSatisfy({ $0.state == .ended }) else { return rose }
        watermark = .max
        return true
    }

    private mutating func leave(_ source: String, as state: PartitionSnapshot.State) -> Bool {
        for i in partitions.indices where partitions[i].origin.source == source {
            partitions[i].state = state
        }
        return rise()
    }

    /// Takes the minimum over the active partitions; with none active the watermark stands.
    private mutating func rise() -> Bool {
        let active = partitions.lazy.filter { $0.state == .active }.map(\.watermark).min()
        guard let active, active > watermark else { return false }
        watermark = active
        return true
    }
}

extension StreamClock.Partition {
    /// Taking part, so that silence makes it idle.
    var isHeard: Bool { state == .active || state == .catchingUp }
}
