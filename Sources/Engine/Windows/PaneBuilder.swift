import Events

/// Collects the rows of one pane, key by key.
struct PaneBuilder {
    private let layout: CompiledQuery
    /// What rates divide by.
    var seconds: Double
    private let origins: [Origin]
    /// One row, of the key that was merged last.
    private var sum: Slice
    private let emptyValues: [Double]
    private var slots: [Int32] = []
    private var counts: [UInt64] = []
    private var values: [[Double]]
    /// With `top`, of each row.
    private var rankings: [FrequentValues] = []

    /// `origins` as in `EventPlace`.
    init(layout: CompiledQuery, seconds: Double, origins: [Origin]) {
        self.layout = layout
        self.seconds = seconds
        self.origins = origins
        sum = Slice(index: 0, layout: layout)
        sum.grow(to: 1)
        let empty = Slice(index: 0, layout: layout)
        emptyValues = layout.columns.map { empty.value($0, row: 0, seconds: seconds, layout) }
        values = Array(repeating: [], count: layout.columns.count)
    }

    /// A key's row, merged from those it has in these slices. Slots come in ascending order.
    mutating func append(_ slot: Int, of slices: ArraySlice<Slice>) {
        if slices.count == 1 { return append(slot, slices[slices.startIndex], row: slot) }
        sum.clear(0)
        for i in slices.indices { sum.merge(slices[i], row: slot, layout, origins) }
        append(slot, sum, row: 0)
    }

    /// A key's row from where it stands.
    mutating func append(_ slot: Int, _ slice: borrowing Slice, row: Int) {
        slots.append(Int32(slot))
        counts.append(slice.count(row))
        for (i, column) in layout.columns.enumerated() {
            values[i].append(slice.value(column, row: row, seconds: seconds, layout))
        }
        if layout.ranked != nil { rankings.append(slice.ranking(row)) }
    }

    /// The row of a key that has no event.
    mutating func appendEmpty(_ slot: Int) {
        slots.append(Int32(slot))
        counts.append(0)
        for i in values.indices { values[i].append(emptyValues[i]) }
        if layout.ranked != nil { rankings.append(FrequentValues()) }
    }

    func pane(start: Int64, end: Int64, kind: Pane.Kind) -> Pane {
        var pane = Pane(
            start: Timestamp(rawValue: start), end: Timestamp(rawValue: end), kind: kind,
            slots: slots, counts: counts, values: values)
        pane.rankings = rankings
        return pane
    }
}
