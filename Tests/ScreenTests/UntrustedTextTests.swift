import TestSeeds
import Testing

@testable import Screen

/// Whatever a stream sends, no cell holds a scalar that a terminal would obey.
@Suite struct UntrustedTextTests {
    @Test(arguments: seeds(40)) func randomTextLeavesOnlySafeCells(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var grid = Grid(columns: 40, rows: 6)
        for _ in 0..<60 {
            let text = CleanText(random.string(upTo: 24))
            let column = Int.random(in: -5...42, using: &random)
            let width = Bool.random(using: &random) ? Int.random(in: 0...30, using: &random) : nil
            let row = Int.random(in: -1...6, using: &random)
            let style = Style(.allCases.randomElement(using: &random)!)
            let used = grid.write(text, column: column, row: row, style: style, width: width)
            #expect(used <= max(0, min(width ?? 40, text.width)), "seed \(seed)")
            grid.checkInvariants()
        }
        grid.restyle(Rect(column: 7, row: 1, width: 20, height: 3), role: .selected)
        grid.fill(Rect(column: 12, row: 0, width: 3, height: 6), style: Style(.dim))
        grid.checkInvariants()
        for cell in grid.cells { expectSafe(cell.glyph, seed) }
    }

    @Test(arguments: seeds(20)) func asciiGridsHoldNothingElse(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var grid = Grid(columns: 30, rows: 2, symbols: .ascii)
        for row in 0..<2 {
            let text = CleanText("大…▲⣿\u{E9}" + random.string(upTo: 30))
            grid.write(text, column: row, row: row, style: Style(.text))
        }
        grid.checkInvariants()
        for cell in grid.cells {
            #expect((0x20...0x7E).contains(cell.glyph.base.value), "seed \(seed)")
            #expect(cell.glyph.marks.0 == nil && cell.glyph.width == 1, "seed \(seed)")
        }
    }

    private func expectSafe(_ glyph: Glyph, _ seed: UInt64) {
        if glyph.isContinuation { return }
        #expect(isPrintable(glyph.base, combining: false), "seed \(seed): \(glyph.base.value)")
        for mark in [glyph.marks.0, glyph.marks.1].compactMap({ $0 }) {
            #expect(isPrintable(mark, combining: true), "seed \(seed): \(mark.value)")
        }
    }

    /// By the standard library's own tables, not ours.
    private func isPrintable(_ scalar: Unicode.Scalar, combining: Bool) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        case .nonspacingMark, .enclosingMark: combining
        default: !combining || (0x1160...0xD7FB).contains(scalar.value)
        }
    }
}
