import Events

/// One key's aggregates over a window: rows of slices are merged into it, results read from it.
struct Accumulator {
    private let layout: CompiledQuery
    private(set) var events: UInt64 = 0
    private var words: [UInt64]
    private var sketches: [DDSketch]

    init(layout: CompiledQuery) {
        self.layout = layout
        words = [UInt64](repeating: 0, count: layout.stride)
        sketches = [DDSketch](repeating: DDSketch(), count: layout.sketches)
    }

    mutating func clear() {
        events = 0
        for i in words.indices { words[i] = 0 }
        for i in sketches.indices { sketches[i].clear() }
    }

    mutating func merge(_ slice: borrowing Slice, row: Int) {
        let count = slice.count(row)
        guard count > 0 else { return }
        events += count
        for tally in layout.tallies { words[tally.count] += slice.word(row, tally.count) }
        for measure in layout.measures { merge(measure, slice, row) }
    }

    private mutating func merge(
        _ measure: CompiledQuery.Measure, _ slice: borrowing Slice, _ row: Int
    ) {
        let n = slice.word(row, measure.count)
        guard n > 0 else { return }
        let isFirst = words[measure.count] == 0
        words[measure.count] += n
        if let i = measure.sum {
            var sum = NeumaierSum(words[i], words[i + 1])
            sum.add(Double(bitPattern: slice.word(row, i)))
            sum.compensation += Double(bitPattern: slice.word(row, i + 1))
            (words[i], words[i + 1]) = sum.words
        }
        if let i = measure.min {
            let x = Double(bitPattern: slice.word(row, i))
            words[i] = (isFirst ? x : min(x, Double(bitPattern: words[i]))).bitPattern
        }
        if let i = measure.max {
            let x = Double(bitPattern: slice.word(row, i))
            words[i] = (isFirst ? x : max(x, Double(bitPattern: words[i]))).bitPattern
        }
        if let i = measure.sketch { sketches[i].merge(slice.sketch(row, i)) }
    }

    /// The value of an aggregate; NaN is null. Rates are divided by `seconds`.
    func value(_ reading: CompiledQuery.Reading, seconds: Double) -> Double {
        switch reading {
        case .events: return Double(events)
        case .eventRate: return Double(events) / seconds
        case .tally(let word): return Double(words[word])
        case .sum(let m): return sum(m)
        case .sumRate(let m): return events == 0 ? 0 : sum(m) / seconds
        case .average(let m): return sum(m) / Double(words[layout.measures[m].count])
        case .min(let m): return extreme(m, \.min)
        case .max(let m): return extreme(m, \.max)
        case .quantile(let q, let m):
            return sketches[layout.measures[m].sketch!].quantile(q) ?? .nan
        }
    }

    private func sum(_ m: Int) -> Double {
        let measure = layout.measures[m]
        guard words[measure.count] > 0 else { return .nan }
        return NeumaierSum(words[measure.sum!], words[measure.sum! + 1]).value
    }

    private func extreme(_ m: Int, _ word: KeyPath<CompiledQuery.Measure, Int?>) -> Double {
        let measure = layout.measures[m]
        guard words[measure.count] > 0 else { return .nan }
        return Double(bitPattern: words[measure[keyPath: word]!])
    }
}

/// A sum that remembers what rounding took from it. Source: A. Neumaier, "Rundungsfehleranalyse
/// einiger Verfahren zur Summation endlicher Summen" (1974).
struct NeumaierSum {
    var sum: Double
    var compensation: Double

    @inline(__always) init(_ sum: UInt64, _ compensation: UInt64) {
        self.sum = Double(bitPattern: sum)
        self.compensation = Double(bitPattern: compensation)
    }

    var value: Double { sum + compensation }
    var words: (UInt64, UInt64) { (sum.bitPattern, compensation.bitPattern) }

    @inline(__always) mutating func add(_ x: Double) {
        let next = sum + x
        compensation += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
        sum = next
    }
}
