import Engine
import Events
import Screen

extension PanelArea {
    /// A row of shades per key over time, darker or louder where the value is higher; below it the
    /// times, and what the shades mean.
    func drawHeatmap(_ aggregate: Int, in rect: Rect, on grid: inout Grid) {
        let lines = shownOrder
        let title = "\(view.name).\(view.aggregateNames[aggregate])"
        let room = max(0, rect.height - 3)
        guard
            let inside = drawBox(
                title, lines: lines.count, shown: min(lines.count, room), in: rect, on: &grid)
        else { return }
        let shown = visible(lines, room: room)
        let first = firstLine(of: lines.count, room: room)
        let nameWidth = min(max(4, shown.map(\.name.width).max() ?? 4), max(4, inside.width / 4))
        let valueWidth = 6 + (definition.unit?.count ?? 0)
        let place = Rect(
            column: inside.column + nameWidth + 2, row: inside.row,
            width: inside.width - nameWidth - valueWidth - 4, height: max(1, inside.height - 1))
        guard place.width > 0 else { return }
        let axis = axis(places: place.width)
        let series = shown.map { values(aggregate, of: $0.slot, along: axis) }
        let scale = shadeScale(aggregate, series, of: lines)
        let tenths = hasTenths(aggregate, shown)
        for (i, line) in shown.enumerated() {
            let row = inside.row + i
            let isIdle = idleText(line.slot) != nil
            grid.write(
                line.name.truncated(to: nameWidth), column: inside.column + 1, row: row,
                style: Style(isIdle ? .dim : .text), width: nameWidth)
            draw(series[i].map(scale.share), in: place, row: row, on: &grid)
            let x = value(aggregate, of: line.slot, in: shownPane)
            grid.write(
                CleanText(text(x, width: 6, tenths: tenths)), column: place.endColumn + 1, row: row,
                style: Style(isIdle ? .dim : status(x), bold: !isIdle), width: valueWidth)
            // The shades keep their colours.
            let name = Rect(
                column: inside.column, row: row, width: nameWidth + 2, height: 1)
            mark(i, first: first, of: lines.count, in: name, row: row, on: &grid)
        }
        guard inside.height > 1 else { return }
        let below = Rect(
            column: place.column, row: inside.row + min(shown.count, inside.height - 1),
            width: place.width, height: 1)
        TimeLabels(axis: axis, placesPerColumn: 1, clock: clock).draw(in: below, on: &grid)
        drawKey(scale, column: inside.column + 1, width: nameWidth, row: below.row, on: &grid)
    }

    /// From the least value, so that differences are seen where all are alike. What the keys are
    /// now that find no room counts too, or the loudest of the calm ones would be loud.
    private func shadeScale(
        _ aggregate: Int, _ series: [[Double?]], of lines: [Line]
    ) -> ValueScale {
        let newest = lines.map { value(aggregate, of: $0.slot, in: shownPane) }
        if isLog { return scale(of: series + [newest]) }
        let values = (series + [newest]).joined().compactMap { $0 }
        return ValueScale(
            low: definition.min ?? values.min() ?? 0, high: definition.max ?? values.max() ?? 0)
    }

    private func status(_ x: Double?) -> Role {
        guard let x else { return .dim }
        let status = Meter(share: x, warn: definition.warn, crit: definition.crit).status
        return status == .good ? .text : status
    }

    private func draw(_ shares: [Double?], in place: Rect, row: Int, on grid: inout Grid) {
        for (column, share) in shares.enumerated() {
            guard let share else { continue }
            grid.write(
                shade(share), column: place.column + column, row: row, style: Style(.ramp(share)))
        }
    }

    /// The colour alone would say nothing where there is none.
    private func shade(_ share: Double) -> CleanText {
        if hasColors { return "█" }
        return ["░", "▒", "▓", "█"][min(3, Int(share * 4))]
    }

    /// The ends of the scale, as far as they fit.
    private func drawKey(
        _ scale: ValueScale, column: Int, width: Int, row: Int, on grid: inout Grid
    ) {
        let low = CleanText(text(scale.low, width: 0))
        let high = CleanText(text(scale.high, width: 0))
        guard low.width + high.width + 2 <= width else { return }
        var next = column
        next += grid.write(low, column: next, row: row, style: Style(.dim))
        next += grid.write(shade(0), column: next, row: row, style: Style(.ramp(0)))
        next += grid.write(shade(1), column: next, row: row, style: Style(.ramp(1)))
        grid.write(high, column: next, row: row, style: Style(.dim))
    }
}
