/// What a column of a table asks for.
package struct ColumnRequest: Hashable, Sendable {
    /// Below this the column is not worth showing.
    package var minimum: Int
    /// Beyond this more room is no use.
    package var ideal: Int
    package var alignment: Alignment
    /// The lowest is shed first; of equal ones the rightmost.
    package var priority: Int

    package init(minimum: Int, ideal: Int, alignment: Alignment = .leading, priority: Int = 0) {
        self.minimum = max(1, minimum)
        self.ideal = max(self.minimum, ideal)
        self.alignment = alignment
        self.priority = priority
    }
}

/// How a table's columns share a width: which are shown, where, and how wide.
///
/// At least one column is shown if there is any room. Shown ones get their minimum first and then
/// grow towards their ideals at the same pace; what is left over stays blank at the right.
package struct TableColumns: Hashable, Sendable {
    package let requests: [ColumnRequest]
    /// 0 for a column that was shed.
    package let widths: [Int]
    /// From the table's left edge; of no meaning for a column that was shed.
    package let starts: [Int]

    package init(fitting requests: [ColumnRequest], width: Int, spacing: Int = 1) {
        self.requests = requests
        let shown = Self.shown(of: requests, width: width, spacing: spacing)
        let gaps = max(0, shown.count - 1) * spacing
        let given = Self.widths(of: shown.map { requests[$0] }, width: width - gaps)
        var widths = Array(repeating: 0, count: requests.count)
        var starts = widths
        var next = 0
        for (index, columns) in zip(shown, given) {
            widths[index] = columns
            starts[index] = next
            next += columns + spacing
        }
        self.widths = widths
        self.starts = starts
    }

    package var shed: [Int] { widths.indices.filter { widths[$0] == 0 } }

    /// Writes one value per column into one row of `rect`; shed columns are skipped.
    package func write(
        _ values: [CleanText], styles: [Style], in rect: Rect, line: Int, on grid: inout Grid
    ) {
        precondition(
            values.count == widths.count && styles.count == widths.count,
            "a row has a value and a style per column")
        for index in values.indices where widths[index] > 0 {
            let place = Rect(
                column: rect.column + starts[index], row: rect.row, width: widths[index],
                height: rect.height)
            grid.write(
                values[index], in: place.intersection(rect), line: line,
                requests[index].alignment, style: styles[index])
        }
    }

    private static func shown(of requests: [ColumnRequest], width: Int, spacing: Int) -> [Int] {
        guard width > 0 else { return [] }
        var shown = Array(requests.indices)
        func needed() -> Int {
            shown.reduce(0) { $0 + requests[$1].minimum } + (shown.count - 1) * spacing
        }
        while shown.count > 1, needed() > width {
            let least = shown.map { requests[$0].priority }.min()
            shown.remove(at: shown.lastIndex { requests[$0].priority == least }!)
        }
        return shown
    }

    private static func widths(of requests: [ColumnRequest], width: Int) -> [Int] {
        let minimums = requests.map(\.minimum)
        let spare = width - minimums.reduce(0, +)
        if spare < 0 { return Layout.split(width, shares: minimums) }
        let wishes = requests.map { $0.ideal - $0.minimum }
        let wished = wishes.reduce(0, +)
        if spare >= wished { return requests.map(\.ideal) }
        let extra = Layout.split(spare, shares: wishes)
        return zip(minimums, extra).map { $0 + $1 }
    }
}
