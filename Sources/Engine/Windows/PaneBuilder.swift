import Events

/// Collects the rows of one pane, key by key.
struct PaneBuilder {
    private let layout: CompiledQuery
    /// What rates divide by.
    var seconds: Double
    private let origins: [Origin]
    /// One row, of the key that was merged last.
    private var sum: Slice
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
        values = Array(repeating: [], count: layout.columns.count)
    }

    /// Events of the key that was merged last.
    var events: UInt64 { sum.count(0) }

    /// Begins a key: takes its row from each slice.
    mutating func merge(_ slices: ArraySlice<Slice>, _ slot: Int) {
        sum.clear(0)
        for i in slices.indices { sum.merge(slices[i], row: slot, layout, origins) }
    }

    /// Ends a key: its row joins the pane. Slots come in ascending order.
    mutating func append(_ slot: Int) { append(slot, sum, row: 0) }

    /// A key's row from where it stands.
    mutating func append(_ slot: Int, _ slice: borrowing Slice, row: Int) {
        slots.append(Int32(slot))
        counts.append(slice.count(row))
        for (i, column) in layout.columns.enumerated() {
            values[i].append(slice.value(column, row: row, seconds: seconds, layout))
        }
        if layout.ranked != nil { rankings.append(slice.ranking(row)) }
    }

    func pane(start: Int64, end: Int64, kind: Pane.Kind) -> Pane {
        var pane = Pane(
            start: Timestamp(rawValue: start), end: Timestamp(rawValue: end), kind: kind,
            slots: slots, counts: counts, values: values)
        pane.rankings = rankings
        return pane
    }
}
