/// A frame: rows of cells.
///
/// Kept at all times (`checkInvariants()`): a wide glyph is followed by a continuation of the same
/// style, and a continuation follows a wide glyph. Writing over one half blanks the other; what
/// doesn't fit is clipped. Nothing outside the grid is an error, so a panel may draw as if it had
/// room.
package struct Grid: Hashable, Sendable {
    package let columns: Int
    package let rows: Int
    /// In `.ascii` every glyph is mapped to one in ASCII as it is written.
    package let symbols: Symbols
    /// Row by row, `columns` cells each.
    package private(set) var cells: [Cell]

    package init(columns: Int, rows: Int, symbols: Symbols = .unicode) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
        self.symbols = symbols
        cells = Array(repeating: .blank, count: self.columns * self.rows)
    }

    package var bounds: Rect { Rect(column: 0, row: 0, width: columns, height: rows) }

    /// Both must lie inside.
    package subscript(column: Int, row: Int) -> Cell {
        precondition(bounds.contains(column: column, row: row), "a cell outside the grid")
        return cells[row * columns + column]
    }

    /// The cells of one row, from the left.
    package func row(_ row: Int) -> ArraySlice<Cell> {
        cells[row * columns..<(row + 1) * columns]
    }

    // MARK: Writing

    /// Writes from `column` to the right and returns how many columns were written.
    ///
    /// Clipped at the grid's edges and, if given, at `width` columns. A wide glyph of which only
    /// one half would be seen leaves a blank.
    @discardableResult
    package mutating func write(
        _ text: CleanText, column: Int, row: Int, style: Style, width: Int? = nil
    ) -> Int {
        guard (0..<rows).contains(row) else { return 0 }
        let end = min(columns, width.map { column + max(0, $0) } ?? columns)
        var next = column
        var written = 0
        for glyph in text.glyphs {
            if next >= end { break }
            let fits = next >= 0 && next + glyph.width <= end
            if fits {
                put(glyph, column: next, row: row, style: style)
                written += glyph.width
            } else if next + glyph.width > 0 {
                put(.blank, column: max(0, next), row: row, style: style)
                written += 1
            }
            next += glyph.width
        }
        return written
    }

    /// Writes into one row of `rect` (counted from the rect's top), aligned, cut with `…` where it
    /// is too long. Returns the columns written.
    @discardableResult
    package mutating func write(
        _ text: CleanText, in rect: Rect, line: Int = 0, _ alignment: Alignment = .leading,
        style: Style
    ) -> Int {
        guard (0..<rect.height).contains(line) else { return 0 }
        let shown = text.truncated(to: rect.width)
        let column = rect.column + alignment.offset(of: shown.width, in: rect.width)
        return write(shown, column: column, row: rect.row + line, style: style)
    }

    /// Blanks of this style.
    package mutating func fill(_ rect: Rect, style: Style) {
        let area = rect.intersection(bounds)
        for row in area.rows {
            for column in area.columns { put(.blank, column: column, row: row, style: style) }
        }
    }

    /// Takes over a part of another grid of the same size.
    package mutating func copy(_ rect: Rect, of other: Grid) {
        precondition(
            (other.columns, other.rows) == (columns, rows), "a part of a grid of another size")
        let area = rect.intersection(bounds)
        for row in area.rows {
            for column in area.columns {
                let cell = other[column, row]
                guard !cell.glyph.isContinuation else { continue }
                put(cell.glyph, column: column, row: row, style: cell.style)
            }
        }
    }

    /// Changes what is given of the styles and leaves the glyphs. A wide glyph that lies half
    /// inside is changed whole.
    package mutating func restyle(
        _ rect: Rect, role: Role? = nil, bold: Bool? = nil, reverse: Bool? = nil
    ) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for row in area.rows {
            let first = index(area.column, row)
            let last = index(area.endColumn - 1, row)
            let start = cells[first].glyph.isContinuation ? first - 1 : first
            let end = cells[last].glyph.isWide ? last + 1 : last
            for position in start...end {
                if let role { cells[position].style.role = role }
                if let bold { cells[position].style.bold = bold }
                if let reverse { cells[position].style.reverse = reverse }
            }
        }
    }

    /// Sets one glyph. Outside the grid, or half outside, it is left out.
    mutating func put(_ glyph: Glyph, column: Int, row: Int, style: Style) {
        guard column >= 0, column + glyph.width <= columns, row >= 0, row < rows else { return }
        let position = index(column, row)
        let drawn = symbols == .ascii ? glyph.ascii : glyph
        clear(position)
        cells[position] = Cell(glyph: drawn, style: style)
        guard glyph.isWide else { return }
        clear(position + 1)
        cells[position + 1] = Cell(glyph: drawn.isWide ? .continuation : drawn, style: style)
    }

    private func index(_ column: Int, _ row: Int) -> Int { row * columns + column }

    /// Blanks the other half of a wide glyph that is about to be overwritten at `position`.
    private mutating func clear(_ position: Int) {
        let glyph = cells[position].glyph
        if glyph.isContinuation { cells[position - 1].glyph = .blank }
        if glyph.isWide { cells[position + 1].glyph = .blank }
    }

    // MARK: Invariants

    package func checkInvariants() {
        precondition(cells.count == columns * rows, "a grid has as many cells as its size says")
        for row in 0..<rows {
            var expected: Style?
            for cell in self.row(row) {
                precondition(
                    cell.glyph.isContinuation == (expected != nil),
                    "a continuation stands behind a wide glyph and nowhere else")
                precondition(
                    expected == nil || expected == cell.style,
                    "both halves of a wide glyph have one style")
                expected = cell.glyph.isWide ? cell.style : nil
            }
            precondition(expected == nil, "a wide glyph does not hang over the edge")
        }
    }
}
