import Events

/// The state of all keys in one stretch of event time of a hop's length: an event touches one
/// slice, whatever the overlap of the windows; windows are merged from slices when they fire.
struct Slice {
    /// `[index · hop, (index + 1) · hop)`.
    var index: Int64
    /// A row per key slot, `stride` words each; a row with count 0 is empty.
    private(set) var words: [UInt64] = []
    /// `sketches` per row.
    private var sketches: [DDSketch] = []
    /// One for each `distinct` of a row.
    private var counters: [DistinctCounter] = []
    /// One per row with `top`.
    private var rankings: [FrequentValues] = []

    private let stride: Int
    private let sketchesPerRow: Int
    private let countersPerRow: Int
    private let hasRankings: Bool

    init(index: Int64, layout: CompiledQuery) {
        self.index = index
        stride = layout.stride
        sketchesPerRow = layout.sketches
        countersPerRow = layout.varieties.count
        hasRankings = layout.ranked != nil
    }

    var rows: Int { words.count / stride }

    /// Makes the rows below `count` exist.
    mutating func grow(to count: Int) {
        guard rows < count else { return }
        let room = max(count, rows * 2)
        words.append(contentsOf: repeatElement(0, count: room * stride - words.count))
        sketches.append(
            contentsOf: repeatElement(DDSketch(), count: room * sketchesPerRow - sketches.count))
        counters.append(
            contentsOf: repeatElement(
                DistinctCounter(), count: room * countersPerRow - counters.count))
        if hasRankings {
            rankings.append(
                contentsOf: repeatElement(FrequentValues(), count: room - rankings.count))
        }
    }

    /// The words of all rows, to be changed in place.
    @inline(__always)
    mutating func withWords<R>(_ body: (UnsafeMutablePointer<UInt64>) -> R) -> R {
        words.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }

    func withRow<R>(_ row: Int, _ body: (UnsafePointer<UInt64>) -> R) -> R {
        words.withUnsafeBufferPointer { body($0.baseAddress! + row * stride) }
    }

    /// Adds each event's number, unless it is NaN, to that sketch of its row.
    mutating func addToSketches(
        _ sketch: Int, _ numbers: UnsafeBufferPointer<Double>,
        _ events: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<Int32>
    ) {
        let perRow = sketchesPerRow
        sketches.withUnsafeMutableBufferPointer { sketches in
            for k in events.indices {
                let x = numbers[Int(events[k])]
                if !x.isNaN { sketches[Int(slots[k]) * perRow + sketch].add(x) }
            }
        }
    }

    /// The same for a counter and fingerprints, of which null has none.
    mutating func addToCounters(
        _ counter: Int, _ prints: [UInt64?],
        _ events: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<Int32>
    ) {
        let perRow = countersPerRow
        counters.withUnsafeMutableBufferPointer { counters in
            for k in events.indices {
                guard let print = prints[Int(events[k])] else { continue }
                counters[Int(slots[k]) * perRow + counter].add(print)
            }
        }
    }

    /// The same for what `top` counts.
    mutating func addToRankings(
        _ values: ValueColumn, _ prints: [UInt64?],
        _ events: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<Int32>
    ) {
        rankings.withUnsafeMutableBufferPointer { rankings in
            for k in events.indices {
                guard let print = prints[Int(events[k])] else { continue }
                rankings[Int(slots[k])].add(fingerprint: print, values[Int(events[k])])
            }
        }
    }

    mutating func mergeSketches(_ other: borrowing Slice, row: Int, into target: Int) {
        for i in 0..<sketchesPerRow {
            sketches[target * sketchesPerRow + i].merge(other.sketches[row * sketchesPerRow + i])
        }
        for i in 0..<countersPerRow {
            counters[target * countersPerRow + i].merge(other.counters[row * countersPerRow + i])
        }
        if hasRankings { rankings[target].merge(other.rankings[row]) }
    }

    mutating func mergeSketches(row: Int, into target: Int) {
        for i in 0..<sketchesPerRow {
            sketches[target * sketchesPerRow + i].merge(sketches[row * sketchesPerRow + i])
        }
        for i in 0..<countersPerRow {
            counters[target * countersPerRow + i].merge(counters[row * countersPerRow + i])
        }
        if hasRankings { rankings[target].merge(rankings[row]) }
    }

    func count(_ row: Int) -> UInt64 {
        row < rows ? words[row * stride + CompiledQuery.countWord] : 0
    }

    /// The highest event time of the row; meaningless when its count is 0.
    func lastTime(_ row: Int) -> Int64 {
        Int64(bitPattern: words[row * stride + CompiledQuery.lastTimeWord])
    }

    func word(_ row: Int, _ offset: Int) -> UInt64 { words[row * stride + offset] }

    func sketch(_ row: Int, _ sketch: Int) -> DDSketch { sketches[row * sketchesPerRow + sketch] }

    func counter(_ row: Int, _ counter: Int) -> DistinctCounter {
        counters[row * countersPerRow + counter]
    }

    func ranking(_ row: Int) -> FrequentValues { rankings[row] }

    /// Forgets all rows and takes another stretch of time; the memory stays.
    mutating func recycle(as index: Int64) {
        self.index = index
        for row in 0..<rows where count(row) > 0 { clear(row) }
    }

    mutating func clear(_ row: Int) {
        for i in row * stride..<(row + 1) * stride { words[i] = 0 }
        for i in row * sketchesPerRow..<(row + 1) * sketchesPerRow { sketches[i].clear() }
        for i in row * countersPerRow..<(row + 1) * countersPerRow { counters[i].clear() }
        if hasRankings { rankings[row].clear() }
    }
}
