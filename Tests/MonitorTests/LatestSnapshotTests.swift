import Engine
import Events
import Testing

@testable import Monitor

/// The slot between engine and screen.
@Suite struct LatestSnapshotTests {
    private func snapshot(_ number: UInt64) -> EngineSnapshot {
        EngineSnapshot(number: number, now: .beginning, streams: [], views: [])
    }

    @Test func aFrameIsAskedForOnceAnInterval() {
        let latest = LatestSnapshot(snapshot(0))
        #expect(latest.isWanted(at: 0))
        latest.put(snapshot(1))
        #expect(!latest.isWanted(at: .max - 1))
        #expect(latest.take(next: 100).number == 1)
        #expect(!latest.isWanted(at: 99) && latest.isWanted(at: 100))
    }

    /// A key that is held down draws again and again; what is new comes when it is due all the
    /// same.
    @Test func whoOnlyLooksDoesNotPutItOff() {
        let latest = LatestSnapshot(snapshot(0))
        latest.put(snapshot(1))
        _ = latest.take(next: 100)
        for time in stride(from: Int64(110), to: 190, by: 10) {
            #expect(latest.take(next: time).number == 1)
        }
        #expect(latest.isWanted(at: 100))
    }
}
