extension Slice {
    /// The value of an aggregate in a row; NaN is null. Rates are divided by `seconds`.
    func value(
        _ column: AggregateProgram, row: Int, seconds: Double, _ layout: CompiledQuery
    ) -> Double {
        if case .reading(let reading) = column { return read(reading, row, seconds, layout) }
        return column.value { read($0, row, seconds, layout) }
    }

    private func read(
        _ reading: CompiledQuery.Reading, _ row: Int, _ seconds: Double, _ layout: CompiledQuery
    ) -> Double {
        guard row < rows else { return Self.ofNothing(reading) }
        switch reading {
        case .events: return Double(count(row))
        case .eventRate: return count(row) == 0 ? 0 : Double(count(row)) / seconds
        case .tally(let word): return Double(self.word(row, word))
        case .sumRate(let m): return count(row) == 0 ? 0 : sum(row, layout.measures[m]) / seconds
        case .distinct(let i): return counter(row, i).estimate
        case .sum(let m), .average(let m), .min(let m), .max(let m), .deviation(let m),
            .first(let m), .last(let m), .delta(let m), .slope(let m), .quantile(_, let m):
            let measure = layout.measures[m]
            return word(row, measure.count) == 0 ? .nan : read(reading, row, measure)
        }
    }

    private static func ofNothing(_ reading: CompiledQuery.Reading) -> Double {
        switch reading {
        case .events, .eventRate, .tally, .sumRate, .distinct: 0
        default: .nan
        }
    }

    /// Of a measure with a number in it.
    private func read(
        _ reading: CompiledQuery.Reading, _ row: Int, _ measure: CompiledQuery.Measure
    ) -> Double {
        switch reading {
        case .sum: sum(row, measure)
        case .average: sum(row, measure) / Double(word(row, measure.count))
        case .min: number(row, measure.min!)
        case .max: number(row, measure.max!)
        case .deviation: deviation(row, measure)
        case .first: number(row, measure.first! + EventPlace.words)
        case .last: number(row, measure.last! + EventPlace.words)
        case .delta:
            number(row, measure.last! + EventPlace.words)
                - number(row, measure.first! + EventPlace.words)
        case .slope: slope(row, measure)
        case .quantile(let q, _): sketch(row, measure.sketch!).quantile(q) ?? .nan
        default: .nan
        }
    }

    private func number(_ row: Int, _ word: Int) -> Double {
        Double(bitPattern: self.word(row, word))
    }

    private func compensated(_ row: Int, _ word: Int) -> CompensatedSum {
        CompensatedSum(self.word(row, word), self.word(row, word + 1))
    }

    private func sum(_ row: Int, _ measure: CompiledQuery.Measure) -> Double {
        word(row, measure.count) == 0 ? .nan : compensated(row, measure.sum!).value
    }

    /// √((Σx² − (Σx)²/n) / (n − 1)), with the differences taken before rounding; null of one value.
    private func deviation(_ row: Int, _ measure: CompiledQuery.Measure) -> Double {
        let n = Double(word(row, measure.count))
        guard n > 1 else { return .nan }
        let x = compensated(row, measure.sum!)
        let spread = compensated(row, measure.squares!) * n - x * x
        return (max(0, spread.value) / n / (n - 1)).squareRoot()
    }

    /// (n·Σtx − Σt·Σx) / (n·Σt² − (Σt)²), per second; null where all events have one time.
    private func slope(_ row: Int, _ measure: CompiledQuery.Measure) -> Double {
        let n = Double(word(row, measure.count))
        let (x, t) = (compensated(row, measure.sum!), compensated(row, measure.times!))
        let squares = compensated(row, measure.times! + 2)
        let products = compensated(row, measure.times! + 4)
        let spread = (squares * n - t * t).value
        return spread > 0 ? (products * n - t * x).value / spread * 1e9 : .nan
    }
}
