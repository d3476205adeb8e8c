import Engine
import Events
import Screen

extension PanelArea {
    /// As many lines for each key as there is room for, all alike: name, history, last value and
    /// change.
    func drawSparklines(_ aggregate: Int, in rect: Rect, on grid: inout Grid) {
        let lines = lines
        let title = "\(view.name).\(view.aggregateNames[aggregate])"
        let room = max(0, rect.height - 2)
        guard
            let inside = drawBox(
                title, lines: lines.count, shown: min(lines.count, room), in: rect, on: &grid)
        else { return }
        let shown = visible(lines, room: room)
        let height = max(1, inside.height / max(1, shown.count))
        let nameWidth = min(max(4, shown.map(\.name.width).max() ?? 4), max(4, inside.width / 4))
        let width = max(0, inside.width - nameWidth - valueWidth - 4)
        let axis = axis(
            places: Sparkline.capacity(columns: width, symbols: grid.symbols))
        let series = shown.map { values(aggregate, of: $0.slot, along: axis) }
        let scale = scale(of: series)
        for (i, line) in shown.enumerated() {
            let place = Rect(
                column: inside.column, row: inside.row + i * height, width: inside.width,
                height: height)
            let graph = Rect(
                column: place.column + nameWidth + 2, row: place.row, width: width, height: height)
            draw(line, aggregate, nameWidth, beside: graph, in: place, on: &grid)
            draw(series[i].map(scale.share), line, in: graph, on: &grid)
        }
    }

    private var valueWidth: Int { 14 + (definition.unit?.count ?? 0) }

    private func draw(_ shares: [Double?], _ line: Line, in graph: Rect, on grid: inout Grid) {
        let isIdle = idleText(line.slot) != nil
        Sparkline(
            values: shares, minimum: 0, maximum: 1,
            coloring: graph.height < 4 ? .role(isIdle ? .dim : .series(Int(line.slot))) : .ramp,
            early: view.history.isEmpty && view.window == nil ? 1 : 0
        ).draw(in: graph, on: &grid)
    }

    private func draw(
        _ line: Line, _ aggregate: Int, _ nameWidth: Int, beside graph: Rect, in rect: Rect,
        on grid: inout Grid
    ) {
        let idle = idleText(line.slot)
        grid.write(
            line.name.truncated(to: nameWidth), column: rect.column + 1, row: rect.endRow - 1,
            style: Style(idle == nil ? Role.series(Int(line.slot)) : .dim), width: nameWidth)
        let numbers = Rect(
            column: graph.endColumn + 1, row: rect.endRow - 1, width: valueWidth, height: 1)
        drawValue(line, aggregate, idle, in: numbers.intersection(rect), on: &grid)
    }

    private func drawValue(
        _ line: Line, _ aggregate: Int, _ idle: String?, in rect: Rect, on grid: inout Grid
    ) {
        let x = value(aggregate, of: line.slot, in: shownPane)
        let isEarly = shownPane?.kind == .early
        let text = text(x, width: 5)
        let used = grid.write(
            CleanText(text), column: rect.column, row: rect.row,
            style: Style(
                isEarly ? .early : idle == nil ? .text : .dim, bold: !isEarly && idle == nil))
        // Half a number is a wrong one.
        let note = CleanText(idle ?? change(line, aggregate, x))
        guard note.width <= rect.width - used - 1 else { return }
        grid.write(
            note, column: rect.column + used + 1, row: rect.row, style: Style(.dim),
            width: note.width)
    }

    /// Against the pane of the window before.
    private func change(_ line: Line, _ aggregate: Int, _ x: Double?) -> String {
        guard let x, let last = history.indices.last, last > history.startIndex,
            let former = value(aggregate, of: line.slot, in: history[last - 1]), former != 0
        else { return "" }
        let percent = ((x - former) / Swift.abs(former) * 100).rounded()
        guard percent != 0, percent.magnitude < 1000 else { return "" }
        return "\(percent > 0 ? "▲" : "▼")\(Int(percent.magnitude))%"
    }
}
