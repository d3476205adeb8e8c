import Events
import Queries

/// A query bound to a batch's columns: what each row of state holds and how it is filled and read.
///
/// A row is `stride` words of 64 bits, and a sketch for each argument of a quantile, a counter for
/// each of `distinct`. Aggregates of the same argument share their words.
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
        /// A compensated sum: two words.
        var sum: Int?
        var min: Int?
        var max: Int?
        /// The compensated sum of squares.
        var squares: Int?
        /// Four words each: `EventPlace`, and the value there.
        var first: Int?
        var last: Int?
        /// The compensated sums of t, t² and t·x, t being the event time since the view's origin.
        var times: Int?
        /// Index among the row's sketches.
        var sketch: Int?
    }

    /// `count(predicate)`: a word that counts.
    struct Tally: Sendable {
        var argument: Expression
        var program: PredicateProgram
        var count: Int
    }

    /// `distinct(x)`: a counter of its own in each row.
    struct Variety: Sendable {
        var argument: Expression
        var program: ValueProgram
    }

    /// How a call is read from a row; measures and varieties by their index.
    enum Reading: Sendable {
        case events, eventRate
        case tally(word: Int)
        case sum(Int), sumRate(Int), average(Int), min(Int), max(Int), deviation(Int)
        case first(Int), last(Int), delta(Int), slope(Int)
        case quantile(Double, measure: Int)
        case distinct(Int)
    }

    let predicate: PredicateProgram?
    let keyColumns: [Int]
    /// What `top` counts.
    let ranked: ValueProgram?
    let rankLimit: Int
    private(set) var measures: [Measure] = []
    private(set) var tallies: [Tally] = []
    private(set) var varieties: [Variety] = []
    /// Of each measure.
    private(set) var places: [MeasurePlace] = []
    /// Of each tally: its word.
    private(set) var tallyWords: [Int] = []
    /// One for each aggregate.
    private(set) var columns: [AggregateProgram] = []
    private(set) var stride = 2
    private(set) var sketches = 0

    init(_ query: Query, _ fields: inout FieldTable) {
        predicate = query.predicate.map { PredicateProgram($0, &fields) }
        keyColumns = query.keys.map { fields.code($0) }
        ranked = query.top.map { ValueProgram($0.value, &fields) }
        rankLimit = query.top?.limit ?? 0
        for aggregate in query.aggregates {
            columns.append(AggregateProgram(aggregate.value) { reading($0, &fields) })
        }
        places = measures.map { MeasurePlace($0) }
        tallyWords = tallies.map(\.count)
    }

    /// Whether it matters in which order events of one time came.
    var isOrdered: Bool { measures.contains { $0.first != nil || $0.last != nil } }
}

extension CompiledQuery {
    private mutating func reading(_ call: AggregateCall, _ fields: inout FieldTable) -> Reading {
        guard let argument = call.argument else {
            return call.function == .rate ? .eventRate : .events
        }
        switch call.function {
        case .count: return .tally(word: tally(argument, &fields))
        case .distinct: return .distinct(variety(argument, &fields))
        default: return reading(call.function, ofMeasure: measure(argument, &fields))
        }
    }

    private mutating func reading(
        _ function: AggregateCall.Function, ofMeasure index: Int
    ) -> Reading {
        switch function {
        case .min: return .min(claim(\.min, of: index))
        case .max: return .max(claim(\.max, of: index))
        case .first: return .first(claim(\.first, words: 4, of: index))
        case .last: return .last(claim(\.last, words: 4, of: index))
        case .delta:
            return .delta(claim(\.last, words: 4, of: claim(\.first, words: 4, of: index)))
        case .stddev:
            return .deviation(claim(\.squares, words: 2, of: claim(\.sum, words: 2, of: index)))
        case .slope:
            return .slope(claim(\.times, words: 6, of: claim(\.sum, words: 2, of: index)))
        case .quantile(let q):
            if measures[index].sketch == nil {
                measures[index].sketch = sketches
                sketches += 1
            }
            return .quantile(q, measure: index)
        case .count, .distinct, .rate, .sum, .avg:
            _ = claim(\.sum, words: 2, of: index)
            return function == .avg
                ? .average(index) : function == .rate ? .sumRate(index) : .sum(index)
        }
    }

    private mutating func tally(_ argument: Expression, _ fields: inout FieldTable) -> Int {
        if let known = tallies.first(where: { $0.argument == argument }) { return known.count }
        let program = PredicateProgram(argument, &fields)
        tallies.append(Tally(argument: argument, program: program, count: stride))
        stride += 1
        return stride - 1
    }

    private mutating func variety(_ argument: Expression, _ fields: inout FieldTable) -> Int {
        if let known = varieties.firstIndex(where: { $0.argument == argument }) { return known }
        varieties.append(Variety(argument: argument, program: ValueProgram(argument, &fields)))
        return varieties.count - 1
    }

    private mutating func measure(_ argument: Expression, _ fields: inout FieldTable) -> Int {
        if let known = measures.firstIndex(where: { $0.argument == argument }) { return known }
        let program = NumberProgram(argument, &fields)
        measures.append(Measure(argument: argument, program: program, count: stride))
        stride += 1
        return measures.count - 1
    }

    private mutating func claim(
        _ word: WritableKeyPath<Measure, Int?>, words: Int = 1, of index: Int
    ) -> Int {
        if measures[index][keyPath: word] == nil {
            measures[index][keyPath: word] = stride
            stride += words
        }
        return index
    }
}
