import Engine
import Screen

/// The last line: what is being typed, what the last key led to, an alert that fires and is on no
/// panel of the page, or hints; at the right the page. What a key led to takes more lines where it
/// is longer than one.
struct BottomLine {
    let snapshot: EngineSnapshot
    let state: ScreenState

    func draw(on grid: inout Grid) {
        let row = grid.rows - 1
        if let prompt = state.prompt { return draw(prompt, row, on: &grid) }
        let page = pageText
        let end = grid.columns - page.width - 1
        if !page.isEmpty {
            grid.write(page, column: end, row: row, style: Style(.dim))
        }
        if let message = state.message {
            write(message, end, on: &grid)
        } else if !state.filter.isEmpty {
            write(
                CleanText(" / \(state.filter.text)   esc clears"), Style(.accent), end, row,
                on: &grid)
        } else if let alert = hiddenAlert {
            write(CleanText(" ▲ " + alert), Style(.bad, bold: true), end, row, on: &grid)
        } else {
            drawHints(end, row, on: &grid)
        }
    }

    private func write(
        _ text: CleanText, _ style: Style, _ end: Int, _ row: Int, on grid: inout Grid
    ) {
        grid.write(text.truncated(to: end - 1), column: 0, row: row, style: style)
    }

    private static let mostLines = 5

    private func write(_ message: ScreenState.Message, _ end: Int, on grid: inout Grid) {
        let style = Style(message.isProblem ? .bad : .accent)
        let text = CleanText(message.text)
        if text.width + 1 < end {
            return write(CleanText(" ") + text, style, end, grid.rows - 1, on: &grid)
        }
        let lines = text.wrapped(to: grid.columns - 2, limit: min(Self.mostLines, grid.rows - 2))
        let top = grid.rows - lines.count
        grid.fill(
            Rect(column: 0, row: top, width: grid.columns, height: lines.count),
            style: Style(.text))
        for (i, line) in lines.enumerated() {
            grid.write(line, column: 1, row: top + i, style: style)
        }
    }

    private func drawHints(_ end: Int, _ row: Int, on grid: inout Grid) {
        var column = 1
        for binding in state.keyMap.bindings {
            guard let hint = binding.hint, let key = binding.keys.first else { continue }
            guard column + hint.count + key.label.count + 3 < end else { continue }
            column += grid.write(
                CleanText(key.label), column: column, row: row,
                style: Style(.accent, bold: true))
            column += 1
            column += grid.write(CleanText(hint), column: column, row: row, style: Style(.dim)) + 3
        }
    }

    private var pageText: CleanText {
        let pages = state.placement.pages
        guard pages.count > 1, !state.isZoomed else { return .empty }
        let name = pages[state.page].name.map { " \($0)" } ?? ""
        return CleanText("< \(state.page + 1)/\(pages.count)\(name) >").truncated(to: 30)
    }

    /// The first that fires, where no panel of the page shows alerts.
    private var hiddenAlert: String? {
        let shown =
            state.isZoomed ? [state.focus] : state.placement.pages[state.page].panels.map(\.panel)
        let showsAlerts = shown.contains { index in
            guard state.panels.indices.contains(index) else { return false }
            if case .alerts = state.panels[index].content { return true }
            return false
        }
        guard !showsAlerts else { return nil }
        let sieve = KeyFilter().sieve
        let worst = AlertLine.ordered(
            of: Array(state.dashboard.alerts.indices), state.dashboard, snapshot, sieve
        ).first
        guard let worst, worst.state == .firing, worst.mute == nil else { return nil }
        return "\(worst.name.string) \(worst.detail)"
    }

    /// The line that is typed, moved so that its cursor is seen, and what it could be completed to.
    private func draw(_ prompt: Prompt, _ row: Int, on grid: inout Grid) {
        let sign = prompt.sign
        let text = prompt.line.characters
        let before = CleanText(String(text[..<prompt.line.cursor]))
        let after = CleanText(String(text[prompt.line.cursor...]))
        let room = grid.columns - sign.count - 2
        var shown = before.glyphs
        var used = before.width
        while used > room {
            used -= shown[0].width
            shown.removeFirst()
        }
        var column = grid.write(CleanText(sign), column: 0, row: row, style: Style(.accent))
        column += grid.write(
            CleanText(glyphs: shown), column: column, row: row, style: Style(.accent))
        grid.write(
            after.isEmpty ? " " : after.truncated(to: grid.columns - column), column: column,
            row: row, style: Style(.accent))
        grid.restyle(
            Rect(column: column, row: row, width: 1, height: 1), reverse: true)
        let rest = column + after.width + 3
        let words = prompt.candidates.count > 1 ? prompt.candidates.joined(separator: "  ") : ""
        guard rest < grid.columns else { return }
        grid.write(
            CleanText(words).truncated(to: grid.columns - rest), column: rest, row: row,
            style: Style(.dim))
    }
}
