import Engine
import Events
import Screen

extension PanelArea {
    /// What a line of bars says beside its value.
    private struct Bar {
        var line: Line
        var value: Double?
        /// How much less the true value may be.
        var error: Double?
    }

    /// A bar per key, the longest first.
    func drawBars(_ aggregate: Int, in rect: Rect, on grid: inout Grid) {
        let bars = shownOrder.map {
            Bar(line: $0, value: value(aggregate, of: $0.slot, in: shownPane))
        }
        let title = "\(view.name).\(view.aggregateNames[aggregate])"
        draw(bars, title: title, in: rect, on: &grid)
    }

    /// What a view with `top` ranks: its values of the shown window, by how often they came. How
    /// far a count may be too high is written behind it.
    func drawTop(in rect: Rect, on grid: inout Grid) {
        let bars = shownOrder.map { line in
            let error = value(1, of: line.slot, in: shownPane) ?? 0
            return Bar(
                line: line, value: value(0, of: line.slot, in: shownPane),
                error: error > 0 ? error : nil)
        }
        draw(bars, title: view.name, in: rect, on: &grid)
    }

    private func draw(_ bars: [Bar], title: String, in rect: Rect, on grid: inout Grid) {
        let room = max(0, rect.height - 2)
        guard
            let inside = drawBox(
                title, lines: bars.count, shown: min(bars.count, room), in: rect, on: &grid)
        else { return }
        let first = firstLine(of: bars.count, room: room)
        let shown = bars.dropFirst(first).prefix(room)
        let widest = shown.map(\.line.name.width).max() ?? 4
        let nameWidth = min(max(4, widest), max(4, inside.width * 2 / 5))
        let largest = definition.max ?? bars.compactMap(\.value).max() ?? 0
        let hasErrors = shown.contains { $0.error != nil }
        let tenths = shown.contains { bar in bar.value.map { $0.hasShownFraction } ?? false }
        for (i, bar) in shown.enumerated() {
            let row = Rect(
                column: inside.column, row: inside.row + i, width: inside.width, height: 1)
            draw(bar, nameWidth, largest, hasErrors: hasErrors, tenths: tenths, in: row, on: &grid)
            mark(i, first: first, of: bars.count, in: inside, row: row.row, on: &grid)
        }
    }

    private func draw(
        _ bar: Bar, _ nameWidth: Int, _ largest: Double, hasErrors: Bool, tenths: Bool,
        in rect: Rect, on grid: inout Grid
    ) {
        let meter = Meter(
            share: bar.value.map { largest > 0 ? $0 / largest : 0 },
            warn: definition.warn.map { $0 / largest }, crit: definition.crit.map { $0 / largest },
            role: .accent)
        let isIdle = bar.value == nil
        grid.write(
            bar.line.name.truncated(to: nameWidth), column: rect.column + 1, row: rect.row,
            style: Style(isIdle ? .dim : .text), width: nameWidth)
        let valueWidth = 6 + (definition.unit?.count ?? 0) + (hasErrors ? 7 : 0)
        let place = Rect(
            column: rect.column + nameWidth + 2, row: rect.row,
            width: rect.width - nameWidth - valueWidth - 4, height: 1)
        meter.draw(in: place, hasTrack: false, on: &grid)
        let isEarly = shownPane?.kind == .early
        let text = text(bar.value, width: 6, tenths: tenths)
        let column = rect.endColumn - valueWidth - 1
        grid.write(
            CleanText(text), column: column, row: rect.row,
            style: Style(isEarly ? .early : isIdle ? .dim : .text, bold: !isEarly && !isIdle))
        guard let error = bar.error else { return }
        grid.write(
            CleanText(" −" + compactNumber(error)), column: column + text.count, row: rect.row,
            style: Style(.dim), width: 7)
    }
}
