import Testing

@testable import Screen

@Suite struct GridTests {
    private func line(_ grid: Grid, _ row: Int = 0) -> String {
        grid.row(row).reduce(into: "") { $0 += $1.glyph.text }
    }

    private let plain = Style(.text)

    @Test(
        arguments: [
            (0, nil, "大阪xy", 6), (1, nil, " 大阪xy", 6), (-1, nil, " 阪xy", 5),
            (-2, nil, "阪xy", 4), (5, nil, "     大", 3), (7, nil, "", 1), (8, nil, "", 0),
            (-9, nil, "", 0), (0, 3, "大", 3), (0, 4, "大阪", 4), (0, 0, "", 0), (0, -4, "", 0),
        ] as [(Int, Int?, String, Int)])
    func writesClipped(_ column: Int, _ width: Int?, _ shown: String, _ used: Int) {
        var grid = Grid(columns: 8, rows: 1)
        let written = grid.write("大阪xy", column: column, row: 0, style: plain, width: width)
        #expect(written == used)
        #expect(Grid.text(of: grid.row(0)) == shown)
        grid.checkInvariants()
    }

    @Test func writingOutsideChangesNothing() {
        var grid = Grid(columns: 4, rows: 2)
        let blank = grid
        for row in [-1, 2] {
            #expect(grid.write("abc", column: 0, row: row, style: plain) == 0)
        }
        grid.fill(Rect(column: 4, row: 0, width: 9, height: 9), style: Style(.bad))
        grid.restyle(Rect(column: -5, row: 0, width: 5, height: 2), role: .bad)
        #expect(grid == blank)
    }

    @Test func overwritingHalfOfAWideGlyphBlanksTheOther() {
        var left = Grid(columns: 6, rows: 1)
        left.write("大阪", column: 1, row: 0, style: plain)
        left.write("x", column: 1, row: 0, style: plain)
        #expect(line(left) == " x 阪 ")
        var right = Grid(columns: 6, rows: 1)
        right.write("大阪", column: 1, row: 0, style: plain)
        right.write("x", column: 4, row: 0, style: plain)
        #expect(line(right) == " 大 x ")
        var across = Grid(columns: 6, rows: 1)
        across.write("大阪", column: 1, row: 0, style: plain)
        across.write("市", column: 2, row: 0, style: plain)
        #expect(line(across) == "  市  ")
        for grid in [left, right, across] { grid.checkInvariants() }
    }

    @Test func aWideGlyphAtTheClipLeavesABlankThatCovers() {
        var grid = Grid(columns: 4, rows: 1)
        grid.write("abcd", column: 0, row: 0, style: plain)
        #expect(grid.write("x大", column: 0, row: 0, style: Style(.bad), width: 2) == 2)
        #expect(line(grid) == "x cd")
        #expect(grid[1, 0].style == Style(.bad))
    }

    @Test func restyleKeepsTheHalvesTogether() {
        var grid = Grid(columns: 6, rows: 1)
        grid.write("a大b阪", column: 0, row: 0, style: plain)
        grid.restyle(
            Rect(column: 2, row: 0, width: 3, height: 1), role: .selected, bold: true, reverse: true
        )
        grid.checkInvariants()
        let changed = grid.row(0).map { $0.style == Style(.selected, bold: true, reverse: true) }
        #expect(changed == [false, true, true, true, true, true])
        grid.restyle(grid.bounds, bold: false)
        #expect(grid[3, 0].style == Style(.selected, reverse: true))
    }

    @Test func fillCutsWideGlyphs() {
        var grid = Grid(columns: 6, rows: 2)
        grid.write("大阪市", column: 0, row: 0, style: plain)
        grid.fill(Rect(column: 1, row: 0, width: 4, height: 1), style: Style(.dim))
        #expect(line(grid) == "      ")
        #expect(grid[1, 0].style == Style(.dim))
        #expect(grid[0, 0].style == plain)
        grid.checkInvariants()
    }

    @Test(arguments: [
        (Alignment.leading, "abc   "), (.trailing, "   abc"), (.center, " abc  "),
    ])
    func alignsInARect(_ alignment: Alignment, _ shown: String) {
        var grid = Grid(columns: 8, rows: 3)
        let rect = Rect(column: 1, row: 1, width: 6, height: 1)
        #expect(grid.write("abc", in: rect, alignment, style: plain) == 3)
        #expect(line(grid, 1) == " \(shown) ")
        #expect(grid.write("abc", in: rect, line: 1, style: plain) == 0)
        #expect(grid.write("abcdefgh", in: rect, style: plain) == 6)
        #expect(line(grid, 1) == " abcde… ")
    }

    @Test func asciiStandsInForEveryGlyph() {
        var grid = Grid(columns: 12, rows: 1, symbols: .ascii)
        grid.write("▲a…大é–⣿░", column: 0, row: 0, style: plain)
        #expect(line(grid) == "^a~???-#.   ")
    }

    @Test func rectsDivide() {
        let rect = Rect(column: 2, row: 3, width: 10, height: 4)
        #expect(rect.inset(by: 1) == Rect(column: 3, row: 4, width: 8, height: 2))
        #expect(rect.inset(by: 2).isEmpty)
        #expect(rect.inset(by: 9).width == 0)
        #expect(rect.split(widths: [4, 6]).map(\.column) == [2, 6])
        #expect(rect.split(heights: [1, 3]).map(\.row) == [3, 4])
        let far = Rect(column: 40, row: 40, width: 2, height: 2)
        #expect(rect.intersection(far).isEmpty)
        #expect(rect.contains(column: 11, row: 6) && !rect.contains(column: 12, row: 6))
    }
}
