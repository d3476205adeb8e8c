import Events
import Queries
import Testing

@testable import Engine

/// What a snapshot says of a stream beside its numbers.
@Suite struct StreamHealthTests {
    /// 200 events received in the minute of that number; `x` is there or isn't.
    private func batch(_ fixture: EngineFixture, _ kind: Column.Kind) -> ColumnBatch {
        let count = 200
        return ColumnBatch(
            stream: 0, origin: Origin(source: "t"), firstOffset: fixture.offset, receivedAt: .epoch,
            lines: (0..<count).map { UInt32($0) }, times: Array(repeating: 0, count: count),
            columns: fixture.fields.map { field in
                Column(
                    kinds: Array(repeating: kind, count: count),
                    numbers: field.asNumber ? Array(repeating: 1, count: count) : [],
                    codes: field.asCode ? Array(repeating: 0, count: count) : [])
            })
    }

    private mutating func send(
        _ fixture: inout EngineFixture, _ kind: Column.Kind, minute: Int64
    ) {
        var batch = batch(fixture, kind)
        batch.receivedAt = .epoch + .seconds(minute * 60 + 1)
        fixture.apply(.batch(batch), at: (minute * 60 + 1) * 1000)
        fixture.offset += Int64(batch.rowCount)
    }

    @Test mutating func aFieldThatVanishesIsNamedAndComesBack() throws {
        var fixture = EngineFixture(
            query: try Query(parsing: "avg(x) over 1h"), bounded: false)
        func drifted(_ fixture: EngineFixture) -> [String] {
            fixture.engine.snapshot().streams[0].drifted.map { "\($0.field.name) \($0.words)" }
        }
        send(&fixture, .number, minute: 0)
        send(&fixture, .missing, minute: 1)
        #expect(drifted(fixture) == [])
        fixture.apply(.tick, at: 120_000)
        #expect(drifted(fixture) == ["x vanished"])
        send(&fixture, .number, minute: 2)
        fixture.apply(.tick, at: 180_000)
        #expect(drifted(fixture) == [])
        send(&fixture, .string, minute: 3)
        fixture.apply(.tick, at: 240_000)
        #expect(drifted(fixture) == ["x was number, now text"])
    }

    /// Older than `freshness` is stale, and not as old as that: 1 ns decides.
    @Test func silenceMakesStale() throws {
        var fixture = EngineFixture(query: try Query(parsing: "count() over 1s"), bounded: false) {
            $0.freshness = .seconds(5)
        }
        func state(_ nanoseconds: Int64) -> StreamState {
            fixture.number += 1
            let now = Timestamp(rawValue: nanoseconds)
            _ = fixture.engine.apply(
                EngineInput(number: fixture.number, receivedAt: now, content: .tick))
            return fixture.snapshot.streams[0].state
        }
        // It was opened at 1 ns.
        #expect(state(5_000_000_001) == .live)
        #expect(state(5_000_000_002) == .stale)
        fixture.send([TestEvent(time: 0, key: "a", x: 1)], at: 6_000)
        #expect(state(11_000_000_000) == .live)
        #expect(state(11_000_000_001) == .stale)
    }
}
