import Events

extension Slice {
    /// Counts the event in its key's row and takes its arguments into the row's measures.
    @inline(__always)
    mutating func add(
        _ row: Int, _ time: Int64, at slot: Int, _ rows: borrowing ViewBatch,
        _ layout: borrowing CompiledQuery
    ) {
        let base = slot * layout.stride
        withWords { words in
            let row0 = words + base
            let last = Int64(bitPattern: row0[CompiledQuery.lastTimeWord])
            if row0[CompiledQuery.countWord] == 0 || time > last {
                row0[CompiledQuery.lastTimeWord] = UInt64(bitPattern: time)
            }
            row0[CompiledQuery.countWord] += 1
            for i in 0..<layout.tallies.count where rows.truths[i][row] {
                row0[layout.tallies[i].count] += 1
            }
            for i in 0..<layout.measures.count {
                let x = rows.numbers[i][row]
                if !x.isNaN { Self.take(x, layout.measures[i], row0) }
            }
        }
        for i in 0..<layout.measures.count {
            guard let sketch = layout.measures[i].sketch else { continue }
            let x = rows.numbers[i][row]
            if !x.isNaN { addToSketch(sketch, row: slot, x) }
        }
    }

    @inline(__always)
    private static func take(
        _ x: Double, _ measure: CompiledQuery.Measure, _ row: UnsafeMutablePointer<UInt64>
    ) {
        let isFirst = row[measure.count] == 0
        row[measure.count] += 1
        if let i = measure.sum {
            var sum = NeumaierSum(row[i], row[i + 1])
            sum.add(x)
            (row[i], row[i + 1]) = sum.words
        }
        if let i = measure.min, isFirst || x < Double(bitPattern: row[i]) {
            row[i] = x.bitPattern
        }
        if let i = measure.max, isFirst || x > Double(bitPattern: row[i]) {
            row[i] = x.bitPattern
        }
    }
}
