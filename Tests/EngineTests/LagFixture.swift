import Events

@testable import Engine

/// One probe and one group, polled by hand; times are in seconds.
struct LagFixture {
    var lag: ConsumerLag
    var now = Timestamp.epoch

    init(_ change: (inout LagRules) -> Void = { _ in }) {
        var rules = LagRules()
        change(&rules)
        lag = ConsumerLag([LagPlan(name: "billing", rules: rules)])
    }

    static func at(_ seconds: Double) -> Timestamp {
        Timestamp(rawValue: Int64(seconds * 1e9))
    }

    mutating func poll(
        at seconds: Double, _ offsets: [PartitionOffsets], members: Int? = 2,
        group: String = "billing"
    ) {
        apply(.offsets(offsets, members: members), at: seconds, group: group)
    }

    /// One partition.
    mutating func poll(
        at seconds: Double, committed: Int64?, logStart: Int64 = 0, end: Int64,
        firstUnconsumed: Timestamp? = nil, members: Int? = 2
    ) {
        let offsets = PartitionOffsets(
            topic: "t", partition: 0, committed: committed, logStart: logStart, end: end,
            firstUnconsumed: firstUnconsumed)
        poll(at: seconds, [offsets], members: members)
    }

    mutating func fail(at seconds: Double, _ reason: String = "refused") {
        apply(.none(reason), at: seconds, group: "billing")
    }

    private mutating func apply(_ answer: LagSample.Answer, at seconds: Double, group: String) {
        now = Self.at(seconds)
        lag.apply(LagSample(probe: 0, group: group, answer: answer), at: now)
    }

    var group: LagGroupSnapshot { group(at: now) }

    func group(at now: Timestamp) -> LagGroupSnapshot { lag.snapshot(at: now).probes[0].groups[0] }

    var partition: LagPartitionSnapshot { group.partitions[0] }

    /// Eleven polls, 5 s apart from 0 s: a commit and ten changes of it, 45 s from the first to
    /// the last; the lags at those changes are these.
    static func withHistory(lags: [Int64], offsets: [Int64]? = nil) -> LagFixture {
        precondition(lags.count == LagRules.commitLimit, "a full history")
        var fixture = LagFixture()
        let offsets = offsets ?? (1...10).map { Int64($0) * 100 }
        fixture.poll(at: 0, committed: 1, end: 1000)
        for i in 0..<10 {
            let end = offsets[i] + lags[i]
            fixture.poll(at: Double(i + 1) * 5, committed: offsets[i], end: end)
        }
        return fixture
    }
}

func offsets(
    _ partition: Int, _ committed: Int64?, _ end: Int64, logStart: Int64 = 0, topic: String = "t"
) -> PartitionOffsets {
    PartitionOffsets(
        topic: topic, partition: partition, committed: committed, logStart: logStart, end: end)
}
