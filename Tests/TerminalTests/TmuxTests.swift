import PresenterGrids
import PtySupport
import Screen
import Testing

/// The random frames of `PresenterTests` in tmux, which has widths of its own: cell by cell what
/// the grid says, wide and combining characters too.
@Suite(.serialized) struct TmuxTests {
    @Test(
        .enabled(if: Tmux.isWanted),
        arguments: [
            ("tmux-256color", "truecolor"), ("tmux-256color", ""), ("screen-256color", ""),
        ])
    func everyFrame(type: String, colorTerm: String) throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        let tmux = try Tmux(
            "COLORTERM=\(colorTerm) \(builtProgram("presenter-fixture")) \(seed)", type: type,
            columns: 80, rows: 24)
        for number in 0..<9 {
            try tmux.type("n")
            let grid = PresenterGrids.grid(seed: seed, number: number, columns: 80, rows: 24)
            let difference = try tmux.difference(from: (0..<24).map { text(of: grid, row: $0) })
            #expect(difference == nil, "seed \(seed), frame \(number)")
        }
    }

    /// In the last column marks are left out.
    private func text(of grid: Grid, row: Int) -> String {
        var text = grid.row(row).enumerated().reduce(into: "") { text, cell in
            let glyph = cell.element.glyph
            let isLast = cell.offset + glyph.width == grid.columns
            text += isLast && !glyph.isContinuation ? String(glyph.base) : glyph.text
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
