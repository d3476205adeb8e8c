import Events
import Queries

/// A query bound to a batch's columns: what each row of state holds and how it is filled and read.
///
/// A row is `stride` words of 64 bits and one sketch per quantile argument. Aggregates of the same
/// argument share their words.
struct CompiledQuery: Sendable {
    /// Word 0 of every row: events. Word 1: the highest event time among them.
    static let countWord = 0
    static let lastTimeWord = 1

    /// What is kept of one argument; offsets are words in the row, nil where nobody asks.
    struct Measure: Sendable {
        var argument: Expression
        var program: NumberProgram
        /// How many events had a number there.
        var count: Int
        /// The sum, and in the next word what rounding took from it.
        var sum: Int?
        var min: Int?
        var max: Int?
        /// Index among the row's sketches.
        var sketch: Int?
    }

    /// Where a measure's numbers stand, for the loop over events; −1 where nobody asks.
    struct Place: Sendable {
        var count: Int
        var sum: Int
        var min: Int
        var max: Int
        var sketch: Int

        init(_ measure: Measure) {
            count = measure.count
            sum = measure.sum ?? -1
            min = measure.min ?? -1
            max = measure.max ?? -1
            sketch = measure.sketch ?? -1
        }
    }

    /// `count(predicate)`: a word that counts.
    struct Tally: Sendable {
        var argument: Expression
        var program: PredicateProgram
        var count: Int
    }

    /// How an aggregate is read from a row.
    enum Reading: Sendable {
        case events, eventRate
        case tally(word: Int)
        case sum(Int), sumRate(Int), average(Int), min(Int), max(Int)
        case quantile(Double, measure: Int)
    }

    private(set) var predicate: PredicateProgram?
    private(set) var keyColumns: [Int] = []
    private(set) var measures: [Measure] = []
    private(set) var tallies: [Tally] = []
    /// Of each measure.
    private(set) var places: [Place] = []
    /// Of each tally: its word.
    private(set) var tallyWords: [Int] = []
    private(set) var readings: [Reading] = []
    private(set) var stride = 2
    private(set) var sketches = 0

    init(_ query: Query, _ fields: inout FieldTable) {
        predicate = query.predicate.map { PredicateProgram($0, &fields) }
        for path in query.keys { keyColumns.append(fields.code(path)) }
        for aggregate in query.aggregates { readings.append(reading(aggregate, &fields)) }
        places = measures.map { Place($0) }
        tallyWords = tallies.map(\.count)
    }

    private mutating func reading(
        _ aggregate: Aggregate, _ fields: inout FieldTable
    ) -> Reading {
        guard let argument = aggregate.argument else {
            return aggregate.function == .rate ? .eventRate : .events
        }
        if aggregate.function == .count { return .tally(word: tally(argument, &fields)) }
        let index = measure(argument, &fields)
        switch aggregate.function {
        case .min: return .min(claim(\.min, of: index))
        case .max: return .max(claim(\.max, of: index))
        case .quantile(let q):
            if measures[index].sketch == nil {
                measures[index].sketch = sketches
                sketches += 1
            }
            return .quantile(q, measure: index)
        case .count, .rate, .sum, .avg:
            if measures[index].sum == nil {
                measures[index].sum = stride
                stride += 2
            }
            return aggregate.function == .avg
                ? .average(index) : aggregate.function == .rate ? .sumRate(index) : .sum(index)
        }
    }

    private mutating func tally(_ argument: Expression, _ fields: inout FieldTable) -> Int {
        if let known = tallies.first(where: { $0.argument == argument }) { return known.count }
        tallies.append(
            Tally(
                argument: argument, program: PredicateProgram(argument, &fields), count: stride))
        stride += 1
        return stride - 1
    }

    private mutating func measure(_ argument: Expression, _ fields: inout FieldTable) -> Int {
        if let known = measures.firstIndex(where: { $0.argument == argument }) { return known }
        measures.append(
            Measure(
                argument: argument, program: NumberProgram(argument, &fields), count: stride))
        stride += 1
        return measures.count - 1
    }

    private mutating func claim(_ word: WritableKeyPath<Measure, Int?>, of index: Int) -> Int {
        if measures[index][keyPath: word] == nil {
            measures[index][keyPath: word] = stride
            stride += 1
        }
        return index
    }
}
