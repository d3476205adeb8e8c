import Events
import Panels
import Testing

@testable import Monitor

/// The places of a replay as people write them.
@Suite struct PlaybackPlaceTests {
    /// 2025-11-24T16:00:00Z, and it lasts 10 minutes.
    private let start = Timestamp(rawValue: 1_764_000_000_000_000_000)

    private func place(_ clock: ScreenClock = .utc) -> PlaybackPlace {
        var timeline = Timeline()
        timeline.note(records: 1, at: start)
        timeline.note(records: 1, at: start + .seconds(600))
        var status = ReplayStatus()
        (status.timeline, status.now) = (timeline, start + .seconds(60))
        return PlaybackPlace(
            clock, [Bookmark(number: 42, at: start + .seconds(90), name: "it begins")], status)
    }

    @Test(arguments: [
        ("16:02", 120.0), ("16:02:30", 150), ("16:02:30.5", 150.5), ("0%", 0), ("40%", 240),
        ("100%", 600), ("+5m", 360), ("-30s", 30), ("2025-11-24T16:05:00Z", 300),
    ])
    func instants(text: String, second: Double) {
        let instant = start + Nanoseconds(rawValue: Int64(second * 1e9))
        #expect(place().target(text) == .instant(instant), "\(text)")
    }

    @Test func numbersAndBookmarks() {
        #expect(place().target("#1500") == .number(1500))
        #expect(place().target("it begins") == .number(42))
        #expect(place().instant("it begins") == start + .seconds(90))
    }

    /// The zone is that of the screen; a time that isn't in the replay is that of its day.
    @Test func timesOfDay() {
        let zone = ScreenClock(offset: .seconds(10 * 3600), label: "+10:00")
        #expect(place(zone).instant("02:02") == start + .seconds(120))
        #expect(place().instant("15:00") == start - .seconds(3600))
    }

    @Test(arguments: [
        "", "noon", "24:00", "16:60", "16:00:60", "101%", "#x", "+soon", "16", "1:2:3:4",
    ])
    func mistakes(text: String) { #expect(place().target(text) == nil, "\(text)") }
}
