import Configuration
import Engine
import Events
import Screen

/// A frame is a value: the same snapshot, health, state and size give the same cells.
package func frame(
    of latest: EngineSnapshot, health: Health, state: ScreenState, columns: Int, rows: Int
) -> Grid {
    var grid = Grid(columns: max(1, columns), rows: max(1, rows), symbols: state.symbols)
    guard columns >= FrameSize.leastColumns, rows >= FrameSize.leastRows else {
        drawTooSmall(on: &grid)
        return grid
    }
    let snapshot = state.frozen ?? latest
    TruthLine(snapshot: snapshot, latest: latest, health: health, state: state).draw(on: &grid)
    let body = Rect(column: 0, row: 1, width: columns, height: rows - 2)
    let dropped = drawPanels(snapshot, state, in: body, on: &grid)
    drawBottomLine(state, dropped: dropped, on: &grid)
    if state.showsHelp { HelpBox().draw(in: body, on: &grid) }
    return grid
}

enum FrameSize {
    static let leastColumns = 40
    static let leastRows = 10
    /// A row of panels below this is dropped, from the bottom.
    static let leastPanelRows = 4
}

private func drawTooSmall(on grid: inout Grid) {
    let size = CleanText("this is \(grid.columns)x\(grid.rows)")
    let needed = CleanText("weir needs \(FrameSize.leastColumns)x\(FrameSize.leastRows)")
    let middle = max(0, grid.rows / 2 - 1)
    grid.write(size, in: grid.bounds, line: middle, .center, style: Style(.dim))
    grid.write(
        needed, in: grid.bounds, line: min(middle + 1, grid.rows - 1), .center,
        style: Style(.warn, bold: true))
}

/// Draws what fits; how many rows of panels did not.
private func drawPanels(
    _ snapshot: EngineSnapshot, _ state: ScreenState, in body: Rect, on grid: inout Grid
) -> Int {
    if state.isZoomed, state.panels.indices.contains(state.focus) {
        drawPanel(state.focus, snapshot, state, in: body, on: &grid)
        return 0
    }
    let minimums = state.dashboard.rows.map { row in
        row.panels.compactMap(\.minHeight).max() ?? FrameSize.leastPanelRows
    }
    var shown = state.dashboard.rows.count
    while shown > 1, minimums.prefix(shown).reduce(0, +) > body.height { shown -= 1 }
    let rows = state.dashboard.rows.prefix(shown)
    let heights = Layout.split(
        body.height, shares: rows.map(\.height), minimums: Array(minimums.prefix(shown)))
    var index = 0
    var top = body.row
    for (row, height) in zip(rows, heights) {
        let widths = Layout.split(
            body.width, shares: row.panels.map(\.width),
            minimums: row.panels.map { $0.minWidth ?? 12 })
        var left = body.column
        for width in widths {
            let rect = Rect(column: left, row: top, width: width, height: height)
            drawPanel(index, snapshot, state, in: rect, on: &grid)
            left += width
            index += 1
        }
        top += height
    }
    return state.dashboard.rows.count - shown
}

private func drawPanel(
    _ index: Int, _ snapshot: EngineSnapshot, _ state: ScreenState, in rect: Rect,
    on grid: inout Grid
) {
    let panel = state.panels[index]
    let isFocused = index == state.focus
    func area(_ view: Int) -> PanelArea {
        let stream = state.dashboard.views[view].stream
        return PanelArea(
            definition: panel, view: snapshot.views[view], stream: snapshot.streams[stream],
            from: state.dashboard.streams[stream].from, now: snapshot.now, filter: state.filter,
            selection: state.selection[index], isFocused: isFocused)
    }
    switch panel.content {
    case .sparkline(let view, let aggregate):
        area(view).drawSparklines(aggregate, in: rect, on: &grid)
    case .gauge(let view, let aggregate): area(view).drawGauges(aggregate, in: rect, on: &grid)
    case .table(let view): area(view).drawTable(in: rect, on: &grid)
    case .latency(let stream):
        LatencyPanel(
            title: panel.title, latency: snapshot.streams[stream].latency,
            from: state.dashboard.streams[stream].from, isFocused: isFocused
        ).draw(in: rect, on: &grid)
    case .watermark(let stream):
        WatermarkPanel(
            title: panel.title ?? "watermark \(snapshot.streams[stream].name)",
            stream: snapshot.streams[stream], now: snapshot.now,
            from: state.dashboard.streams[stream].from, selection: state.selection[index],
            isFocused: isFocused
        ).draw(in: rect, on: &grid)
    case .deadLetters(let stream):
        DeadLetterPanel(
            title: panel.title ?? "dead letters", stream: snapshot.streams[stream],
            from: state.dashboard.streams[stream].from, isFocused: isFocused
        ).draw(in: rect, on: &grid)
    case .lag(let probe):
        let lag = state.dashboard.lag[probe]
        LagPanel(
            title: panel.title ?? "lag \(lag.name)",
            group: snapshot.lag.probes[probe].groups.first { $0.name == lag.group },
            from: lag.from, selection: state.selection[index], isFocused: isFocused
        ).draw(in: rect, on: &grid)
    case .alerts(let alert):
        let shown = alert.map { [$0] } ?? Array(state.dashboard.alerts.indices)
        AlertPanel(
            title: panel.title ?? alert.map { state.dashboard.alerts[$0].name } ?? "alerts",
            rules: shown.map { (state.dashboard.alerts[$0], snapshot.alerts[$0]) },
            filter: state.filter, selection: state.selection[index], isFocused: isFocused
        ).draw(in: rect, on: &grid)
    }
}

private func drawBottomLine(_ state: ScreenState, dropped: Int, on grid: inout Grid) {
    let row = grid.rows - 1
    if state.isTyping || !state.filter.text.isEmpty {
        let cursor = state.isTyping ? "▏" : "   esc clears"
        let text = CleanText(" / \(state.filter.text)\(cursor)")
        grid.write(text, column: 0, row: row, style: Style(.accent), width: grid.columns)
        return
    }
    var column = 1
    for binding in KeyMap.bindings {
        guard let hint = binding.hint, column + hint.count + 8 < grid.columns else { continue }
        column += grid.write(
            CleanText(binding.label), column: column, row: row, style: Style(.accent, bold: true))
        column += 1
        column += grid.write(CleanText(hint), column: column, row: row, style: Style(.dim)) + 3
    }
    guard dropped > 0 else { return }
    let note = CleanText("+\(dropped) row\(dropped == 1 ? "" : "s") below: enlarge or zoom ")
    guard note.width + column <= grid.columns else { return }
    grid.write(note, column: grid.columns - note.width, row: row, style: Style(.warn))
}
