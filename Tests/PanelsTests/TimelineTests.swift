import Events
import Screen
import Testing

@testable import Panels

/// What a replay holds, in few cells.
@Suite struct TimelineTests {
    private let start = Timestamp(rawValue: 1_764_000_000_000_000_000)

    private func timeline(_ records: [(second: Double, count: Int)]) -> Timeline {
        var timeline = Timeline()
        for (second, count) in records {
            timeline.note(
                records: count, at: start + Nanoseconds(rawValue: Int64(second * 1e9)))
        }
        return timeline
    }

    /// However long it gets, no record is lost, and each stays within a cell's length of its time.
    @Test(arguments: [10, 3_100, 900_000]) func cellsBecomeLonger(seconds: Int) {
        let timeline = timeline((0...1000).map { (Double(seconds) * Double($0) / 1000, 3) })
        #expect(timeline.records.reduce(0, +) == 3003)
        #expect(timeline.records.count <= Timeline.cellLimit)
        let length = Nanoseconds.seconds(Int64(seconds))
        #expect(timeline.length == length && timeline.start == start)
        #expect(timeline.cell.rawValue * Int64(Timeline.cellLimit) > length.rawValue)
        #expect(
            timeline.cell.rawValue * Int64(Timeline.cellLimit) < 4
                * max(length.rawValue, 60_000_000_000))
    }

    @Test func resampledToColumns() {
        let timeline = timeline([(0, 10), (25, 20), (50, 30), (99, 40), (100, 0)])
        let parts = timeline.resampled(to: 4)
        #expect(parts.reduce(0, +) == 100)
        #expect(parts[0] == 10 && parts[1] == 20 && parts[2] == 30 && parts[3] == 40)
        #expect(timeline.resampled(to: 0) == [])
        #expect(Timeline().resampled(to: 3) == [0, 0, 0])
    }

    @Test func marksAreBounded() {
        var timeline = timeline([(0, 1)])
        for i in 0..<(Timeline.markLimit + 5) {
            timeline.note(firing: "hot", number: UInt64(i), at: start)
        }
        #expect(timeline.marks.count == Timeline.markLimit && timeline.marksLeftOut == 5)
    }

    /// The end is known before it has been there, and is not longer than it turns out to be.
    @Test func anEndThatIsKnownBefore() {
        var timeline = Timeline(end: start + .seconds(3600))
        timeline.note(records: 1, at: start)
        #expect(
            timeline.length == .seconds(3600) && timeline.instant(at: 0.5) == start + .seconds(1800)
        )
        timeline.note(records: 1, at: start + .seconds(3601))
        timeline.finish()
        #expect(timeline.length == .seconds(3601) && timeline.isWhole)
    }

    private func strip(_ change: (inout ReplayStatus) -> Void, height: Int = 2) -> [String] {
        var timeline = timeline([(0, 1), (30, 9), (60, 1)])
        timeline.note(firing: "hot", number: 7, at: start + .seconds(30))
        timeline.finish()
        var status = ReplayStatus(speed: 2)
        (status.timeline, status.now, status.number) = (timeline, start + .seconds(15), 5)
        change(&status)
        var grid = Grid(columns: 60, rows: height)
        TimelineStrip(
            replay: status, bookmarks: [Bookmark(number: 2, at: start + .seconds(45), name: "")],
            loopStart: nil, clock: .utc
        ).draw(in: Rect(column: 0, row: 0, width: 60, height: height), on: &grid)
        return grid.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func theStrip() {
        let lines = strip { _ in }
        #expect(lines[0].hasPrefix(" 16:00:00 ") && lines[0].contains("16:01:00Z  25%"))
        let (place, alert) = (lines[0].firstOffset(of: "▶"), lines[1].firstOffset(of: "▲"))
        #expect(lines[1].hasPrefix(" #5 ") && lines[1].contains("16:00:15.000Z"))
        let width = 60 - 10 - 16
        #expect(place == 10 + width / 4 && alert == 10 + width / 2)
        #expect(lines[1].firstOffset(of: "◆") == 10 + width * 3 / 4)
        #expect(strip { $0.isPaused = true }[0].firstOffset(of: "│") == place)
        let loop = strip { $0.loop = (start + .seconds(10))...(start + .seconds(20)) }[1]
        #expect(loop.contains("[─────]"))
    }

    @Test func oneLineWhereThereIsLittleRoom() {
        #expect(TimelineStrip.height(rows: 19) == 1 && TimelineStrip.height(rows: 20) == 2)
        #expect(strip({ _ in }, height: 1)[0].contains("25%"))
    }
}

extension String {
    fileprivate func firstOffset(of c: Character) -> Int? {
        firstIndex(of: c).map { distance(from: startIndex, to: $0) }
    }
}
