import Engine
import Events
import Screen

extension PanelArea {
    /// All keys in one chart with axes: a single key as a filled area, several as lines.
    ///
    /// Beside it, where there is room, the keys with their last value; in a narrow one the keys
    /// alone, and what finds no place is counted in the border. The chosen key is drawn last.
    func drawChart(_ aggregate: Int, in rect: Rect, on grid: inout Grid) {
        let lines = lines
        let title = "\(view.name).\(view.aggregateNames[aggregate])"
        let room = max(0, rect.height - 3)
        guard
            let inside = drawBox(
                title, lines: lines.count, shown: min(lines.count, room), in: rect, on: &grid)
        else { return }
        let shown = visible(lines, room: max(1, room))
        let legend = lines.count > 1 ? legendWidth(shown, inside.width) : 0
        let left = 7
        let plot = Rect(
            column: inside.column + left, row: inside.row,
            width: inside.width - left - legend - 1, height: inside.height - 1)
        guard plot.width >= 4, !plot.isEmpty else { return }
        let perColumn = grid.symbols == .ascii ? 1 : 2
        let axis = axis(places: plot.width * perColumn)
        let series = shown.map { values(aggregate, of: $0.slot, along: axis) }
        let scale = chartScale(series)
        drawTicks(scale, beside: plot, on: &grid)
        drawThresholds(scale, in: plot, on: &grid)
        draw(shown, series.map { $0.map(scale.share) }, of: lines.count, in: plot, on: &grid)
        TimeLabels(axis: axis, placesPerColumn: perColumn, clock: clock).draw(
            in: Rect(column: plot.column, row: plot.endRow, width: plot.width, height: 1),
            on: &grid)
        guard legend > 0 else { return }
        let place = Rect(
            column: plot.endColumn + 1, row: inside.row, width: legend - 1, height: plot.height)
        drawLegend(shown, aggregate, of: lines.count, in: place, on: &grid)
    }

    private func legendWidth(_ shown: [Line], _ width: Int) -> Int {
        let names = shown.map(\.name.width).max() ?? 0
        return min(max(4, names) + 9 + (definition.unit?.count ?? 0), width / 3)
    }

    private func chartScale(_ series: [[Double?]]) -> ValueScale {
        let scale = scale(of: series)
        let rounded = scale.rounded
        return ValueScale(
            low: definition.min ?? rounded.low, high: definition.max ?? rounded.high,
            isLog: scale.isLog)
    }

    private func drawTicks(_ scale: ValueScale, beside plot: Rect, on grid: inout Grid) {
        let count = max(1, min(5, plot.height / 2))
        var taken = Set<Int>()
        for tick in scale.ticks(count) {
            let row = self.row(of: tick, scale, in: plot)
            guard taken.insert(row).inserted else { continue }
            grid.write(
                CleanText(compactNumber(tick, width: 5)), column: plot.column - 6,
                row: row, style: Style(.dim))
            grid.write("┤", column: plot.column - 1, row: row, style: Style(.box))
        }
        for row in plot.rows where !taken.contains(row) {
            grid.write("│", column: plot.column - 1, row: row, style: Style(.box))
        }
    }

    private func row(of value: Double, _ scale: ValueScale, in plot: Rect) -> Int {
        plot.endRow - 1 - Int(((scale.share(of: value) ?? 0) * Double(plot.height - 1)).rounded())
    }

    /// Below the lines, which go over them.
    private func drawThresholds(_ scale: ValueScale, in plot: Rect, on grid: inout Grid) {
        for (limit, role) in [(definition.warn, Role.warn), (definition.crit, .bad)] {
            guard let limit, limit > scale.low, limit < scale.high else { continue }
            grid.write(
                CleanText(repeating: "┄", count: plot.width), column: plot.column,
                row: row(of: limit, scale, in: plot), style: Style(role))
        }
    }

    private func draw(
        _ shown: [Line], _ shares: [[Double?]], of count: Int, in plot: Rect, on grid: inout Grid
    ) {
        if count == 1 {
            Sparkline(values: shares[0], minimum: 0, maximum: 1).draw(in: plot, on: &grid)
            return
        }
        let chosen = isFocused ? selected(of: count) - firstLine(of: count, room: shown.count) : -1
        let order =
            shown.indices.reversed().filter { $0 != chosen }
            + shown.indices.filter { $0 == chosen }
        Plot(
            order.map { Plot.Series(shares: shares[$0], role: .series(Int(shown[$0].slot))) }
        ).draw(in: plot, on: &grid)
    }

    private func drawLegend(
        _ shown: [Line], _ aggregate: Int, of count: Int, in place: Rect, on grid: inout Grid
    ) {
        let valueWidth = 6 + (definition.unit?.count ?? 0)
        let names = max(2, place.width - valueWidth - 1)
        let first = firstLine(of: count, room: shown.count)
        for (i, line) in shown.prefix(place.height).enumerated() {
            let isIdle = idleText(line.slot) != nil
            let x = value(aggregate, of: line.slot, in: shownPane)
            let row = place.row + i
            grid.write(
                line.name.truncated(to: names), column: place.column, row: row,
                style: Style(isIdle ? .dim : .series(Int(line.slot))), width: names)
            grid.write(
                CleanText(text(x, width: 6)), column: place.endColumn - valueWidth, row: row,
                style: Style(isIdle ? .dim : .text, bold: !isIdle), width: valueWidth)
            mark(i, first: first, of: count, in: place, row: row, on: &grid)
        }
    }
}
