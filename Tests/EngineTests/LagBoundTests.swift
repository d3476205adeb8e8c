import Events
import Testing

@testable import Engine

/// What is beyond a bound is left out and counted.
@Suite struct LagBoundTests {
    private func sample(_ group: String, probe: Int = 0) -> LagSample {
        LagSample(
            probe: probe, group: group, answer: .offsets([offsets(0, 1, 1)], members: nil))
    }

    @Test func groups() {
        var fixture = LagFixture()
        for i in 0..<LagRules.groupLimit {
            fixture.lag.apply(sample("g\(i)"), at: LagFixture.at(Double(i)))
        }
        let last = LagFixture.at(600)
        fixture.lag.apply(sample("g1"), at: last)
        fixture.lag.apply(sample("late"), at: last)
        var probe = fixture.lag.snapshot(at: last).probes[0]
        #expect(probe.groups.count == LagRules.groupLimit && probe.refusedSamples == 1)
        #expect(probe.groups.map(\.name) == probe.groups.map(\.name).sorted())

        let later = last + Nanoseconds(rawValue: 1)
        fixture.lag.apply(sample("late"), at: later)
        fixture.lag.apply(sample("later"), at: later)
        probe = fixture.lag.snapshot(at: later).probes[0]
        #expect(probe.groups.count == LagRules.groupLimit && probe.refusedSamples == 2)
        let names = Set(probe.groups.map(\.name))
        #expect(names.contains("late") && !names.contains("g0") && names.contains("g1"))
    }

    @Test func partitions() {
        var fixture = LagFixture()
        let limit = LagRules.partitionLimit
        fixture.poll(at: 0, (0..<limit).map { offsets($0, 1, 2) })
        #expect(fixture.group.partitionsOverLimit == 0)
        fixture.poll(at: 1, (0..<limit + 3).reversed().map { offsets($0, 1, 2) })
        #expect(fixture.group.partitionsOverLimit == 3)
        #expect(fixture.group.total == LagTotal(lag: Int64(limit), known: limit, partitions: limit))
        fixture.poll(at: 2, (3..<limit + 3).map { offsets($0, 1, 2) })
        #expect(fixture.group.partitionsOverLimit == 0)
        #expect(fixture.group.total.partitions == limit && fixture.group.total.known == limit)
    }

    @Test func history() {
        var fixture = LagFixture()
        for i in 0...LagRules.historyLimit {
            fixture.poll(at: Double(i), committed: 0, end: Int64(i))
        }
        fixture.fail(at: 700)
        let history = fixture.group.history
        #expect(history.count == LagRules.historyLimit)
        #expect(history.first?.total?.lag == 2 && history.first?.largest == 2)
        #expect(history.last == LagPoint(at: LagFixture.at(700), total: nil))
    }

    @Test func badOffsetsAndRepeatsAreRefused() {
        var fixture = LagFixture()
        fixture.poll(
            at: 0,
            [
                offsets(0, -1001, 5), offsets(1, 1, -1), offsets(2, 1, 1, logStart: -2),
                offsets(3, 9, 10), offsets(3, 4, 10), offsets(4, nil, 10),
            ])
        #expect(fixture.group.refused == 4)
        #expect(fixture.group.partitions.map(\.partition) == [3, 4])
        #expect(fixture.group.partitions[0].lag == 6)
    }

    @Test func theLargestOffsetsDoNotOverflow() {
        var fixture = LagFixture()
        let largest = [offsets(0, 0, .max), offsets(1, 0, .max)]
        for i in 0..<5 { fixture.poll(at: Double(i), largest) }
        #expect(fixture.group.total.lag == .max)
        fixture.poll(at: 5, [offsets(0, .max, 0), offsets(1, .max, .max, logStart: .max)])
        #expect(fixture.group.total.lag == 0)
    }

    @Test func aProbeThatIsNotThere() {
        var fixture = LagFixture()
        fixture.lag.apply(sample("g", probe: 1), at: .epoch)
        fixture.lag.apply(sample("g", probe: -1), at: .epoch)
        #expect(fixture.lag.snapshot(at: .epoch).strays == 2)
    }
}
