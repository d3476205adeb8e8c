import Events

extension Slice {
    /// Counts events, which stand in these rows of the batch, in the rows of their keys, and takes
    /// their arguments into the measures there.
    mutating func add(
        _ events: UnsafeBufferPointer<Int32>, at slots: UnsafeBufferPointer<Int32>,
        _ rows: borrowing ViewBatch, _ layout: borrowing CompiledQuery
    ) {
        withWords { words in
            Self.count(events, slots, rows, words, layout.stride)
            for (i, word) in layout.tallyWords.enumerated() {
                rows.truths[i].withUnsafeBufferPointer { truths in
                    for k in events.indices where truths[Int(events[k])] {
                        words[Int(slots[k]) * layout.stride + word] += 1
                    }
                }
            }
            for (i, place) in layout.places.enumerated() {
                rows.numbers[i].withUnsafeBufferPointer {
                    Self.add($0, events, slots, words, layout.stride, place, rows)
                }
            }
        }
        for (i, place) in layout.places.enumerated() where place.sketch >= 0 {
            rows.numbers[i].withUnsafeBufferPointer {
                addToSketches(place.sketch, $0, events, slots)
            }
        }
        for i in rows.prints.indices { addToCounters(i, rows.prints[i], events, slots) }
        if let ranked = rows.ranked { addToRankings(ranked, rows.rankedPrints, events, slots) }
    }

    private static func count(
        _ events: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<Int32>,
        _ rows: borrowing ViewBatch, _ words: UnsafeMutablePointer<UInt64>, _ stride: Int
    ) {
        rows.batch.times.withUnsafeBufferPointer { times in
            for k in events.indices {
                let row = words + Int(slots[k]) * stride
                let time = times[Int(events[k])]
                let last = Int64(bitPattern: row[CompiledQuery.lastTimeWord])
                if row[CompiledQuery.countWord] == 0 || time > last {
                    row[CompiledQuery.lastTimeWord] = UInt64(bitPattern: time)
                }
                row[CompiledQuery.countWord] += 1
            }
        }
    }

    private static func add(
        _ numbers: UnsafeBufferPointer<Double>, _ events: UnsafeBufferPointer<Int32>,
        _ slots: UnsafeBufferPointer<Int32>, _ words: UnsafeMutablePointer<UInt64>, _ stride: Int,
        _ place: MeasurePlace, _ rows: borrowing ViewBatch
    ) {
        for k in events.indices {
            let x = numbers[Int(events[k])]
            if x.isNaN { continue }
            let row = words + Int(slots[k]) * stride
            let isFirst = row[place.count] == 0
            row[place.count] += 1
            if place.sum >= 0 {
                var sum = CompensatedSum(row[place.sum], row[place.sum + 1])
                sum.add(x)
                (row[place.sum], row[place.sum + 1]) = sum.words
            }
            if place.min >= 0, isFirst || x < Double(bitPattern: row[place.min]) {
                row[place.min] = x.bitPattern
            }
            if place.max >= 0, isFirst || x > Double(bitPattern: row[place.max]) {
                row[place.max] = x.bitPattern
            }
            if place.isLong { addLong(x, Int(events[k]), isFirst, place, row, rows) }
        }
    }

    @inline(never)
    private static func addLong(
        _ x: Double, _ event: Int, _ isFirst: Bool, _ place: MeasurePlace,
        _ row: UnsafeMutablePointer<UInt64>, _ rows: borrowing ViewBatch
    ) {
        if place.squares >= 0 { add(x, x, row + place.squares) }
        if place.times >= 0 {
            let t = Double(rows.batch.times[event] &- rows.timeOrigin)
            add(t, 1, row + place.times)
            add(t, t, row + place.times + 2)
            add(t, x, row + place.times + 4)
        }
        guard place.first >= 0 || place.last >= 0 else { return }
        let here = rows.place(of: event)
        if place.first >= 0,
            isFirst || here.isBefore(EventPlace(row + place.first), rows.origins)
        {
            here.write(row + place.first)
            row[place.first + EventPlace.words] = x.bitPattern
        }
        if place.last >= 0, isFirst || EventPlace(row + place.last).isBefore(here, rows.origins) {
            here.write(row + place.last)
            row[place.last + EventPlace.words] = x.bitPattern
        }
    }

    /// Adds x · y to the compensated sum.
    private static func add(_ x: Double, _ y: Double, _ words: UnsafeMutablePointer<UInt64>) {
        var sum = CompensatedSum(words[0], words[1])
        sum.add(productOf: x, y)
        (words[0], words[1]) = sum.words
    }
}
