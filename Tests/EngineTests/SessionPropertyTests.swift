import Alerting
import Events
import Queries
import TestSeeds
import Testing

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// Sessions, against ones that are computed anew from all events.
@Suite struct SessionPropertyTests {
    private struct Scenario {
        let gap: Int64
        let outOfOrderness: Int64
        var allowedLateness: Int64 = 1
        let forgetAfter: Int64
        let draw: StreamDraw

        init(isLate: Bool, _ random: inout SplitMix) {
            gap = Int64(random.pick([20, 40, 60])) * millisecond
            outOfOrderness = Int64(random.pick([0, 10, 60])) * millisecond
            var delay = outOfOrderness
            if isLate {
                allowedLateness = Int64(random.pick([0, 40, 100, 300])) * millisecond
                delay += Int64(random.pick([200, 500])) * millisecond
            }
            forgetAfter = gap + allowedLateness + Int64(random.number(0..<200)) * millisecond
            draw = StreamDraw(
                count: 150, delay: delay, times: Self.times(150, &random), &random,
                fields: Self.fields)
        }

        /// Half of them on a grid that every gap is a multiple of: so many touch at the gap.
        private static func times(_ count: Int, _ random: inout SplitMix) -> [Int64] {
            let base: Int64 = random.pick([-900, 0, 1_699_999_999_100]) * millisecond
            let grain = random.once(in: 2) ? 10 * millisecond : 1
            return (0..<count).map { _ in
                base + Int64(random.number(0..<2_000_000_000)) / grain * grain
            }.sorted()
        }

        private static func fields(
            _ time: Int64, _ random: inout SplitMix
        ) -> [String: Scalar] {
            let era = floorDiv(time, 500 * millisecond)
            return [
                "key": .string(random.pick(["a", "b", "c", "k\(era)"])),
                "x": random.pick([.null, .number(Double(random.number(-999..<1_000)))]),
                "name": random.pick([.string("1"), .number(1), .bool(true)]),
            ]
        }

        func fixture(
            sharing: Bool, bounded: Bool = true, rules: [RulePlan] = []
        ) throws -> StreamFixture {
            try StreamFixture(
                "\(NaiveAggregates.columns) by key over session(\(gap)ns)", origins: draw.origins,
                bounded: bounded, sharing: sharing, rules: rules
            ) {
                $0.outOfOrderness = Nanoseconds(rawValue: outOfOrderness)
                $0.allowedLateness = Nanoseconds(rawValue: allowedLateness)
                $0.forgetAfter = Nanoseconds(rawValue: forgetAfter)
            }
        }

        func naive(_ arrivals: [FieldEvent]) -> NaiveSessions {
            var naive = NaiveSessions(
                gap: gap, allowedLateness: allowedLateness,
                clock: NaiveClock(draw.origins, outOfOrderness: outOfOrderness))
            for event in arrivals { naive.take(event) }
            naive.end()
            return naive
        }
    }

    /// Which panes came before may differ, where one that touches is at the bound.
    @Test(arguments: seeds(8))
    func anyOrderWithinTheBoundGivesTheSameSessions(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let scenario = Scenario(isLate: false, &random)
        let want = scenario.naive(scenario.draw.arrivals(&random))
        #expect(want.lateEvents == 0)
        for limit in [1, 7, 1_000] {
            var fixture = try scenario.fixture(sharing: limit != 7)
            fixture.send(scenario.draw.arrivals(&random), batch: limit)
            fixture.end()
            let rows = fixture.rows(.final).inOrder
            compare(
                rows.withoutFormer, want.rows[.final]!.withoutFormer,
                "seed \(seed), batches of \(limit), gap \(scenario.gap)")
            #expect(fixture.view().books.aggregated == 150)
        }
    }

    @Test(arguments: seeds(8))
    func whatComesLateGrowsAndBridgesSessions(seed: UInt64) throws {
        var random = SplitMix(seed: ~seed)
        let scenario = Scenario(isLate: true, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let want = scenario.naive(arrivals)
        for limit in [1, 5, 1_000] {
            var fixture = try scenario.fixture(sharing: limit == 5)
            fixture.send(arrivals, batch: limit)
            fixture.end()
            let story = "late seed \(seed), batches of \(limit), gap \(scenario.gap)"
            compare(fixture.rows(.onTime).inOrder, want.rows[.onTime]!, story)
            compare(fixture.rows(.late), want.rows[.late]!, story)
            compare(fixture.rows(.final).inOrder, want.rows[.final]!, story)
            #expect(fixture.view().books.late == want.lateEvents, "\(story)")
        }
    }

    @Test(arguments: seeds(4)) func batchesChangeNothing(seed: UInt64) throws {
        var random = SplitMix(seed: seed ^ 0xFF)
        let scenario = Scenario(isLate: true, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let rule = RulePlan(
            name: "many", when: try Condition(parsing: "v.n > 2"),
            columns: [FieldPath("v", "n"): ViewColumn(view: 0, aggregate: 0)],
            rule: AlertRule(holdFor: .milliseconds(70)), every: .milliseconds(70))
        let results = try [1, 4, 1_000].map { limit in
            var fixture = try scenario.fixture(
                sharing: limit == 1, bounded: false, rules: [rule])
            fixture.send(arrivals, batch: limit)
            return fixture.picture
        }
        compare(results, "seed \(seed)")
    }

    /// Of scenarios in which nothing happens nothing can be learned.
    @Test func scenariosHaveWhatTheyAreFor() {
        var (late, again, bridges) = (0, 0, 0)
        for seed in UInt64(1)...8 {
            var random = SplitMix(seed: ~seed)
            let scenario = Scenario(isLate: true, &random)
            let naive = scenario.naive(scenario.draw.arrivals(&random))
            late += Int(naive.lateEvents)
            again += naive.rows[.late]!.count
            bridges += naive.rows.values.joined().count { $0.replaces.count > 1 }
        }
        #expect(late > 50 && again > 50 && bridges > 5, "\(late), \(again), \(bridges)")
    }
}

extension [ViewRow] {
    fileprivate var withoutFormer: [ViewRow] {
        map { row in
            var row = row
            row.replaces = []
            return row
        }
    }
}
