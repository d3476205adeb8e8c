import Events

/// Collects the rows of one pane, key by key.
struct PaneBuilder {
    private let layout: CompiledQuery
    private let seconds: Double
    private var accumulator: Accumulator
    private var slots: [Int32] = []
    private var counts: [UInt64] = []
    private var values: [[Double]]

    /// `seconds`: what rates divide by.
    init(layout: CompiledQuery, seconds: Double) {
        self.layout = layout
        self.seconds = seconds
        accumulator = Accumulator(layout: layout)
        values = Array(repeating: [], count: layout.readings.count)
    }

    /// Events of the key that was merged last.
    var events: UInt64 { accumulator.events }

    /// Begins a key: takes its row from each slice.
    mutating func merge(_ slices: ArraySlice<Slice>, _ slot: Int) {
        accumulator.clear()
        for i in slices.indices { accumulator.merge(slices[i], row: slot) }
    }

    /// Ends a key: its row joins the pane. Slots come in ascending order.
    mutating func append(_ slot: Int) {
        slots.append(Int32(slot))
        counts.append(accumulator.events)
        for (i, reading) in layout.readings.enumerated() {
            values[i].append(accumulator.value(reading, seconds: seconds))
        }
    }

    func pane(start: Int64, end: Int64, kind: Pane.Kind) -> Pane {
        Pane(
            start: Timestamp(rawValue: start), end: Timestamp(rawValue: end), kind: kind,
            slots: slots, counts: counts, values: values)
    }
}
