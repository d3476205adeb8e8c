/// Lines of several series in one area, the newest value at the right edge.
///
/// In braille there are two values a cell and four steps a row; a cell through which several lines
/// go has the colour of the last one. In ASCII there is one value a cell. A gap in the values is a
/// gap in the line. If there are more values than places the oldest are left out.
package struct Plot: Hashable, Sendable {
    package struct Series: Hashable, Sendable {
        /// Shares of the height, 0 to 1.
        package var shares: [Double?]
        package var role: Role

        package init(shares: [Double?], role: Role) {
            self.shares = shares
            self.role = role
        }
    }

    /// Drawn in this order.
    package var series: [Series]

    package init(_ series: [Series]) { self.series = series }

    package func draw(in rect: Rect, on grid: inout Grid) {
        guard !rect.isEmpty else { return }
        for line in series {
            if grid.symbols == .ascii {
                drawPoints(line, in: rect, on: &grid)
            } else {
                drawDots(line, in: rect, on: &grid)
            }
        }
    }

    private func drawPoints(_ line: Series, in rect: Rect, on grid: inout Grid) {
        let shown = line.shares.suffix(rect.width)
        let lead = rect.width - shown.count
        for (place, share) in shown.enumerated() {
            guard let share else { continue }
            let row = rect.endRow - 1 - Int((share * Double(rect.height - 1)).rounded())
            grid.put(
                Glyph(base: "*"), column: rect.column + lead + place, row: row,
                style: Style(line.role))
        }
    }

    private func drawDots(_ line: Series, in rect: Rect, on grid: inout Grid) {
        let places = rect.width * 2
        let shown = Array(line.shares.suffix(places))
        let lead = places - shown.count
        let top = Double(rect.height * 4 - 1)
        var former: Int?
        for (place, share) in shown.enumerated() {
            guard let share else {
                former = nil
                continue
            }
            let step = Int((share * top).rounded())
            // Joined to the one before by its half of the way between them.
            let from = former ?? step
            for dot in min(from, step)...max(from, step) where dot != from || from == step {
                put(dot, place: lead + place, line.role, in: rect, on: &grid)
            }
            former = step
        }
    }

    /// Adds a dot to its cell; `step` counts from the bottom.
    private func put(_ step: Int, place: Int, _ role: Role, in rect: Rect, on grid: inout Grid) {
        let column = rect.column + place / 2
        let row = rect.endRow - 1 - step / 4
        let bits: [UInt32] = place % 2 == 0 ? [0x40, 0x04, 0x02, 0x01] : [0x80, 0x20, 0x10, 0x08]
        let before = grid[column, row].glyph.base.value
        let held = 0x2800...0x28FF ~= before ? before & 0xFF : 0
        grid.put(
            Glyph(base: Unicode.Scalar(0x2800 + (held | bits[step % 4]))!), column: column,
            row: row, style: Style(role))
    }
}
