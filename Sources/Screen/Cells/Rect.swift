/// A rectangle of cells; `column` and `row` count from the top left. A negative width or height
/// counts as none.
package struct Rect: Hashable, Sendable {
    package var column: Int
    package var row: Int
    package var width: Int
    package var height: Int

    package init(column: Int, row: Int, width: Int, height: Int) {
        self.column = column
        self.row = row
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package var isEmpty: Bool { width <= 0 || height <= 0 }
    /// The first column and row behind it.
    package var endColumn: Int { column + width }
    package var endRow: Int { row + height }
    package var columns: Range<Int> { column..<max(column, endColumn) }
    package var rows: Range<Int> { row..<max(row, endRow) }

    package func contains(column: Int, row: Int) -> Bool {
        columns.contains(column) && rows.contains(row)
    }

    /// Smaller by `count` cells on each of the four sides.
    package func inset(by count: Int) -> Rect { inset(columns: count, rows: count) }

    package func inset(columns: Int, rows: Int) -> Rect {
        Rect(
            column: column + columns, row: row + rows,
            width: width - 2 * columns, height: height - 2 * rows)
    }

    /// What lies in both; empty where they don't meet.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left, row: top,
            width: min(endColumn, other.endColumn) - left,
            height: min(endRow, other.endRow) - top)
    }

    /// Side by side, with these widths from the left; what is left over belongs to none.
    package func split(widths: [Int]) -> [Rect] {
        var next = column
        return widths.map { width in
            defer { next += width }
            return Rect(column: next, row: row, width: width, height: height)
        }
    }

    /// One below the other, with these heights from the top.
    package func split(heights: [Int]) -> [Rect] {
        var next = row
        return heights.map { height in
            defer { next += height }
            return Rect(column: column, row: next, width: width, height: height)
        }
    }
}
