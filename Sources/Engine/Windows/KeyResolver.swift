import Events

/// From a batch's dictionary codes to a view's key slots: a key's values are looked at once per
/// distinct combination, and otherwise a code is an index. What was looked up is good for as long
/// as batches come with the same dictionaries.
struct KeyResolver {
    /// Pairs of codes remembered at most.
    private static let pairLimit = 65_536

    private let columns: [Int]
    private var generation = 0
    /// Of the dictionaries of the key columns, the numbers.
    private var dictionaries: [UInt64] = []
    /// Slot of each code of the only key field; −1: not looked up yet.
    private var slotOfCode: [Int32] = []
    /// Slot of two codes.
    private var slotOfPair: [UInt64: Int32] = [:]

    init(columns: [Int]) { self.columns = columns }

    /// The rows that come next are of this batch.
    mutating func begin(_ batch: ColumnBatch, generation: Int) {
        let numbers = columns.map { batch.columns[$0].dictionaryNumber }
        if numbers != dictionaries || numbers.contains(0) || generation != self.generation
            || slotOfPair.count > Self.pairLimit
        {
            dictionaries = numbers
            self.generation = generation
            reset()
        }
        makeRoom(batch)
    }

    /// The slots of the keys of many rows.
    mutating func resolve(
        _ picks: inout SlicePicks, of rows: borrowing ViewBatch, in table: inout KeyTable,
        _ grid: WindowGrid?
    ) {
        keepUp(with: table, rows.batch)
        let (batch, times) = (rows.batch, rows.batch.times)
        func firstEnd(_ row: Int) -> Int64 {
            grid.map { $0.sliceEnd($0.slice(of: times[row])) } ?? .min
        }
        guard columns.count == 1 else {
            picks.setSlots { events, slots in
                for i in events.indices {
                    let row = Int(events[i])
                    slots[i] = slot(row: row, of: rows, in: &table, firstEnd: firstEnd(row))
                }
            }
            return
        }
        let codes = rows.keyCodes[0]
        picks.setSlots { events, slots in
            for i in events.indices {
                let row = Int(events[i])
                var slot = slotOfCode[Int(codes[row])]
                if slot < 0 {
                    slot = lookUp(row, batch, &table, firstEnd(row))
                    slotOfCode[Int(codes[row])] = slot
                }
                slots[i] = slot
            }
        }
    }

    /// What was looked up before a key was forgotten is no good.
    @inline(__always)
    private mutating func keepUp(with table: KeyTable, _ batch: ColumnBatch) {
        guard table.generation != generation else { return }
        generation = table.generation
        reset()
        makeRoom(batch)
    }

    /// The slot of the row's key; `firstEnd` as in `KeyTable`.
    mutating func slot(
        row: Int, of rows: borrowing ViewBatch, in table: inout KeyTable, firstEnd: Int64
    ) -> Int32 {
        keepUp(with: table, rows.batch)
        if columns.count == 1 {
            let code = Int(rows.keyCodes[0][row])
            let known = slotOfCode[code]
            if known >= 0 { return known }
            slotOfCode[code] = lookUp(row, rows.batch, &table, firstEnd)
            return slotOfCode[code]
        }
        if columns.count == 2 { return pair(row, rows, &table, firstEnd) }
        return lookUp(row, rows.batch, &table, firstEnd)
    }

    private mutating func pair(
        _ row: Int, _ rows: borrowing ViewBatch, _ table: inout KeyTable, _ firstEnd: Int64
    ) -> Int32 {
        let a = UInt64(rows.keyCodes[0][row])
        let b = UInt64(rows.keyCodes[1][row])
        if let known = slotOfPair[a << 32 | b] { return known }
        let slot = lookUp(row, rows.batch, &table, firstEnd)
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

    private mutating func reset() {
        slotOfPair.removeAll(keepingCapacity: true)
        slotOfCode.removeAll(keepingCapacity: true)
    }

    private mutating func makeRoom(_ batch: ColumnBatch) {
        guard columns.count == 1 else { return }
        let codes = batch.columns[columns[0]].dictionary.count
        guard codes > slotOfCode.count else { return }
        slotOfCode.append(contentsOf: repeatElement(-1, count: codes - slotOfCode.count))
    }
}
