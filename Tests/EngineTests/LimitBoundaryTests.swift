import Events
import Testing

@testable import Engine

private let millisecond: Int64 = 1_000_000

/// Both sides of how much a view holds.
@Suite struct LimitBoundaryTests {
    private func events(_ count: Int, time: (Int) -> Int64, key: (Int) -> Int) -> [FieldEvent] {
        (0..<count).map { i in
            FieldEvent(
                time: time(i), fields: ["key": .number(Double(key(i)))], offset: Int64(i))
        }
    }

    @Test func moreKeysThanTheLimitGoToOneRow() throws {
        var fixture = try StreamFixture("count() by key over 1s")
        fixture.send(events(10_000, time: { _ in 0 }, key: { $0 }))
        #expect(!fixture.view().overLimit)
        // Keys that have a slot go on having it.
        let more = [10_001, 10_002, 0, 10_001].enumerated().map { i, key in
            FieldEvent(
                time: 1, fields: ["key": .number(Double(key))], offset: Int64(10_000 + i))
        }
        fixture.send(more)
        #expect(fixture.view().overLimit)
        fixture.end()
        let counts = Dictionary(
            uniqueKeysWithValues: fixture.rows(.final).map { ($0.key.values[0], $0.count) })
        #expect(counts.count == 10_001 && counts.values.reduce(0, +) == 10_004)
        #expect(counts[.string("(other)")] == 3 && counts[.number(0)] == 2)
    }

    /// However many keys there are, and wherever in time an event lies.
    @Test func moreOpenSlicesThanTheLimitOverflow() throws {
        var fixture = try StreamFixture("count() by key over 10ms every 1ms", bounded: false) {
            $0.outOfOrderness = .seconds(60)
        }
        let times = (0..<10_000).map { Int64($0 * 7 % 10_000) * millisecond }
        fixture.send(events(10_000, time: { times[$0] }, key: { $0 % 3 }), batch: 100)
        #expect(fixture.view().books.overflowed == 0)
        let more = [10_000, 9_999, 20_000, 0].enumerated().map { i, time in
            FieldEvent(
                time: Int64(time) * millisecond, fields: ["key": .number(7)],
                offset: Int64(10_000 + i))
        }
        fixture.send(more)
        var books = fixture.view().books
        #expect(books.overflowed == 2 && books.aggregated == 10_002 && books.total == 10_004)
        // The watermark has gone on by it all the same, and what becomes final makes room.
        fixture.send(
            [60_012, 20_001, 20_002, 20_003, 20_004].enumerated().map { i, time in
                FieldEvent(
                    time: Int64(time) * millisecond, fields: ["key": .number(7)],
                    offset: Int64(10_004 + i))
            })
        books = fixture.view().books
        #expect(books.overflowed == 4 && books.aggregated == 10_005)
    }

    @Test func moreOpenSessionsThanTheLimitOverflow() throws {
        var fixture = try StreamFixture("count() by key over session(1ms)", bounded: false) {
            $0.outOfOrderness = .seconds(60)
        }
        // Ten of each key.
        let time = { (i: Int) in Int64(i / 10_000) * 2 * millisecond }
        fixture.send(events(100_000, time: time, key: { $0 % 10_000 }))
        #expect(fixture.view().books.overflowed == 0)
        let more = [20, 18, 21].enumerated().map { i, time in
            FieldEvent(
                time: Int64(time) * millisecond, fields: ["key": .number(7)],
                offset: Int64(100_000 + i))
        }
        fixture.send(more)
        let books = fixture.view().books
        #expect(books.overflowed == 2 && books.aggregated == 100_001 && books.late == 0)
    }

    /// Late panes don't add to it.
    @Test func sixHundredPanesAreKept() throws {
        var fixture = try StreamFixture("count() over 1ms", bounded: false) {
            $0.allowedLateness = .milliseconds(5)
        }
        fixture.send(events(606, time: { Int64($0) * millisecond }, key: { _ in 0 }))
        #expect(fixture.history().count == 605 - 5)
        #expect(fixture.history().first?.window.lowerBound == 5 * millisecond)
        fixture.send([FieldEvent(time: 603 * millisecond, fields: [:], offset: 606)])
        #expect(fixture.history().count == 600)
    }
}
