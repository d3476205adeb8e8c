import Events
import TestSeeds
import Testing

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// Windows that close by their keys' own clocks: each key as if it were alone.
@Suite struct LaneAggregateTests {
    private struct Scenario {
        let size: Int64
        let hop: Int64
        let outOfOrderness: Int64
        let allowedLateness: Int64
        let draw: StreamDraw

        /// Devices of which some are hours behind the others.
        init(_ random: inout SplitMix) {
            hop = Int64(random.number(1..<5)) * 40 * millisecond
            size = hop * Int64(random.number(1..<4))
            outOfOrderness = Int64(random.pick([0, 100])) * millisecond
            allowedLateness = Int64(random.pick([0, 150])) * millisecond
            let grain = random.pick([1, 30 * millisecond])
            let times = (0..<100).map { _ in
                Int64(random.number(0..<2_000_000_000)) / grain * grain
            }.sorted()
            draw = StreamDraw(
                count: 100, delay: Int64(random.pick([100, 400])) * millisecond, times: times,
                &random
            ) { _, random in
                let name: Scalar = random.pick([.null, .string("1"), .number(1), .bool(true)])
                return [
                    "key": .string(random.pick(["a", "b", "c"])), "name": name,
                    "x": .number(Double(random.number(-99..<100))),
                ]
            }
        }

        /// Each partition in its order; `b` is behind.
        func arrivals(_ random: inout SplitMix) -> [FieldEvent] {
            draw.arrivals(&random).map { event in
                var event = event
                if event.fields["key"] == .string("b") { event.time -= 7_200_000 * millisecond }
                return event
            }
        }

        func fixture() throws -> StreamFixture {
            try StreamFixture(
                "\(NaiveAggregates.columns) by key over \(size)ns every \(hop)ns",
                origins: draw.origins
            ) {
                $0.watermarkBy = FieldPath("key")
                $0.outOfOrderness = Nanoseconds(rawValue: outOfOrderness)
                $0.allowedLateness = Nanoseconds(rawValue: allowedLateness)
            }
        }

        /// Of each key, with a clock that sees nothing but its events.
        func naive(_ arrivals: [FieldEvent]) -> [NaiveWindows] {
            Dictionary(grouping: arrivals) { $0.key(by: ["key"]) }.values.map { events in
                var naive = NaiveWindows(
                    size: size, hop: hop, allowedLateness: allowedLateness,
                    clock: NaiveClock(draw.origins, outOfOrderness: outOfOrderness, isOne: true))
                for event in events { naive.take(event) }
                naive.end()
                return naive
            }
        }
    }

    /// What is printed of a window and a key last is what it came to, whoever was behind.
    @Test(arguments: seeds(6)) func eachKeyIsAsIfItWereAlone(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let scenario = Scenario(&random)
        let arrivals = scenario.arrivals(&random)
        let naive = scenario.naive(arrivals)
        let want = inOrder(naive.flatMap { $0.rows[.final]! })
        let late = naive.reduce(0) { $0 + $1.lateEvents }
        for limit in [1, 9, 1_000] {
            var fixture = try scenario.fixture()
            fixture.send(arrivals, batch: limit)
            fixture.end()
            let story = "seed \(seed), batches of \(limit)"
            compare(lastOfEach(fixture.rows(.final, .backfill)), want, story)
            compare(inOrder(fixture.history()), want, "\(story), history")
            #expect(fixture.view().books.late == late, "\(story)")
        }
    }

    private struct Place: Hashable {
        var window: Range<Int64>
        var key: Key
    }

    private func lastOfEach(_ rows: [ViewRow]) -> [ViewRow] {
        let last = rows.map { (Place(window: $0.window, key: $0.key), $0) }
        return inOrder(Array(Dictionary(last) { $1 }.values))
    }

    /// By window and key, of one kind.
    private func inOrder(_ rows: [ViewRow]) -> [ViewRow] {
        rows.map { row in
            var row = row
            row.kind = .final
            return row
        }.inOrder
    }
}
