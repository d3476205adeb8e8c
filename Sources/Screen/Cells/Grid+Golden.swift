extension Grid {
    /// The frame as text for a golden file: its size, its rows, and where a style begins and ends.
    ///
    ///     grid 20x2
    ///     ╭ load ────────────╮
    ///     │ berlin      6.2k │
    ///     roles
    ///     0: 0 box, 1-6 title, 7-19 box
    ///     1: 0 box, 19 box
    ///
    /// Columns count from 0. Plain `.text` is left out, and so are rows that have nothing else.
    /// Blanks at a row's end are left out too, since editors cut them; a style that shows on a
    /// blank is in the roles.
    package var golden: String {
        var lines = ["grid \(columns)x\(rows)"]
        lines += (0..<rows).map { Self.text(of: row($0)) }
        lines.append("roles")
        for number in 0..<rows {
            let runs = Self.runs(of: row(number))
                .filter { $0.style != Style(.text) }
                .map(Self.describe)
            if !runs.isEmpty { lines.append("\(number): " + runs.joined(separator: ", ")) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The row's glyphs, without blanks at its end.
    static func text(of row: ArraySlice<Cell>) -> String {
        let end = row.lastIndex { $0.glyph != .blank }.map { $0 + 1 } ?? row.startIndex
        return row[..<end].reduce(into: "") { $0 += $1.glyph.text }
    }

    struct Run {
        var columns: Range<Int>
        let style: Style
    }

    /// Neighbours of one style together; columns count from the row's start.
    static func runs(of row: ArraySlice<Cell>) -> [Run] {
        var runs: [Run] = []
        for (column, cell) in row.enumerated() {
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
            } else {
                runs.append(Run(columns: column..<column + 1, style: cell.style))
            }
        }
        return runs
    }

    private static func describe(_ run: Run) -> String {
        let first = run.columns.lowerBound
        let last = run.columns.upperBound - 1
        let place = first == last ? "\(first)" : "\(first)-\(last)"
        let words =
            [place, "\(run.style.role)"] + (run.style.bold ? ["bold"] : [])
            + (run.style.reverse ? ["reverse"] : [])
        return words.joined(separator: " ")
    }
}
