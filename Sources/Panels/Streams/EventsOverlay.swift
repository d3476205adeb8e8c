import Engine
import Events
import Screen

/// Records that were asked for, in a box over the panels: a list, and below it the chosen one in
/// full.
struct EventsOverlay: Sendable {
    static let limit = 500

    let title: String
    let note: String
    /// The newest last.
    let records: [RecentRecord]
    private var selection: Int

    init(title: String, note: String, records: [RecentRecord]) {
        self.title = title
        self.note = note
        self.records = records
        selection = max(0, records.count - 1)
    }

    mutating func move(_ rows: Int) {
        let (sum, overflow) = selection.addingReportingOverflow(rows)
        selection = overflow ? max(0, records.count - 1) : max(0, min(sum, records.count - 1))
    }

    /// The chosen record as text.
    var chosen: String? {
        records.indices.contains(selection)
            ? String(decoding: records[selection].bytes, as: UTF8.self) : nil
    }

    func draw(in body: Rect, clock: ScreenClock, on grid: inout Grid) {
        let inside = Box(
            title: CleanText(title), note: CleanText(note + " · esc closes"), isFocused: true
        ).draw(in: body, on: &grid)
        guard !inside.isEmpty else { return }
        guard !records.isEmpty else {
            let text: CleanText = "none of its events is kept any more"
            grid.write(text, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        let place = inside.inset(columns: 1, rows: 0)
        let whole = wholeLines(width: place.width, limit: max(0, inside.height / 2 - 2))
        let room = max(1, inside.height - (whole.isEmpty ? 0 : whole.count + 2))
        let first = max(0, min(selection - room / 2, records.count - room))
        for (i, record) in records.dropFirst(first).prefix(room).enumerated() {
            RecordLine(record: record, clock: clock).draw(in: place, row: place.row + i, on: &grid)
            guard first + i == selection else { continue }
            grid.restyle(
                Rect(column: inside.column, row: place.row + i, width: inside.width, height: 1),
                role: .selected)
        }
        drawWhole(whole, below: place.row + room, in: place, on: &grid)
    }

    private func drawWhole(
        _ lines: [CleanText], below row: Int, in place: Rect, on grid: inout Grid
    ) {
        guard !lines.isEmpty, records.indices.contains(selection) else { return }
        let record = records[selection]
        let time = record.time.map { $0.rfc3339 + "  " } ?? ""
        let from = "\(record.origin.source) line \(record.offset + 1)"
        grid.write(
            CleanText(time + from).truncated(to: place.width), column: place.column, row: row + 1,
            style: Style(.title))
        for (i, line) in lines.enumerated() {
            grid.write(line, column: place.column, row: row + 2 + i, style: Style(.text))
        }
    }

    /// The chosen record, broken into lines.
    private func wholeLines(width: Int, limit: Int) -> [CleanText] {
        guard let chosen, width > 0, limit > 0 else { return [] }
        var lines: [CleanText] = []
        var line: [Glyph] = []
        var used = 0
        for glyph in CleanText(chosen).glyphs {
            if used + glyph.width > width {
                lines.append(CleanText(glyphs: line))
                (line, used) = ([], 0)
                if lines.count == limit { return lines }
            }
            line.append(glyph)
            used += glyph.width
        }
        return lines + (line.isEmpty ? [] : [CleanText(glyphs: line)])
    }
}
