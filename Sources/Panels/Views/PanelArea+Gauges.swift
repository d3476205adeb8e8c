import Engine
import Screen

extension PanelArea {
    /// A bar per key against the panel's range, with its status in a word.
    func drawGauges(_ aggregate: Int, in rect: Rect, on grid: inout Grid) {
        let lines = lines
        let title = "\(view.name).\(view.aggregateNames[aggregate])"
        let room = max(0, rect.height - 2)
        guard
            let inside = drawBox(
                title, lines: lines.count, shown: min(lines.count, room), in: rect, on: &grid)
        else { return }
        let first = firstLine(of: lines.count, room: room)
        let shown = lines.dropFirst(first).prefix(room)
        let nameWidth = min(max(4, shown.map(\.name.width).max() ?? 4), max(4, inside.width / 3))
        for (i, line) in shown.enumerated() {
            let row = Rect(
                column: inside.column, row: inside.row + i, width: inside.width, height: 1)
            draw(line, aggregate, nameWidth, in: row, on: &grid)
        }
    }

    private func draw(
        _ line: Line, _ aggregate: Int, _ nameWidth: Int, in rect: Rect, on grid: inout Grid
    ) {
        let x = value(aggregate, of: line.slot, in: shownPane)
        let meter = Meter(
            share: x.map(share), warn: definition.warn.map(share), crit: definition.crit.map(share))
        let valueWidth = 7 + (definition.unit?.count ?? 0)
        let wordWidth = definition.warn == nil && definition.crit == nil ? 0 : 7
        let width = max(0, rect.width - nameWidth - valueWidth - wordWidth - 3)
        grid.write(
            line.name.truncated(to: nameWidth), column: rect.column + 1, row: rect.row,
            style: Style(x == nil ? .dim : .text), width: nameWidth)
        let bar = Rect(column: rect.column + nameWidth + 2, row: rect.row, width: width, height: 1)
        meter.draw(in: bar, on: &grid)
        let isEarly = shownPane?.kind == .early
        let status = meter.status
        grid.write(
            CleanText(text(x, width: 6)),
            column: bar.endColumn, row: rect.row,
            style: Style(isEarly ? .early : status == .good ? .text : status, bold: !isEarly),
            width: valueWidth)
        let start = bar.endColumn + valueWidth
        let room = min(wordWidth, rect.endColumn - start)
        guard room > 0 else { return }
        // Its sign alone where the word doesn't fit.
        let word = word(status)
        grid.write(
            word.width <= room ? word : CleanText(String(word.string.prefix(1))), column: start,
            row: rect.row,
            style: Style(status), width: room)
    }

    private func word(_ status: Role) -> CleanText {
        switch status {
        case .bad: "■ crit"
        case .warn: "▲ warn"
        case .dim: "–"
        default: "· ok"
        }
    }

    private func share(_ x: Double) -> Double {
        let low = definition.min ?? 0
        let high = definition.max ?? 100
        return high > low ? (x - low) / (high - low) : 0
    }
}
