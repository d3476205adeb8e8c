import Events

/// A stream's event time: the watermark of each partition, and the stream's, which is the minimum
/// over the active ones and never falls. With `watermark_by` keys take the partitions' place.
///
/// Source of the rules: Flink's `BoundedOutOfOrdernessWatermarks` and `StatusWatermarkValve`.
struct StreamClock {
    struct Partition {
        var origin: Origin
        var watermark = Int64.min
        var highest = Int64.min
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
    /// Of the partitions, as they were first met.
    private(set) var origins: [Origin] = []
    /// nil without `watermark_by`.
    private(set) var keys: KeyClock?
    private(set) var watermark = Int64.min
    /// The minimum over the active partitions, which is the stream's watermark without keys. With
    /// them it is that of the events which have none, and holds the stream's from the first one.
    private(set) var partitionWatermark = Int64.min
    private var hasKeyless = false
    private(set) var disorder = Disorder()
    private(set) var highestEventTime = Int64.min
    private var lastTick: Timestamp?

    init(_ rules: StreamRules) {
        outOfOrderness = rules.outOfOrderness.rawValue
        idleAfter = rules.idleAfter
        isBounded = rules.isBounded
        keys = rules.watermarkBy.map { _ in KeyClock() }
    }

    /// Partitions known at opening count at once.
    mutating func open(_ source: String, partitions known: [Int], at now: Timestamp) {
        for number in known {
            let origin = Origin(source: source, partition: number)
            if let i = index(of: origin) {
                partitions[i].state = .catchingUp
            } else {
                append(Partition(origin: origin, state: .active, lastEventAt: now))
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
        append(
            Partition(
                origin: origin, state: isBounded ? .active : .catchingUp, lastEventAt: now))
        return partitions.count - 1
    }

    private mutating func append(_ partition: Partition) {
        partitions.append(partition)
        origins.append(partition.origin)
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

    /// Events of partition `i`, in their order. True when the watermark rose.
    mutating func observe(_ times: some Sequence<Int64>, in i: Int, at now: Timestamp) -> Bool {
        var highest = partitions[i].highest
        for time in times {
            disorder.note(time, after: highest)
            highest = max(highest, time)
        }
        observe(highest: highest, in: i, at: now)
        return rise()
    }

    /// One event, of that key or of none. True when the stream's watermark rose.
    mutating func observe(_ time: Int64, key: Int?, in i: Int, at now: Timestamp) -> Bool {
        guard let key else {
            hasKeyless = true
            return observe(CollectionOfOne(time), in: i, at: now)
        }
        disorder.note(time, after: keys!.members[key].highest)
        observe(highest: max(time, partitions[i].highest), in: i, at: now)
        keys!.observe(time, own: ownWatermark(time), of: key, stream: watermark, at: now)
        return rise()
    }

    /// The place of a key's clock; nil where the events go by their partition.
    mutating func key(_ value: Scalar, at now: Timestamp) -> Int? { keys?.member(value, at: now) }

    private mutating func observe(highest: Int64, in i: Int, at now: Timestamp) {
        highestEventTime = max(highestEventTime, highest)
        partitions[i].highest = highest
        partitions[i].lastEventAt = now
        partitions[i].watermark = max(partitions[i].watermark, ownWatermark(highest))
        if partitions[i].state != .active {
            let caughtUp = partitions[i].watermark >= partitionWatermark
            partitions[i].state = caughtUp ? .active : .catchingUp
        }
    }

    private func ownWatermark(_ highest: Int64) -> Int64 {
        let (own, overflow) = highest.subtractingReportingOverflow(outOfOrderness + 1)
        return overflow ? .min : own
    }

    /// Processing time has come to `now`: silence makes partitions and keys idle, and moves the
    /// watermark once all of them are. True when it rose, or a key is idle now.
    mutating func tick(_ now: Timestamp) -> Bool {
        defer { lastTick = now }
        guard !isBounded else { return false }
        for i in partitions.indices where partitions[i].isHeard {
            if now - partitions[i].lastEventAt > idleAfter { partitions[i].state = .idle }
        }
        let isAnyNewlyIdle = keys?.tick(now, idleAfter: idleAfter) ?? false
        if rise() { return true }
        guard let lastTick, watermark != .min, !partitions.isEmpty,
            partitions.allSatisfy({ $0.state == .idle || $0.state == .ended }),
            keys?.areAllIdle ?? true
        else { return isAnyNewlyIdle }
        let elapsed = now - lastTick
        watermark = (Timestamp(rawValue: watermark) + elapsed).rawValue
        if partitionWatermark != .min {
            partitionWatermark = (Timestamp(rawValue: partitionWatermark) + elapsed).rawValue
        }
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
    mutating func end(_ source: String, isLast: Bool) -> Bool {
        let rose = leave(source, as: .ended)
        guard isLast else { return rose }
        watermark = .max
        partitionWatermark = .max
        return true
    }

    private mutating func leave(_ source: String, as state: PartitionSnapshot.State) -> Bool {
        for i in partitions.indices where partitions[i].origin.source == source {
            partitions[i].state = state
        }
        return rise()
    }

    /// Takes the minimum over the active partitions, and keys; with none active the watermark
    /// stands.
    private mutating func rise() -> Bool {
        var lowest = keys?.lowest ?? .max
        if keys == nil || hasKeyless {
            let ofPartitions = lowestOfPartitions
            if ofPartitions < .max { partitionWatermark = max(partitionWatermark, ofPartitions) }
            lowest = min(lowest, ofPartitions)
        }
        guard lowest < .max, lowest > watermark else { return false }
        watermark = lowest
        return true
    }
}

extension StreamClock {
    /// Of the active ones; `.max`: none is.
    private var lowestOfPartitions: Int64 {
        var lowest = Int64.max
        for partition in partitions where partition.state == .active {
            lowest = min(lowest, partition.watermark)
        }
        return lowest
    }
}

extension StreamClock.Partition {
    /// Taking part, so that silence makes it idle.
    var isHeard: Bool { state == .active || state == .catchingUp }
}
