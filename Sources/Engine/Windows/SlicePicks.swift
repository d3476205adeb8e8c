/// Rows of a batch on their way into slices: which row, which slice, which key's row there.
///
/// They are put in the order of slices, within one in the order in which they came; so a slice is
/// taken in hand once for many events, however event times are shuffled.
struct SlicePicks {
    private var indices: [Int64] = []
    private var counts: [Int32] = []
    private(set) var count = 0
    /// Of each pick, the place of its slice in `indices`. These have more room than picks.
    private var ordinals: [Int32] = []
    private var rows: [Int32] = []
    private var slots: [Int32] = []
    private var sortedRows: [Int32] = []
    private var sortedSlots: [Int32] = []

    /// The number of a slice among those that have been picked; a new one if it has none.
    mutating func ordinal(of index: Int64) -> Int32 {
        if let known = indices.lastIndex(of: index) { return Int32(known) }
        indices.append(index)
        counts.append(0)
        return Int32(indices.count - 1)
    }

    /// So many more can be appended.
    mutating func makeRoom(_ more: Int) {
        let missing = count + more - rows.count
        guard missing > 0 else { return }
        ordinals.append(contentsOf: repeatElement(0, count: missing))
        rows.append(contentsOf: repeatElement(0, count: missing))
        slots.append(contentsOf: repeatElement(0, count: missing))
    }

    @inline(__always)
    mutating func append(row: Int, ordinal: Int32) {
        ordinals[count] = ordinal
        rows[count] = Int32(truncatingIfNeeded: row)
        count += 1
    }

    /// Has each pick given its slot, in their order.
    @inline(__always)
    mutating func setSlots(
        _ body: (_ rows: UnsafeBufferPointer<Int32>, _ slots: UnsafeMutableBufferPointer<Int32>)
            -> Void
    ) {
        rows.withUnsafeBufferPointer { rows in
            slots.withUnsafeMutableBufferPointer { slots in
                body(
                    UnsafeBufferPointer(rebasing: rows[..<count]),
                    UnsafeMutableBufferPointer(rebasing: slots[..<count]))
            }
        }
    }

    /// Gives each slice with its rows and their slots, and forgets them.
    mutating func take(
        _ body: (_ index: Int64, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Int32>) -> Void
    ) {
        guard count > 0 else { return clear() }
        if indices.count == 1 {
            rows.withUnsafeBufferPointer { rows in
                slots.withUnsafeBufferPointer { slots in
                    body(
                        indices[0], UnsafeBufferPointer(rebasing: rows[..<count]),
                        UnsafeBufferPointer(rebasing: slots[..<count]))
                }
            }
        } else {
            sort()
            giveSorted(body)
        }
        clear()
    }

    private mutating func clear() {
        indices.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        count = 0
    }

    private func giveSorted(
        _ body: (_ index: Int64, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Int32>) -> Void
    ) {
        sortedRows.withUnsafeBufferPointer { rows in
            sortedSlots.withUnsafeBufferPointer { slots in
                var start = 0
                for (i, index) in indices.enumerated() {
                    // After sorting, a count is where the slice's rows end.
                    let part = start..<Int(counts[i])
                    if !part.isEmpty {
                        body(
                            index, UnsafeBufferPointer(rebasing: rows[part]),
                            UnsafeBufferPointer(rebasing: slots[part]))
                    }
                    start = part.upperBound
                }
            }
        }
    }

    /// By counting.
    private mutating func sort() {
        for i in 0..<count { counts[Int(ordinals[i])] += 1 }
        var start: Int32 = 0
        for i in counts.indices { (counts[i], start) = (start, start + counts[i]) }
        let missing = rows.count - sortedRows.count
        if missing > 0 {
            sortedRows.append(contentsOf: repeatElement(0, count: missing))
            sortedSlots.append(contentsOf: repeatElement(0, count: missing))
        }
        for i in 0..<count {
            let place = Int(counts[Int(ordinals[i])])
            counts[Int(ordinals[i])] += 1
            sortedRows[place] = rows[i]
            sortedSlots[place] = slots[i]
        }
    }
}
