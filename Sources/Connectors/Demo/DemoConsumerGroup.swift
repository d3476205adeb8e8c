import Events

/// A simulated consumer group of a demo's stream in eight partitions: its offsets are a function of
/// the seed and the story's second, and nothing depends on what was asked before.
///
/// Once in 150 s one partition isn't consumed for half a minute, for its consumer has left, and two
/// are consumed too slowly; then their lag is drained. In the first minute one has no commit for
/// 40 s. Which ones, the seed decides.
package struct DemoConsumerGroup: Sendable {
    /// Of the stream, by partition.
    private static let shares = [0.20, 0.16, 0.14, 0.12, 0.11, 0.10, 0.09, 0.08]
    private static let period = 150.0
    /// Seconds between two commits of a partition, and for which records are kept.
    private static let commitInterval = 1.3
    private static let retention = 600.0
    private static let firstOffset = 2_000_000.0

    /// What befalls a partition in a period.
    private enum Role: Int {
        case stalled, slow, slowToo, unread, well
    }

    private let demo: DemoName
    private let seed: UInt64

    package init(_ demo: DemoName, seed: UInt64) {
        self.demo = demo
        self.seed = seed
    }

    /// Of all partitions, in order.
    package func offsets(at second: Double) -> [PartitionOffsets] {
        Self.shares.indices.map { partition in
            PartitionOffsets(
                topic: demo.rawValue, partition: partition,
                committed: committed(partition, at: second),
                logStart: end(of: partition, at: second - Self.retention),
                end: end(of: partition, at: second))
        }
    }

    /// Consumers in the group.
    package func members(at second: Double) -> Int {
        (30..<62).contains(StoryShape.phase(of: second, in: Self.period)) ? 3 : 4
    }

    /// Never falls: the tide changes the rate by less than two thirds of it.
    private func end(of partition: Int, at second: Double) -> Int64 {
        let tide = 5 * StoryShape.wave(second / 60 + Double(partition) / 8)
        let records = demo.rate * Self.shares[partition] * (second + tide)
        return Int64((Self.firstOffset + records).rounded(.down))
    }

    /// What the partition's end was when its last commit's record was written; nil: no commit yet.
    private func committed(_ partition: Int, at second: Double) -> Int64? {
        guard let behind = delay(of: partition, at: second) else { return nil }
        // Off the grid of the curves' seconds, so that no rounding moves a commit that stands.
        let ownPhase = Double(partition) * 0.17 + 0.0137
        let commits = ((second - behind + ownPhase) / Self.commitInterval).rounded(.down)
        return end(of: partition, at: commits * Self.commitInterval - ownPhase)
    }

    /// Seconds of the stream that are waiting, beside those since the last commit; nil: nobody has
    /// begun to read. It never grows by more than a second in a second.
    private func delay(of partition: Int, at second: Double) -> Double? {
        var (random, start) = StoryShape.episode(
            every: Self.period, at: second, kind: 8, seed: seed)
        let count = Self.shares.count
        let role = Role(rawValue: (partition + random.below(count)) % count) ?? .well
        let phase = second - start
        switch role {
        case .stalled:
            return 30 * StoryShape.hill(phase, up: 30..<60, down: 65..<85)
        case .slow, .slowToo:
            return 20 * StoryShape.hill(phase, up: 25..<65, down: 70..<95)
        case .unread where start == 0:
            return phase < 40 ? nil : 40 * (1 - StoryShape.ramp(phase, over: 40..<80))
        case .unread, .well:
            return 0
        }
    }
}

extension DemoName {
    /// Events a second, about.
    fileprivate var rate: Double {
        switch self {
        case .plant: 2_600
        case .shop: 2_100
        case .fleet: 400
        }
    }
}
