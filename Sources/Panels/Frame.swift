import Configuration
import Engine
import Events
import Screen

/// A frame is a value: the same snapshot, health, state and size give the same cells.
///
/// `drawn`: the frame before of the same state and size, from which panels are taken that have not
/// the keyboard; nil draws them all.
package func frame(
    of latest: EngineSnapshot, health: Health, state: ScreenState, columns: Int, rows: Int,
    reusing drawn: Grid? = nil
) -> Grid {
    var grid = Grid(columns: max(1, columns), rows: max(1, rows), symbols: state.symbols)
    guard columns >= FrameSize.leastColumns, rows >= FrameSize.leastRows else {
        drawTooSmall(on: &grid)
        return grid
    }
    let snapshot = state.frozen ?? latest
    var state = state
    state.look(at: latest, columns: columns, rows: rows)
    TruthLine(snapshot: snapshot, latest: latest, health: health, state: state).draw(on: &grid)
    let drawing = PanelDrawing(snapshot: snapshot, health: health, state: state)
    drawing.drawPanels(reusing: drawn, on: &grid)
    if let replay = state.replay {
        TimelineStrip(
            replay: replay, bookmarks: state.bookmarks, loopStart: state.loopStart,
            clock: state.clock
        ).draw(in: state.timeline, on: &grid)
    }
    BottomLine(snapshot: snapshot, state: state).draw(on: &grid)
    drawOverlay(state, snapshot, on: &grid)
    return grid
}

enum FrameSize {
    static let leastColumns = 40
    static let leastRows = 10
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

private func drawOverlay(
    _ state: ScreenState, _ snapshot: EngineSnapshot, on grid: inout Grid
) {
    switch state.overlay {
    case .help(let search, let first):
        HelpBox(keyMap: state.keyMap, search: search.text, first: first).draw(
            in: state.body, on: &grid)
    case .explanation(let explanation): explanation.draw(in: state.body, state, snapshot, on: &grid)
    case .events(let events): events.draw(in: state.body, clock: state.clock, on: &grid)
    case .note(let title, let lines): drawNote(title, lines, in: state.body, on: &grid)
    case nil: break
    }
}

private func drawNote(
    _ title: String, _ lines: [String], in body: Rect, on grid: inout Grid
) {
    let texts = lines.map { CleanText($0) }
    let width = min(body.width - 2, max(30, (texts.map(\.width).max() ?? 0) + 4))
    let height = min(body.height, lines.count + 2)
    let rect = Rect(
        column: body.column + (body.width - width) / 2,
        row: body.row + (body.height - height) / 2, width: width, height: height)
    let inside = Box(title: CleanText(title), note: "esc closes", isFocused: true)
        .draw(in: rect, on: &grid)
    for (i, text) in texts.prefix(inside.height).enumerated() {
        grid.write(
            text.truncated(to: inside.width - 2), column: inside.column + 1, row: inside.row + i,
            style: Style(.text))
    }
}
