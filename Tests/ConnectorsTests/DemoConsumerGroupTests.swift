import Events
import Testing

@testable import Connectors

@Suite struct DemoConsumerGroupTests {
    private func lag(_ offsets: PartitionOffsets) -> Int64? {
        offsets.committed.map { offsets.end - $0 }
    }

    /// Per partition, over the seconds.
    private func history(_ seed: UInt64, _ seconds: Range<Int>) -> [[PartitionOffsets]] {
        let group = DemoConsumerGroup(.shop, seed: seed)
        let polls = seconds.map { group.offsets(at: Double($0)) }
        return (0..<8).map { partition in polls.map { $0[partition] } }
    }

    @Test(arguments: [1, 2, 3, 77] as [UInt64])
    func offsetsOnlyGrow(seed: UInt64) {
        for partition in history(seed, 0..<900) {
            for (a, b) in zip(partition, partition.dropFirst()) {
                #expect(a.end < b.end && a.logStart < b.logStart, "seed \(seed)")
                #expect((a.committed ?? 0) <= (b.committed ?? 0), "seed \(seed)")
                #expect(a.committed == nil || b.committed != nil, "seed \(seed)")
                #expect((a.committed ?? a.end) <= a.end, "seed \(seed)")
                #expect((a.committed ?? a.end) > a.logStart, "seed \(seed)")
            }
        }
    }

    /// The sum of what is known: small before, more than 10,000 at its worst, small again, all in
    /// the first two minutes.
    @Test(arguments: [1, 2, 3, 77] as [UInt64])
    func lagGrowsAndDrains(seed: UInt64) {
        let group = DemoConsumerGroup(.shop, seed: seed)
        func total(_ second: Int) -> Int64 {
            group.offsets(at: Double(second)).compactMap(lag).reduce(0, +)
        }
        #expect((0...20).allSatisfy { total($0) < 3_000 }, "seed \(seed)")
        #expect((0...120).map(total).max()! > 10_000, "seed \(seed)")
        #expect((100...120).allSatisfy { total($0) < 3_000 }, "seed \(seed)")
        #expect((190...220).map(total).max()! > 10_000, "seed \(seed)")
    }

    /// One stands for half a minute while its end grows, two fall behind, one has no commit at
    /// first, and the others keep up.
    @Test(arguments: [1, 2, 3, 77] as [UInt64])
    func eachPartitionHasItsPart(seed: UInt64) {
        var parts: [String: Int] = [:]
        for partition in history(seed, 0..<120) {
            let stalled = Set(partition[32...58].map(\.committed)).count == 1
            let part =
                partition[0].committed == nil
                ? "unread" : stalled ? "stalled" : lag(partition[65])! > 2_000 ? "slow" : "well"
            parts[part, default: 0] += 1
            #expect(partition[39].committed == nil || part != "unread")
            #expect(partition[40].committed != nil)
            #expect(part == "unread" || partition.allSatisfy { $0.committed != nil })
        }
        #expect(parts == ["unread": 1, "stalled": 1, "slow": 2, "well": 4], "seed \(seed)")
        let later = history(seed, 150..<300)
        #expect(later.allSatisfy { $0.allSatisfy { $0.committed != nil } }, "seed \(seed)")
    }

    @Test func aConsumerLeavesForAWhile() {
        let group = DemoConsumerGroup(.fleet, seed: 1)
        for (second, members) in [(29.9, 4), (30, 3), (61.9, 3), (62, 4), (185, 3)] {
            #expect(group.members(at: second) == members)
        }
    }

    /// As many as the story tells, within a fifth.
    @Test(arguments: DemoName.allCases)
    func recordsAreProducedAsTheStoryTellsThem(demo: DemoName) {
        let start = Timestamp(rawValue: 1_764_000_000_000_000_000)
        var stream = DemoStream(demo, seed: 1, start: start)
        let told = stream.next(until: start + .seconds(20)).count { $0 == 10 }
        let group = DemoConsumerGroup(demo, seed: 1)
        func ends(_ second: Double) -> Int64 { group.offsets(at: second).reduce(0) { $0 + $1.end } }
        let share = Double(ends(60) - ends(0)) / 3 / Double(told)
        #expect((0.8...1.2).contains(share))
    }
}

@Suite struct DemoLagProbeTests {
    @Test func aSampleIsAFunctionOfSeedAndPoll() {
        func probe(_ seed: UInt64) -> DemoLagProbe {
            DemoLagProbe(probe: 2, demo: .shop, group: "billing", seed: seed, stop: Stop())
        }
        for poll in [0, 1, 45, 70, 1_000] {
            #expect(probe(7).sample(poll) == probe(7).sample(poll))
        }
        #expect(probe(7).sample(58) != probe(8).sample(58))
        let sample = probe(7).sample(50)
        #expect(sample.probe == 2 && sample.group == "billing")
        guard case .offsets(let partitions, members: 3) = sample.answer else {
            Issue.record("it has an answer of three members")
            return
        }
        #expect(partitions.map(\.partition) == Array(0..<8))
        #expect(Set(partitions.map(\.topic)) == ["shop"])
    }

    @Test func speedIsThatOfTheStory() {
        let stop = Stop()
        let slow = DemoLagProbe(probe: 0, demo: .shop, group: "g", stop: stop)
        let fast = DemoLagProbe(probe: 0, demo: .shop, group: "g", speed: 10, stop: stop)
        #expect(fast.sample(6) == slow.sample(60))
    }

    @Test func pollsAtOnceAndUntilTheSign() {
        let stop = Stop()
        let sink = TestSink()
        let probe = DemoLagProbe(probe: 0, demo: .shop, group: "g", stop: stop)
        let thread = SourceThread { probe.run(into: sink) }
        #expect(sink.wait { $0.lagSamples.count == 2 })
        stop.signal()
        #expect(thread.join(within: 5))
        #expect(sink.lagSamples == [probe.sample(0), probe.sample(1)])
    }
}
