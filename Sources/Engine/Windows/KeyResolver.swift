import Events

/// From a batch's dictionary codes to a view's key slots, for one batch: a key's values are looked
/// at once per distinct combination, and otherwise a code is an index.
struct KeyResolver {
    private let columns: [Int]
    private var generation: Int
    /// Slot of each code of the only key field; −1: not looked up yet.
    private var slotOfCode: [Int32] = []
    /// Slot of two codes.
    private var slotOfPair: [UInt64: Int32] = [:]

    init(columns: [Int], batch: ColumnBatch, generation: Int) {
        self.columns = columns
        self.generation = generation
        if columns.count == 1 { reset(batch) }
    }

    /// The slot of the row's key; `firstEnd` as in `KeyTable`.
    @inline(__always)
    mutating func slot(
        row: Int, of batch: borrowing ColumnBatch, in table: inout KeyTable, firstEnd: Int64
    ) -> Int32 {
        if table.generation != generation {
            generation = table.generation
            reset(copy batch)
        }
        if columns.count == 1 {
            let code = Int(batch.columns[columns[0]].codes[row])
            let known = slotOfCode[code]
            if known >= 0 { return known }
            slotOfCode[code] = lookUp(row, copy batch, &table, firstEnd)
            return slotOfCode[code]
        }
        if columns.count == 2 { return pair(row, copy batch, &table, firstEnd) }
        return lookUp(row, copy batch, &table, firstEnd)
    }

    private mutating func pair(
        _ row: Int, _ batch: ColumnBatch, _ table: inout KeyTable, _ firstEnd: Int64
    ) -> Int32 {
        let a = UInt64(batch.columns[columns[0]].codes[row])
        let b = UInt64(batch.columns[columns[1]].codes[row])
        if let known = slotOfPair[a << 32 | b] { return known }
        let slot = lookUp(row, batch, &table, firstEnd)
        slotOfPair[a << 32 | b] = slot
        return slot
    }

    @inline(never)
    private func lookUp(
        _ row: Int, _ batch: ColumnBatch, _ table: inout KeyTable, _ firstEnd: Int64
    ) -> Int32 {
        let key = Key(
            columns.map { batch.columns[$0].dictionary[Int(batch.columns[$0].codes[row])] })
        return table.slot(of: key, firstEnd: Timestamp(rawValue: firstEnd))
    }

    private mutating func reset(_ batch: ColumnBatch) {
        slotOfPair.removeAll(keepingCapacity: true)
        guard columns.count == 1 else { return }
        slotOfCode = [Int32](repeating: -1, count: batch.columns[columns[0]].dictionary.count)
    }
}
