import Events
import Screen

/// The line above the last of a replay: how many records came when, as far as it has been played
/// and beyond, between the times of its beginning and its end. Where there is room, a line below
/// has a mark for each alert that began to fire, for bookmarks, and for what is played again and
/// again; else the cells of alerts are loud.
struct TimelineStrip {
    let replay: ReplayStatus
    let bookmarks: [Bookmark]
    let loopStart: Timestamp?
    let clock: ScreenClock

    /// Lines that it takes of so many.
    static func height(rows: Int) -> Int { rows >= 20 ? 2 : 1 }

    func draw(in rect: Rect, on grid: inout Grid) {
        guard let timeline = replay.timeline, timeline.length > .zero else { return }
        let first = CleanText(" " + label(timeline.start, timeline) + " ")
        let share = replay.now < timeline.start ? 0 : self.share(of: replay.now, timeline)
        let percent = "\(Int((share * 100).rounded()))%"
        let last = CleanText(
            " \(label(timeline.end, timeline))\(clock.label) "
                + String(repeating: " ", count: max(0, 4 - percent.count)) + percent + " ")
        let line = Rect(
            column: rect.column + first.width, row: rect.row,
            width: max(0, rect.width - first.width - last.width), height: 1)
        guard line.width >= 10 else { return }
        grid.write(first, column: rect.column, row: rect.row, style: Style(.dim))
        grid.write(last, column: line.column + line.width, row: rect.row, style: Style(.dim))
        drawRecords(timeline, in: line, on: &grid)
        if rect.height > 1 {
            drawPlace(in: rect, on: &grid)
            drawMarks(
                timeline,
                in: Rect(column: line.column, row: rect.row + 1, width: line.width, height: 1),
                on: &grid)
        }
        let place = line.column + column(of: replay.now, timeline, line.width)
        grid.write(
            replay.isPaused ? "│" : "▶", column: place, row: line.row,
            style: Style(.accent, bold: true, reverse: true))
    }

    /// A time of day, or with more than a day of them the date and the minute.
    private func label(_ instant: Timestamp, _ timeline: Timeline) -> String {
        guard timeline.length > .seconds(86_400) else { return clock.time(instant) }
        let text = (instant + clock.offset).rfc3339
        return "\(text.dropFirst(5).prefix(5)) \(text.dropFirst(11).prefix(5))"
    }

    /// The last input's number at the left, the time to the millisecond at the right.
    private func drawPlace(in rect: Rect, on grid: inout Grid) {
        guard replay.number > 0, replay.now > .beginning else { return }
        grid.write(
            CleanText("#\(replay.number)"), column: rect.column + 1, row: rect.row + 1,
            style: Style(.dim))
        let thousandths = floorMod(replay.now.rawValue, 1_000_000_000) / 1_000_000
        let fraction = String(1000 + thousandths).dropFirst()
        grid.write(
            CleanText("\(clock.time(replay.now)).\(fraction)\(clock.label) "), in: rect, line: 1,
            .trailing, style: Style(.dim))
    }

    private func drawRecords(_ timeline: Timeline, in line: Rect, on grid: inout Grid) {
        let count = Sparkline.capacity(columns: line.width, symbols: grid.symbols)
        let perCell = max(1, count / line.width)
        let parts = timeline.resampled(to: count)
        // Lower, but still seen: most of a busy stream is near its highest.
        let most = max(1, parts.max() ?? 1)
        let knownCells = column(of: timeline.known, timeline, line.width) + 1
        let values = parts.enumerated().map { i, n in i / perCell < knownCells ? n : nil }
        let played = column(of: replay.now, timeline, line.width)
        let halves = [(0..<played, Role.accent), (played..<line.width, .dim)]
        for (columns, role) in halves where !columns.isEmpty {
            Sparkline(
                values: Array(
                    values[(columns.lowerBound * perCell)..<(columns.upperBound * perCell)]),
                maximum: most, coloring: .role(role)
            ).draw(
                in: Rect(
                    column: line.column + columns.lowerBound, row: line.row, width: columns.count,
                    height: 1), on: &grid)
        }
    }

    private func drawMarks(_ timeline: Timeline, in line: Rect, on grid: inout Grid) {
        func place(_ instant: Timestamp) -> Int {
            line.column + column(of: instant, timeline, line.width)
        }
        if let loop = replay.loop {
            for column in place(
                loop.lowerBound)...max(place(loop.lowerBound), place(loop.upperBound))
            {
                grid.write("─", column: column, row: line.row, style: Style(.accent))
            }
        }
        if let loopStart {
            grid.write(
                "[", column: place(loopStart), row: line.row, style: Style(.accent, bold: true))
        }
        if let loop = replay.loop {
            grid.write("[", column: place(loop.lowerBound), row: line.row, style: Style(.accent))
            grid.write("]", column: place(loop.upperBound), row: line.row, style: Style(.accent))
        }
        for mark in timeline.marks {
            grid.write("▲", column: place(mark.at), row: line.row, style: Style(.bad, bold: true))
        }
        for bookmark in bookmarks {
            grid.write(
                "◆", column: place(bookmark.at), row: line.row, style: Style(.accent, bold: true))
        }
    }

    private func share(of instant: Timestamp, _ timeline: Timeline) -> Double {
        min(
            1,
            max(0, Double((instant - timeline.start).rawValue) / Double(timeline.length.rawValue)))
    }

    private func column(of instant: Timestamp, _ timeline: Timeline, _ width: Int) -> Int {
        guard instant > timeline.start else { return 0 }
        return min(width - 1, Int(share(of: instant, timeline) * Double(width)))
    }
}
