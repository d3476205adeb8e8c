import Events
import Queries
import Testing

@testable import Engine

/// Several sources feed one stream: what they say of themselves, taken together.
@Suite struct SourceStateTests {
    private var fixture: EngineFixture

    init() throws {
        fixture = EngineFixture(query: try Query(parsing: "count() over 1s"), bounded: true)
    }

    private mutating func say(_ source: String, _ state: SourceChange.State) {
        fixture.apply(.source(SourceChange(stream: 0, source: source, state: state)))
    }

    private var state: StreamState { fixture.engine.snapshot().streams[0].state }

    @Test mutating func aStreamEndsWithItsLastSource() {
        say("u", .opened(partitions: [0]))
        say("t", .ended)
        #expect(state == .live && !fixture.engine.hasEnded)
        say("u", .ended)
        #expect(state == .ended && fixture.engine.hasEnded)
    }

    @Test mutating func aSourceThatFailsDoesNotEndTheOthers() {
        say("u", .opened(partitions: [0]))
        say("t", .failed("t: damaged"))
        #expect(state == .failed("t: damaged") && !fixture.engine.hasEnded)
        say("u", .ended)
        #expect(state == .failed("t: damaged") && fixture.engine.hasEnded)
    }

    @Test mutating func oneThatComesBackSaysNothingOfAnother() {
        say("u", .disconnected("u: refused"))
        say("t", .disconnected("t: refused"))
        say("u", .opened(partitions: [0]))
        #expect(state == .disconnected("t: refused"))
        say("t", .opened(partitions: [0]))
        #expect(state == .live)
    }

    @Test mutating func whoHangsUpNoLongerHoldsTheWatermark() throws {
        fixture = EngineFixture(query: try Query(parsing: "count() over 1s"), bounded: false)
        say("t", .opened(partitions: [0, 1]))
        fixture.send([TestEvent(time: 500, key: "a", x: 1)], partition: 0)
        fixture.send([TestEvent(time: 5000, key: "a", x: 1)], partition: 1)
        #expect(fixture.panes.isEmpty)
        say("t", .hungUp(partition: 0))
        let watermark = fixture.engine.snapshot().streams[0].watermark
        #expect(watermark == .epoch + .seconds(5) - Nanoseconds(rawValue: 1))
        #expect(state == .live)
        // It catches up before it counts again.
        fixture.send([TestEvent(time: 900, key: "a", x: 1)], partition: 0)
        let partitions = fixture.engine.snapshot().streams[0].partitions
        #expect(partitions.map(\.state) == [.catchingUp, .active])
    }
}
