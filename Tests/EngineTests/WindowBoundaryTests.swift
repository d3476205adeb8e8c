import Events
import Queries
import Testing

@testable import Engine

/// Both sides of each boundary in event time.
@Suite struct WindowBoundaryTests {
    private func live(_ change: (inout StreamRules) -> Void) -> EngineFixture {
        EngineFixture(query: .count(size: 10_000, hop: 10_000), bounded: false, change)
    }

    private func event(_ time: Int64, _ key: String = "a") -> TestEvent {
        TestEvent(time: time, key: key, x: 1)
    }

    @Test func firesWhenTheHighestTimeIsEndPlusOutOfOrderness() {
        var fixture = live { $0.outOfOrderness = .seconds(5) }
        fixture.send([event(1_000), event(14_999)])
        #expect(fixture.panes.isEmpty)
        fixture.send([event(15_000)])
        #expect(fixture.panes.rows(.onTime).map(\.description) == ["0 a n=1 [Optional(1.0)]"])
    }

    @Test func anEventAtTheEndBelongsToTheNextWindow() {
        var fixture = live { _ in }
        fixture.send([event(0), event(9_999), event(10_000), event(20_000)])
        let rows = fixture.panes.rows(.onTime)
        #expect(rows.map(\.start) == [0, 10_000])
        #expect(rows.map(\.count) == [2, 1])
    }

    @Test func windowsBeforeTheEpochHaveNoSeam() {
        var fixture = live { _ in }
        fixture.send([event(-10_001), event(-10_000), event(-1), event(0), event(10_000)])
        #expect(fixture.panes.rows(.onTime).map(\.start) == [-20_000, -10_000, 0])
        #expect(fixture.panes.rows(.onTime).map(\.count) == [1, 2, 1])
    }

    @Test func aLateEventFiresAgainUntilTheAllowedLatenessIsOver() {
        var fixture = live { $0.allowedLateness = .seconds(3) }
        fixture.send([event(1), event(12_999)])
        fixture.send([event(2)])
        #expect(fixture.panes.rows(.late).map(\.count) == [2])
        // Now the watermark is 12,999,999,999 ns: end − 1 ns + 3 s.
        fixture.send([event(13_000), event(3)])
        #expect(fixture.panes.rows(.late).map(\.count) == [2])
        #expect(fixture.snapshot.views[0].books.late == 1)
        #expect(fixture.snapshot.streams[0].books.late == 1)
        #expect(fixture.snapshot.views[0].history[0].counts == [2])
    }

    @Test func aHoppingWindowMaySkipWhatItsNeighbourCounts() {
        var fixture = EngineFixture(query: .count(size: 2_000, hop: 1_000), bounded: false)
        fixture.send([event(0), event(2_500)])
        // [0, 2) has fired; [1, 3) is open: the event at 1.5 s counts in it alone.
        fixture.send([event(1_500)])
        #expect(fixture.snapshot.views[0].books.late == 0)
        fixture.send([event(4_000)])
        let rows = fixture.panes.rows(.onTime)
        #expect(rows.map(\.start) == [-1_000, 0, 1_000, 2_000])
        #expect(rows.map(\.count) == [1, 1, 2, 1])
        fixture.send([event(1_999)])
        #expect(fixture.snapshot.views[0].books.late == 1)
    }

    @Test func aKeyGetsEmptyPanesUntilItIsForgotten() {
        var fixture = EngineFixture(query: .count(size: 1_000, hop: 1_000), bounded: false) {
            $0.forgetAfter = .milliseconds(2_000)
        }
        fixture.send([event(0, "a"), event(500, "b")])
        for time in 1...5 { fixture.send([event(Int64(time) * 1_000, "b")]) }
        let live = fixture.panes.filter { $0.pane.kind == .onTime }.map { fired in
            fired.pane.slots.map { fired.keys[Int($0)]!.description }.sorted()
        }
        // Its last event is at 0: at end 2 s the watermark is 1 ns short of 2 s past it.
        #expect(live == [["a", "b"], ["a", "b"], ["b"], ["b"], ["b"]])
        #expect(fixture.snapshot.views[0].keys.compactMap { $0?.description } == ["b"])
    }

    @Test func keysPastTheLimitGoToOneRow() {
        var fixture = EngineFixture(query: .count(size: 1_000, hop: 1_000), keyLimit: 2)
        fixture.send(["a", "b", "c", "d", "c"].map { event(1, $0) })
        fixture.end()
        #expect(fixture.panes.rows(.final).map(\.key) == ["(other)", "a", "b"])
        #expect(fixture.panes.rows(.final).map(\.count) == [3, 1, 1])
        #expect(fixture.snapshot.views[0].overLimit)
    }

    @Test func aFarJumpInTimeCostsNoMoreThanTheWindowsThatLive() {
        var fixture = EngineFixture(query: .count(size: 1_000, hop: 1_000))
        fixture.send([event(0), event(4_000_000_000_000)])
        fixture.end()
        #expect(fixture.panes.rows(.final).map(\.count) == [1, 1])
        #expect(fixture.panes.count { $0.pane.kind == .onTime } == 601)
    }

    @Test func redeliveredOffsetsAreDuplicates() {
        var fixture = live { _ in }
        fixture.send([event(1), event(2), event(3)])
        fixture.offset = 1
        fixture.send([event(2), event(3), event(4)])
        let books = fixture.snapshot.streams[0].books
        #expect(books.received == 6 && books.duplicate == 2 && books.accepted == 4)
        #expect(books.balance)
    }
}
