import Events
import TestSeeds
import Testing

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// `top` over hopping windows, against counts of every event.
@Suite struct TopPropertyTests {
    private struct Scenario {
        let limit: Int
        let hop: Int64
        let size: Int64
        let outOfOrderness: Int64
        var allowedLateness: Int64 = 0
        let forgetAfter: Int64
        let isGrouped: Bool
        let draw: StreamDraw

        init(isLate: Bool, _ random: inout SplitMix) {
            limit = random.pick([1, 3, 100])
            hop = Int64(random.pick([50, 100])) * millisecond
            size = hop * Int64(random.number(1..<4))
            outOfOrderness = Int64(random.pick([0, 100])) * millisecond
            var delay = outOfOrderness
            if isLate {
                allowedLateness = Int64(random.pick([0, 200, 500])) * millisecond
                delay += Int64(random.pick([300, 800])) * millisecond
            }
            forgetAfter = size + allowedLateness + Int64(random.number(0..<300)) * millisecond
            isGrouped = random.once(in: 2)
            let times = (0..<150).map { _ in Int64(random.number(0..<2_000_000_000)) }.sorted()
            draw = StreamDraw(count: 150, delay: delay, times: times, &random, fields: Self.fields)
        }

        /// Values of any type, of which some come often, and some for a while.
        private static func fields(
            _ time: Int64, _ random: inout SplitMix
        ) -> [String: Scalar] {
            let era = time / (300 * millisecond)
            var fields: [String: Scalar] = ["key": .string(random.pick(["a", "a", "b"]))]
            fields["path"] = random.pick([
                nil, .null, .string("1"), .number(1), .bool(true), .string("often"),
                .string("often"), .string("p\(era)"), .number(Double(random.number(0..<15))),
            ])
            return fields
        }

        func fixture(bounded: Bool = true, sharing: Bool = true) throws -> StreamFixture {
            try StreamFixture(
                "top(\(limit), path) \(isGrouped ? "by key " : "")over \(size)ns every \(hop)ns",
                origins: draw.origins, bounded: bounded, sharing: sharing
            ) {
                $0.outOfOrderness = Nanoseconds(rawValue: outOfOrderness)
                $0.allowedLateness = Nanoseconds(rawValue: allowedLateness)
                $0.forgetAfter = Nanoseconds(rawValue: forgetAfter)
            }
        }

        func naive(_ arrivals: [FieldEvent]) -> NaiveWindows {
            var naive = NaiveWindows(
                size: size, hop: hop, allowedLateness: allowedLateness,
                clock: NaiveClock(draw.origins, outOfOrderness: outOfOrderness)
            ) { [isGrouped, limit] group, events, _ in
                let counts = events.reduce(into: [:]) { counts, event in
                    counts[event.fields["path"] ?? .null, default: 0 as UInt64] += 1
                }.filter { $0.key != .null }
                let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                return order.prefix(limit).map { value, count in
                    let key = Key((isGrouped ? group.values : []) + [value])
                    return (key, count, [Double(count), 0])
                }
            }
            for var event in arrivals {
                if !isGrouped { event.fields["key"] = nil }
                naive.take(event)
            }
            naive.end()
            return naive
        }
    }

    @Test(arguments: seeds(8)) func anyOrderGivesTheSameRows(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let scenario = Scenario(isLate: false, &random)
        let want = scenario.naive(scenario.draw.arrivals(&random))
        for limit in [1, 7, 1_000] {
            var fixture = try scenario.fixture(sharing: limit != 7)
            fixture.send(scenario.draw.arrivals(&random), batch: limit)
            fixture.end()
            compare(
                fixture.rows(.final), want.rows[.final]!, "seed \(seed), batches of \(limit)")
        }
    }

    /// The rows of a group, however many, take the place of those that it had.
    @Test(arguments: seeds(8)) func lateEventsReplaceTheRowsOfTheirGroup(seed: UInt64) throws {
        var random = SplitMix(seed: ~seed)
        let scenario = Scenario(isLate: true, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let want = scenario.naive(arrivals)
        for limit in [1, 1_000] {
            var fixture = try scenario.fixture()
            fixture.send(arrivals, batch: limit)
            fixture.end()
            for kind in [Pane.Kind.onTime, .late, .final] {
                compare(
                    fixture.rows(kind), want.rows[kind]!,
                    "late seed \(seed), batches of \(limit), \(kind)")
            }
            #expect(fixture.view().books.late == want.lateEvents)
        }
    }

    @Test(arguments: seeds(6)) func batchesChangeNothing(seed: UInt64) throws {
        var random = SplitMix(seed: seed ^ 0xFF)
        let scenario = Scenario(isLate: true, &random)
        let arrivals = scenario.draw.arrivals(&random)
        let results = try [1, 4, 1_000].map { limit in
            var fixture = try scenario.fixture(bounded: false)
            fixture.send(arrivals, batch: limit)
            return fixture.picture
        }
        compare(results, "seed \(seed)")
    }
}
