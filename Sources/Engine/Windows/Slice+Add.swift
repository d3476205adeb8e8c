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
            for i in 0..<layout.tallyWords.count where rows.truths[i][row] {
                row0[layout.tallyWords[i]] += 1
            }
            for i in 0..<layout.places.count {
                let x = rows.numbers[i][row]
                if !x.isNaN { Self.take(x, layout.places[i], row0) }
            }
        }
        for i in 0..<layout.places.count where layout.places[i].sketch >= 0 {
            let x = rows.numbers[i][row]
            if !x.isNaN { addToSketch(layout.places[i].sketch, row: slot, x) }
        }
    }

    @inline(__always)
    private static func take(
        _ x: Double, _ place: CompiledQuery.Place, _ row: UnsafeMutablePointer<UInt64>
    ) {
        let isFirst = row[place.count] == 0
        row[place.count] += 1
        if place.sum >= 0 {
            var sum = NeumaierSum(row[place.sum], row[place.sum + 1])
            sum.add(x)
            (row[place.sum], row[place.sum + 1]) = sum.words
        }
        if place.min >= 0, isFirst || x < Double(bitPattern: row[place.min]) {
            row[place.min] = x.bitPattern
        }
        if place.max >= 0, isFirst || x > Double(bitPattern: row[place.max]) {
            row[place.max] = x.bitPattern
        }
    }
}
