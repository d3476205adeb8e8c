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
        let shown = Array(lines.dropFirst(firstLine(of: lines.count, room: room)).prefix(room))
        let height = max(1, inside.height / max(1, shown.count))
        let scale = scale(of: aggregate, shown)
        let nameWidth = min(max(4, shown.map(\.name.width).max() ?? 4), max(4, inside.width / 4))
        var top = inside.row
        for line in shown {
            let place = Rect(
                column: inside.column, row: top, width: inside.width, height: height)
            draw(line, aggregate, scale, nameWidth, in: place, on: &grid)
            top += height
        }
    }

    /// Shared by all lines of the panel.
    private func scale(of aggregate: Int, _ lines: [Line]) -> ClosedRange<Double> {
        var low = definition.min ?? 0
        var high = definition.max ?? 0
        for pane in history.suffix(400) + view.early {
            for line in lines {
                guard let x = value(aggregate, of: line.slot, in: pane) else { continue }
                if definition.min == nil { low = Swift.min(low, x) }
                if definition.max == nil { high = Swift.max(high, x) }
            }
        }
        return low...Swift.max(high, low)
    }

    private func draw(
        _ line: Line, _ aggregate: Int, _ scale: ClosedRange<Double>, _ nameWidth: Int,
        in rect: Rect, on grid: inout Grid
    ) {
        let idle = idleText(line.slot)
        let role = Role.series(Int(line.slot))
        grid.write(
            line.name.truncated(to: nameWidth), column: rect.column + 1, row: rect.endRow - 1,
            style: Style(idle == nil ? role : .dim), width: nameWidth)
        let valueWidth = 14 + (definition.unit?.count ?? 0)
        let width = max(0, rect.width - nameWidth - valueWidth - 4)
        let graph = Rect(
            column: rect.column + nameWidth + 2, row: rect.row, width: width, height: rect.height)
        let early = view.history.isEmpty && view.window == nil ? [] : view.early
        let panes = history + early
        Sparkline(
            values: panes.suffix(width * 2).map { value(aggregate, of: line.slot, in: $0) },
            minimum: scale.lowerBound, maximum: scale.upperBound,
            coloring: rect.height == 1 ? .role(idle == nil ? role : .dim) : .ramp,
            early: early.count
        ).draw(in: graph, on: &grid)
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
