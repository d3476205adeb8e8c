import Engine
import Events
import Screen

/// How far a stream's time has come: a line for each clock that it is the minimum of, the one that
/// holds it first, and how far events are out of order.
///
/// A clock is a partition's, or with `watermark_by` a key's; of those the active ones that hold
/// nothing come last.
package struct WatermarkPanel {
    package var title: String
    package var stream: StreamSnapshot
    package var now: Timestamp
    package var from: String
    package var selection: Int
    package var isFocused: Bool

    package init(
        title: String, stream: StreamSnapshot, now: Timestamp, from: String, selection: Int = 0,
        isFocused: Bool = false
    ) {
        self.title = title
        self.stream = stream
        self.now = now
        self.from = from
        self.selection = selection
        self.isFocused = isFocused
    }

    private struct Line {
        var name: CleanText
        var state: PartitionSnapshot.State
        var watermark: Timestamp
        var holds: Bool
        /// How long nothing has come of it, where that is known.
        var silence: Nanoseconds?
    }

    package func draw(in rect: Rect, on grid: inout Grid) {
        let lines = lines
        let inside = Box(title: CleanText(title), note: CleanText(note), isFocused: isFocused)
            .draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        guard !lines.isEmpty, stream.disorder.events > 0 else {
            let text = CleanText("waiting for events from \(from)")
            grid.write(text, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        let body = inside.inset(columns: 1, rows: 0)
        let room = max(1, inside.height - 1)
        let first = isFocused ? max(0, min(selection - room / 2, lines.count - room)) : 0
        let shown = lines.dropFirst(first).prefix(room)
        let names = min(max(shown.map(\.name.width).max() ?? 1, 4), body.width / 3)
        for (i, line) in shown.enumerated() {
            draw(line, names, in: body, row: body.row + i, on: &grid)
            if isFocused, first + i == min(selection, lines.count - 1) {
                let whole = Rect(
                    column: inside.column, row: body.row + i, width: inside.width, height: 1)
                grid.restyle(whole, role: .selected)
            }
        }
        if inside.height > 1 { drawDisorder(in: body, on: &grid) }
    }

    private var lines: [Line] {
        let holder = stream.holder
        if let clocks = stream.clocks {
            return clocks.clocks.map {
                let name = $0.value.description
                return Line(
                    name: CleanText(name), state: $0.state, watermark: $0.watermark,
                    holds: name == holder && $0.state == .active, silence: now - $0.lastEventAt)
            }
        }
        let lines = stream.partitions.map { partition in
            let name = stream.name(of: partition)
            return Line(
                name: CleanText(name), state: partition.state, watermark: partition.watermark,
                holds: name == holder)
        }
        return lines.filter(\.holds) + lines.filter { !$0.holds }
    }

    private var note: String {
        let states: [(Int, String)]
        if let clocks = stream.clocks {
            states = [
                (clocks.active, "active"), (clocks.catchingUp, "catching up"),
                (clocks.idle, "idle"),
            ]
        } else {
            let order: [PartitionSnapshot.State] = [
                .active, .catchingUp, .idle, .ended, .disconnected,
            ]
            states = order.map { state in
                (stream.partitions.count { $0.state == state }, state.rawValue)
            }
        }
        return states.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " · ")
    }

    private func draw(
        _ line: Line, _ names: Int, in body: Rect, row: Int, on grid: inout Grid
    ) {
        let style: Style =
            switch line.state {
            case .active: line.holds ? Style(.accent, bold: true) : Style(.text)
            case .catchingUp: Style(.warn)
            case .idle, .ended: Style(.dim)
            case .disconnected: Style(.bad)
            }
        var column = body.column
        func write(_ text: String, _ style: Style, _ width: Int, on grid: inout Grid) {
            let text = CleanText(text)
            guard column + text.width <= body.endColumn else { return }
            column += grid.write(text, column: column, row: row, style: style)
            column += max(0, width - text.width) + 2
        }
        grid.write(
            line.name.truncated(to: names), column: column, row: row, style: style, width: names)
        column += names + 2
        write(line.state.rawValue, style, 11, on: &grid)
        write("wm " + behind(line.watermark), Style(.text), 10, on: &grid)
        if line.holds {
            write("holds the watermark", Style(.accent), 20, on: &grid)
        } else if let silence = line.silence, line.state == .idle {
            write("silent \(compactDuration(silence.rawValue))", Style(.dim), 20, on: &grid)
        }
    }

    private func behind(_ watermark: Timestamp) -> String {
        if watermark == .beginning { return padded("–") }
        if watermark == .end { return padded("end") }
        let behind = (now - watermark).rawValue
        return padded((behind < 0 ? "+" : "−") + compactDuration(abs(behind)))
    }

    private func padded(_ text: String) -> String {
        String(repeating: " ", count: max(0, 7 - text.count)) + text
    }

    private func drawDisorder(in body: Rect, on grid: inout Grid) {
        let disorder = stream.disorder
        let text =
            disorder.outOfOrder == 0
            ? "all in order"
            : "\(compactPercent(disorder.share)) out of order, by up to "
                + compactDuration(disorder.largest.rawValue)
        let count = stream.books.late
        let late = count > 0 ? " · \(compactNumber(Double(count))) late" : ""
        grid.write(
            CleanText(text + late).truncated(to: body.width), column: body.column,
            row: body.endRow - 1, style: Style(.dim), width: body.width)
    }
}
