import Events

@testable import Queries

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

/// Throws queries that are right: every form of the tree, with names and values that are hard to
/// write down.
struct QueryDice {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func roll(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func pick<T>(_ items: [T]) -> T { items[roll(items.count)] }

    mutating func query() -> Query {
        let keys = (0..<roll(4)).map { _ in field() }
        var aggregates: [Aggregate] = []
        for _ in 0...roll(4) {
            let next = aggregate(at: aggregates.count)
            let isFree =
                !aggregates.contains { $0.name == next.name }
                && !keys.contains { $0.name == next.name }
            if isFree { aggregates.append(next) }
        }
        if aggregates.isEmpty { aggregates = [Aggregate(function: .count, name: "only")] }
        var query = Query(aggregates: aggregates)
        for key in keys where !query.keys.contains(where: { $0.name == key.name }) {
            query.keys.append(key)
        }
        if roll(3) == 0 {
            query.stream = pick(["s", "plant-floor", "by", "two words", "a-", "größe"])
        }
        if roll(2) == 0 { query.predicate = condition(3) }
        if roll(2) == 0 { query.window = window() }
        return query
    }

    private mutating func window() -> Window {
        let hop = Int64(1 + roll(100)) * pick([1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000])
        return Window(
            size: Nanoseconds(rawValue: hop * Int64(1 + roll(100))), hop: Nanoseconds(rawValue: hop)
        )
    }

    private mutating func aggregate(at index: Int) -> Aggregate {
        let own = pick(["count", "p99_9", "quantile", "a\(index)", "größe", "x"])
        switch roll(6) {
        case 0: return Aggregate(function: .count, name: pick(["count", own]))
        case 1: return Aggregate(function: .count, argument: comparison(2), name: own)
        case 2: return Aggregate(function: .rate, name: pick(["rate", own]))
        case 3:
            let q = pick([
                0.5, 0.05, 0.999, 0.99, 1e-7, 0.1 + 0.2,
                Double.random(in: 1e-9..<1, using: &random),
            ])
            return Aggregate(function: .quantile(q), argument: number(2), name: own)
        default:
            let (function, name) = pick(
                [(.sum, "sum"), (.avg, "avg"), (.min, "min"), (.max, "max"), (.rate, "rate")]
                    as [(Aggregate.Function, String)])
            return Aggregate(function: function, argument: number(3), name: pick([name, own]))
        }
    }

    private mutating func condition(_ depth: Int) -> Expression {
        switch roll(depth == 0 ? 3 : 6) {
        case 0: return .field(field())
        case 1: return .exists(field())
        case 2: return pick([.literal(.bool(true)), .literal(.bool(false))])
        case 3: return .not(condition(depth - 1))
        case 4: return .binary(pick([.and, .or]), condition(depth - 1), condition(depth - 1))
        default: return comparison(depth - 1)
        }
    }

    private mutating func comparison(_ depth: Int) -> Expression {
        let any: [Expression.Operator] = [.equal, .notEqual, .less, .lessOrEqual, .greater]
        switch roll(5) {
        case 0: return .binary(pick(any + [.greaterOrEqual]), number(depth), number(depth))
        case 1: return .binary(pick(any), .field(field()), .literal(.string(string())))
        case 2: return .binary(pick([.equal, .notEqual]), .literal(.bool(true)), .field(field()))
        case 3: return .isIn(number(depth), [.number(value()), .number(value())])
        default:
            return .isIn(.field(field()), [.string(string()), .bool(false), .number(value())])
        }
    }

    private mutating func number(_ depth: Int) -> Expression {
        switch roll(depth == 0 ? 2 : 5) {
        case 0: return .field(field())
        case 1: return .literal(.number(value()))
        case 2: return .negate(number(depth - 1))
        default:
            let op: Expression.Operator = pick([.add, .subtract, .multiply, .divide, .remainder])
            return .binary(op, number(depth - 1), number(depth - 1))
        }
    }

    private mutating func value() -> Double {
        pick([
            0, 1, -1, 0.5, -2.25, 1e300, -1e-300, .leastNonzeroMagnitude, 0x1p53, 0.1,
            Double(roll(1000)), Double.random(in: -1e6...1e6, using: &random),
        ])
    }

    private mutating func field() -> FieldPath {
        var steps = [FieldPath.Step.name(name())]
        for _ in 0..<roll(3) { steps.append(roll(2) == 0 ? .index(roll(20)) : .name(name())) }
        return FieldPath(steps: steps)
    }

    private mutating func name() -> String {
        pick([
            "a", "latency_ms", "b2", "_", "exists", "count", "p99", "Größe", "日本", "by", "BY", "in",
            "true", "2xx", "a.b", "two words", "\u{301}x", "“q”", "a\u{A0}b", "'", "\"", "\\", "😀",
            "10s", "ago", "a-b", "[0]", " ", "\n",
        ])
    }

    private mutating func string() -> String {
        let pieces = [
            "", "a", "\"", "'", "\\", "\n", "\t", "\u{0}", "\u{1B}[2J", "\u{202E}", "\u{2028}", "é",
            "\u{301}", "😀", "`", "\\u0041", "\u{7F}", "\u{FFFF}", "\u{E0001}", "\r\n",
        ]
        return (0..<roll(4)).map { _ in pick(pieces) }.joined()
    }
}
