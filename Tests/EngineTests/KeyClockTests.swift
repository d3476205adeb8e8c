import Events
import Queries
import TestSeeds
import Testing

@testable import Engine

/// Watermarks by key, and the tree that knows the lowest of them.
@Suite struct KeyClockTests {
    @Test(arguments: seeds(20))
    func theTreeKnowsTheLowest(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var tree = MinimumTree()
        var values: [Int64] = []
        #expect(tree.minimum == .max && tree.place == nil)
        for _ in 0..<200 {
            let value = Bool.random(using: &random) ? Int64.random(in: 0...9, using: &random) : .max
            if values.isEmpty || Int.random(in: 0..<4, using: &random) == 0 {
                values.append(value)
                tree.append(value)
            } else {
                let place = values.indices.randomElement(using: &random)!
                values[place] = value
                tree[place] = value
            }
            let lowest = values.min()!
            #expect(tree.minimum == lowest && tree.count == values.count, "seed \(seed)")
            #expect(tree.place == (lowest == .max ? nil : values.firstIndex(of: lowest)))
            #expect(values.indices.allSatisfy { tree[$0] == values[$0] }, "seed \(seed)")
        }
    }

    @Test func pastTheLimitKeysGoByTheirPartition() {
        var clock = KeyClock(limit: 2)
        #expect(clock.member(.string("a"), at: .epoch) == 0)
        #expect(clock.member(.null, at: .epoch) == nil)
        #expect(clock.member(.string("b"), at: .epoch) == 1)
        #expect(clock.member(.string("c"), at: .epoch) == nil)
        #expect(clock.member(.string("b"), at: .epoch) == 1)
    }

    /// An idle member leaves the minimum, and rejoins when its own watermark is the stream's.
    @Test func whoIsBehindCatchesUp() {
        var clock = KeyClock()
        for (i, name) in ["a", "b"].enumerated() {
            #expect(clock.member(.string(name), at: .epoch) == i)
            clock.observe(10, own: 10, of: i, stream: .min, at: .epoch)
        }
        let second = Timestamp.epoch + .seconds(1)
        clock.observe(20, own: 20, of: 0, stream: 10, at: second)
        #expect(clock.lowest == 10)
        let exactly = clock.tick(second, idleAfter: .seconds(1))
        #expect(!exactly, "idle is longer than idle_after")
        let longer = clock.tick(
            second + Nanoseconds(rawValue: 1), idleAfter: .seconds(1))
        #expect(longer && clock.lowest == 20 && !clock.areAllIdle)
        clock.observe(19, own: 19, of: 1, stream: 20, at: second)
        #expect(clock.members[1].state == .catchingUp && clock.lowest == 20)
        clock.observe(20, own: 20, of: 1, stream: 20, at: second)
        #expect(clock.members[1].state == .active && clock.holder?.value == .string("a"))
    }

    /// However far keys are apart: as if each had been alone.
    @Test(arguments: seeds(40))
    func eachKeyAsIfAlone(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let hop = Int64.random(in: 1...20, using: &random) * 50
        let size = hop * Int64.random(in: 1...4, using: &random)
        let apart = seed % 2 == 0 ? Int64(0) : 3_600_000
        var events: [TestEvent] = []
        var next = ["a": Int64(0), "b": apart, "c": -apart, "d": apart / 2]
        for _ in 0..<400 {
            let key = next.keys.sorted().randomElement(using: &random)!
            next[key]! += Int64.random(in: 0...60, using: &random)
            let time = next[key]! - Int64.random(in: 0...100, using: &random)
            events.append(TestEvent(time: time, key: key, x: 1))
        }
        let alone = Set(
            next.keys.flatMap { key in
                rows(events.filter { $0.key == key }, chunk: 1000, size, hop, by: nil)
            })
        for chunk in [1, 9, 1000] {
            let together = rows(events, chunk: chunk, size, hop, by: FieldPath("key"))
            #expect(Set(together) == alone, "seed \(seed)")
            #expect(together.count == alone.count, "seed \(seed): a row twice")
        }
    }

    private func rows(
        _ events: [TestEvent], chunk: Int, _ size: Int64, _ hop: Int64, by field: FieldPath?
    ) -> [TestRow] {
        var fixture = EngineFixture(query: .count(size: size, hop: hop)) {
            $0.outOfOrderness = .milliseconds(100)
            $0.watermarkBy = field
        }
        for start in stride(from: 0, to: events.count, by: chunk) {
            fixture.send(Array(events[start..<min(events.count, start + chunk)]))
        }
        fixture.end()
        #expect(fixture.snapshot.streams[0].books.late == 0)
        return fixture.panes.rows(.final) + fixture.panes.rows(.backfill)
    }
}
