/// The windows of the view's keys that share a clock, with `watermark_by`: mostly of one key.
struct KeyLane {
    /// The view's slot of each row.
    private(set) var slots: [Int32] = []
    private var rowOfSlot: [Int32: Int] = [:]
    /// So many rows are looked through faster than looked up.
    private static let few = 16
    var windows: OpenWindows

    init(windows: OpenWindows) { self.windows = windows }

    /// The row of a slot; a new one if it has none.
    mutating func row(of slot: Int32) -> Int {
        if slots.count <= Self.few {
            if let known = slots.firstIndex(of: slot) { return known }
        } else if let known = rowOfSlot[slot] {
            return known
        }
        let row = slots.firstIndex(of: -1) ?? slots.count
        if row == slots.count { slots.append(slot) } else { slots[row] = slot }
        rowOfSlot[slot] = row
        return row
    }

    /// The slot that the row had.
    mutating func forget(_ row: Int32) -> Int32 {
        defer { slots[Int(row)] = -1 }
        rowOfSlot[slots[Int(row)]] = nil
        return slots[Int(row)]
    }

    /// Rows of a pane as the view numbers them, ascending.
    func translated(_ pane: Pane) -> Pane {
        let order = pane.slots.indices
            .filter { slots[Int(pane.slots[$0])] >= 0 }
            .sorted { slots[Int(pane.slots[$0])] < slots[Int(pane.slots[$1])] }
        var result = pane
        result.slots = order.map { slots[Int(pane.slots[$0])] }
        result.counts = order.map { pane.counts[$0] }
        result.values = pane.values.map { column in order.map { column[$0] } }
        if !pane.rankings.isEmpty { result.rankings = order.map { pane.rankings[$0] } }
        return result
    }
}
