import Events
import Queries
import TestSeeds
import Testing

@testable import Engine

/// Against an operator that keeps every event and recomputes every window.
@Suite struct WindowPropertyTests {
    @Test(arguments: seeds(60))
    func anyShuffleWithinTheBoundGivesTheSameFinalPanes(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let hop = Int64.random(in: 1...20, using: &random) * 50
        let size = hop * Int64.random(in: 1...6, using: &random)
        let bound = Int64.random(in: 0...800, using: &random)
        let events = shuffled(within: bound, &random)
        let expected = naive(events, size: size, hop: hop)
        for chunkSize in [1, 7, 1000] {
            var fixture = EngineFixture(query: .all(size: size, hop: hop)) {
                $0.outOfOrderness = .milliseconds(bound)
            }
            for start in stride(from: 0, to: events.count, by: chunkSize) {
                fixture.send(Array(events[start..<min(events.count, start + chunkSize)]))
            }
            fixture.end()
            let rows = fixture.panes.rows(.final)
            #expect(rows.map(\.exact) == expected.map(\.exact), "seed \(seed)")
            for (row, want) in zip(rows, expected) { checkMedian(row, want, seed) }
            let books = fixture.snapshot.streams[0].books
            #expect(books.balance && books.accepted == UInt64(events.count), "seed \(seed)")
            #expect(fixture.snapshot.views[0].books.aggregated == UInt64(events.count))
        }
    }

    /// Chunk sizes change the numbers of snapshots and nothing else.
    @Test(arguments: seeds(30))
    func chunkSizeChangesNothing(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let events = shuffled(within: 3_000, &random)
        let results = [1, 3, 64, 1000].map { chunkSize in
            var fixture = EngineFixture(query: .all(size: 400, hop: 100), bounded: false) {
                $0.outOfOrderness = .milliseconds(300)
                $0.allowedLateness = .milliseconds(700)
                $0.forgetAfter = .milliseconds(1_200)
            }
            for start in stride(from: 0, to: events.count, by: chunkSize) {
                fixture.send(Array(events[start..<min(events.count, start + chunkSize)]))
            }
            let view = fixture.snapshot.views[0]
            #expect(view.books.late > 0, "lateness is part of what is tested")
            return [
                "\(view.history)", "\(view.early)", "\(view.keys)", "\(view.books)",
                "\(fixture.panes.map(\.pane))",
            ]
        }
        for result in results.dropFirst() {
            let same = result == results[0]
            #expect(same, "seed \(seed)")
        }
    }

    private func shuffled(
        within bound: Int64, _ random: inout SeededGenerator
    ) -> [TestEvent] {
        var events: [(arrival: Int64, event: TestEvent)] = []
        for i in 0..<400 {
            let time = Int64(i) * 17 - 2_000 + (i > 200 ? 4_000 : 0)
            let delay = bound > 0 ? Int64.random(in: 0...bound, using: &random) : 0
            let key = ["a", "b", "c"].randomElement(using: &random)!
            let x = Double(Int.random(in: -50...50, using: &random))
            events.append((time + delay, TestEvent(time: time, key: key, x: x)))
        }
        return events.sorted { ($0.arrival, $0.event.time) < ($1.arrival, $1.event.time) }
            .map(\.event)
    }

    private func naive(_ events: [TestEvent], size: Int64, hop: Int64) -> [TestRow] {
        var windows: [Int64: [String: [Double]]] = [:]
        for event in events {
            var start = floorDiv(event.time, hop) * hop
            while start > event.time - size {
                windows[start, default: [:]][event.key, default: []].append(event.x)
                start -= hop
            }
        }
        return windows.keys.sorted().flatMap { start in
            windows[start]!.keys.sorted().map { key in
                let xs = windows[start]![key]!
                let sum = xs.reduce(0, +)
                let median = xs.sorted()[(xs.count + 1) / 2 - 1]
                return TestRow(
                    start: start, key: key, count: UInt64(xs.count),
                    values: [
                        Double(xs.count), sum, sum / Double(xs.count), xs.min(), xs.max(), median,
                    ])
            }
        }
    }

    private func checkMedian(_ row: TestRow, _ want: TestRow, _ seed: UInt64) {
        let (got, exact) = (row.values[5]!, want.values[5]!)
        #expect(abs(got - exact) <= 0.01 * abs(exact) + 1e-12, "seed \(seed): \(row)")
    }
}

extension TestRow {
    /// Without the quantile, which is an approximation.
    fileprivate var exact: TestRow {
        var row = self
        row.values.removeLast()
        return row
    }
}
