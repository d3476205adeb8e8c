/// The windows of the view's keys that share a clock, with `watermark_by`: mostly of one key.
struct KeyLane {
    /// The view's slot of each row.
    private(set) var slots: [Int32] = []
    var windows: OpenWindows

    init(windows: OpenWindows) { self.windows = windows }

    /// The row of a slot; a new one if it has none.
    mutating func row(of slot: Int32) -> Int {
        if let known = slots.firstIndex(of: slot) { return known }
        if let free = slots.firstIndex(of: -1) {
            slots[free] = slot
            return free
        }
        slots.append(slot)
        return slots.count - 1
    }

    mutating func forget(_ row: Int32) { slots[Int(row)] = -1 }

    /// Rows of a pane as the view numbers them, ascending.
    func translated(_ pane: Pane) -> Pane {
        let order = pane.slots.indices
            .filter { slots[Int(pane.slots[$0])] >= 0 }
            .sorted { slots[Int(pane.slots[$0])] < slots[Int(pane.slots[$1])] }
        var result = pane
        result.slots = order.map { slots[Int(pane.slots[$0])] }
        result.counts = order.map { pane.counts[$0] }
        result.values = pane.values.map { column in order.map { column[$0] } }
        return result
    }
}
