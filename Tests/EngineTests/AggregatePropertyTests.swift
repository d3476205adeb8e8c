import Events
import TestSeeds
import Testing

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// All aggregates over hopping windows, against ones that are computed anew from all events.
@Suite struct AggregatePropertyTests {
    /// A stream's rules and events.
    private struct Scenario {
        let hop: Int64
        let size: Int64
        let outOfOrderness: Int64
        var allowedLateness: Int64 = 0
        /// So short that keys are forgotten while others live.
        let forgetAfter: Int64
        let draw: StreamDraw

        init(isLate: Bool, _ random: inout SplitMix) {
            hop = Int64(random.number(1..<6)) * 25 * millisecond
            size = hop * Int64(random.number(1..<6))
            outOfOrderness = Int64(random.pick([0, 1, 200])) * millisecond
            var delay = outOfOrderness
            if isLate {
                allowedLateness = Int64(random.pick([0, 100, 300, 600])) * millisecond
                delay += Int64(random.pick([600, 1_500])) * millisecond
            }
            forgetAfter = size + allowedLateness + Int64(random.number(0..<300)) * millisecond
            draw = StreamDraw(
                count: 120, delay: delay, times: Self.times(120, &random), &random,
                fields: Self.fields)
        }

        /// Half of the scenarios have few different times, so that nearly all events are ties.
        private static func times(_ count: Int, _ random: inout SplitMix) -> [Int64] {
            let base: Int64 = random.pick([-900, 0, 1_699_999_999_100, 86_399_000]) * millisecond
            let grain = random.once(in: 2) ? 60 * millisecond : 1
            var times = Set<Int64>()
            var list: [Int64] = []
            while list.count < count {
                let time = Int64(random.number(0..<2_000_000_000)) / grain * grain
                let pause = time > 1_400 * millisecond ? 900 * millisecond : 0
                if grain > 1 || times.insert(time).inserted { list.append(base + time + pause) }
            }
            return list.sorted()
        }

        /// Keys come and go. `x` is mostly a whole number.
        private static func fields(
            _ time: Int64, _ random: inout SplitMix
        ) -> [String: Scalar] {
            let era = floorDiv(time, 400 * millisecond)
            var fields: [String: Scalar] = [
                "key": .string("k\(random.once(in: 3) ? 0 : era + Int64(random.number(0..<2)))")
            ]
            fields["x"] = random.pick([
                nil, .null, .string("7"), .number(1e12), .number(Double(random.number(-9..<10))),
                .number(Double(random.number(-50_000..<50_000))),
            ])
            fields["name"] = random.pick([
                nil, .null, .string("1"), .number(1), .bool(true), .string(""),
                .number(Double(random.number(0..<20))),
            ])
            return fields
        }

        var query: String {
            "\(NaiveAggregates.columns) by key over \(size)ns every \(hop)ns"
        }

        func fixture(sharing: Bool) throws -> StreamFixture {
            try StreamFixture(query, origins: draw.origins, sharing: sharing) {
                $0.outOfOrderness = Nanoseconds(rawValue: outOfOrderness)
                $0.allowedLateness = Nanoseconds(rawValue: allowedLateness)
                $0.forgetAfter = Nanoseconds(rawValue: forgetAfter)
            }
        }

        func naive(_ arrivals: [FieldEvent]) -> NaiveWindows {
            var naive = NaiveWindows(
                size: size, hop: hop, allowedLateness: allowedLateness,
                clock: NaiveClock(draw.origins, outOfOrderness: outOfOrderness))
            for event in arrivals { naive.take(event) }
            naive.end()
            return naive
        }
    }

    /// Whole numbers give the same bits whatever the order and the batches, ties or not.
    @Test(arguments: seeds(8))
    func anyOrderWithinTheBoundGivesTheSameBits(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let scenario = Scenario(isLate: false, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let want = scenario.naive(arrivals)
        #expect(want.lateEvents == 0 && want.rows[.late]!.isEmpty)
        for limit in [1, 7, 1_000] {
            var fixture = try scenario.fixture(sharing: limit != 7)
            fixture.send(limit == 1 ? arrivals : scenario.draw.arrivals(&random), batch: limit)
            fixture.end()
            let story = "seed \(seed), batches of \(limit), \(scenario.query)"
            compare(fixture.rows(.onTime), want.rows[.onTime]!, story)
            compare(fixture.rows(.final), want.rows[.final]!, story)
            #expect(fixture.view().books.aggregated == 120)
        }
    }

    /// A late event fires again each window that may still change, with all that it has then.
    @Test(arguments: seeds(8))
    func lateEventsFireTheirWindowsAgain(seed: UInt64) throws {
        var random = SplitMix(seed: ~seed)
        let scenario = Scenario(isLate: true, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let want = scenario.naive(arrivals)
        for limit in [1, 5, 1_000] {
            var fixture = try scenario.fixture(sharing: limit == 5)
            fixture.send(arrivals, batch: limit)
            fixture.end()
            let story = "late seed \(seed), batches of \(limit), \(scenario.query)"
            for kind in [Pane.Kind.onTime, .late, .final] {
                compare(fixture.rows(kind), want.rows[kind]!, story)
            }
            let books = fixture.view().books
            #expect(books.late == want.lateEvents, "\(story)")
            #expect(books.aggregated + books.late == 120)
        }
    }

    /// Of scenarios in which nothing happens nothing can be learned.
    @Test func scenariosHaveWhatTheyAreFor() {
        var (late, again, ties) = (0, 0, 0)
        for seed in UInt64(1)...8 {
            var random = SplitMix(seed: ~seed)
            let scenario = Scenario(isLate: true, &random)
            let arrivals = scenario.draw.arrivals(&random)
            let naive = scenario.naive(arrivals)
            late += Int(naive.lateEvents)
            again += naive.rows[.late]!.count
            ties += arrivals.count - Set(arrivals.map(\.time)).count
        }
        #expect(late > 50 && again > 50 && ties > 300, "\(late), \(again), \(ties)")
    }
}

/// Says where two lists of rows part.
func compare(_ got: [ViewRow], _ want: [ViewRow], _ story: String) {
    guard got != want else { return }
    let same = zip(got, want).prefix { $0 == $1 }.count
    let text = """
        \(story)
        the first \(same) rows are the same, then
        engine: \(got.dropFirst(same).prefix(2).map(\.description))
        naive:  \(want.dropFirst(same).prefix(2).map(\.description))
        """
    Issue.record(Comment(rawValue: text))
}
