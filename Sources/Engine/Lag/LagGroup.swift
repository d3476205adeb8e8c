import Events

/// A consumer group: what its answers so far say of each of its partitions.
struct LagGroup: Sendable {
    let name: String
    let rules: LagRules
    /// Of the last sample, an answer or not.
    private(set) var sampledAt = Timestamp.beginning
    private var answeredAt: Timestamp?
    private var members: Int?
    /// By place.
    private var partitions: [LagPartition] = []
    private var overLimit = 0
    private var refused: UInt64 = 0
    private var history: [LagPoint] = []
    /// Made once for each sample, since many frames show the same one.
    private var current: LagGroupSnapshot

    init(name: String, rules: LagRules) {
        self.name = name
        self.rules = rules
        current = LagGroupSnapshot(name: name)
    }

    mutating func apply(_ answer: LagSample.Answer, at now: Timestamp) {
        sampledAt = now
        switch answer {
        case .offsets(let offsets, let members):
            self.members = members
            answeredAt = now
            take(admitted(offsets), at: now)
            current = answered
            remember(LagPoint(at: now, total: current.total, largest: largestLag))
        case .none(let reason):
            current.disconnect("no answer: \(reason)")
            remember(LagPoint(at: now, total: nil))
        }
    }

    func snapshot(at now: Timestamp) -> LagGroupSnapshot {
        var snapshot = current
        snapshot.history = history
        snapshot.age = answeredAt.map { now - $0 }
        if let age = snapshot.age, age > rules.silentAfter, snapshot.status != .disconnected {
            snapshot.disconnect("no answer for longer than \(seconds(rules.silentAfter))")
        }
        return snapshot
    }

    // MARK: Taking an answer

    /// What of an answer can be taken, by place, so that its own order means nothing. Of a
    /// partition that is named twice the one with the lower offsets counts.
    private mutating func admitted(_ offsets: [PartitionOffsets]) -> [PartitionOffsets] {
        let valid = offsets.filter(\.isValid).sorted(by: PartitionOffsets.inOrder)
        var admitted: [PartitionOffsets] = []
        for next in valid where admitted.last.map(LagPlace.init) != LagPlace(next) {
            admitted.append(next)
        }
        refused += UInt64(offsets.count - admitted.count)
        overLimit = max(0, admitted.count - LagRules.partitionLimit)
        return Array(admitted.prefix(LagRules.partitionLimit))
    }

    private mutating func take(_ answer: [PartitionOffsets], at now: Timestamp) {
        var new: [LagPartition] = []
        var next = partitions.startIndex
        for offsets in answer {
            let place = LagPlace(offsets)
            while next < partitions.count, partitions[next].place < place {
                partitions[next].miss(at: now)
                next += 1
            }
            if next < partitions.count, partitions[next].place == place {
                partitions[next].take(offsets, at: now)
                next += 1
            } else {
                new.append(LagPartition(offsets, at: now))
            }
        }
        for i in next..<partitions.count { partitions[i].miss(at: now) }
        if !new.isEmpty { partitions = (partitions + new).sorted { $0.place < $1.place } }
        forget(at: now)
    }

    /// Lets go of partitions that answers have left out for too long; of all of those, where
    /// there is no room.
    private mutating func forget(at now: Timestamp) {
        let isFull = partitions.count > LagRules.partitionLimit
        partitions.removeAll { partition in
            guard let since = partition.missingSince else { return false }
            return isFull || now - since > rules.forgetAfter
        }
    }

    private mutating func remember(_ point: LagPoint) {
        if history.count == LagRules.historyLimit { history.removeFirst() }
        history.append(point)
    }

    // MARK: What follows from it

    private var largestLag: Int64? { current.partitions.compactMap(\.lag).max() }

    private var answered: LagGroupSnapshot {
        var snapshot = LagGroupSnapshot(name: name)
        snapshot.partitions = partitions.map { $0.snapshot(rules, members: members) }
        snapshot.sumUp()
        snapshot.members = members
        snapshot.answeredAt = answeredAt
        snapshot.partitionsOverLimit = overLimit
        snapshot.refused = refused
        return snapshot
    }
}

extension PartitionOffsets {
    /// Offsets below zero are a broker's signs for something else, which a probe should know.
    fileprivate var isValid: Bool { logStart >= 0 && end >= 0 && (committed ?? 0) >= 0 }

    /// By place; the same place by its offsets, the lower ones first.
    fileprivate static func inOrder(_ a: PartitionOffsets, _ b: PartitionOffsets) -> Bool {
        let (x, y) = (LagPlace(a), LagPlace(b))
        return x == y ? a.numbers.lexicographicallyPrecedes(b.numbers) : x < y
    }

    private var numbers: [Int64] {
        [committed ?? -1, end, logStart, firstUnconsumed?.rawValue ?? .min]
    }
}
