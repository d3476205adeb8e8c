import Events

@testable import Queries

/// Expressions of each type, with functions that take and give it.
extension QueryDice {
    mutating func condition(_ depth: Int) -> Expression {
        switch roll(depth == 0 ? 3 : 8) {
        case 0: return .field(field())
        case 1: return .exists(field())
        case 2: return pick([.literal(.bool(true)), .literal(.bool(false))])
        case 3: return .not(condition(depth - 1))
        case 4: return .binary(pick([.and, .or]), condition(depth - 1), condition(depth - 1))
        case 5:
            return .call(
                pick([.contains, .startsWith, .endsWith]), [text(depth - 1), text(depth - 1)])
        case 6:
            return .call(.choose, (0..<3).map { _ in condition(depth - 1) })
        default: return comparison(depth - 1)
        }
    }

    mutating func comparison(_ depth: Int) -> Expression {
        let any: [Expression.Operator] = [.equal, .notEqual, .less, .lessOrEqual, .greater]
        let depth = max(0, depth)
        switch roll(8) {
        case 0: return .binary(pick(any + [.greaterOrEqual]), number(depth), number(depth))
        case 1: return .binary(pick(any), .field(field()), .literal(.string(string())))
        case 2: return .binary(pick([.equal, .notEqual]), .literal(.bool(true)), .field(field()))
        case 3: return .isIn(number(depth), [.number(value()), .number(value())])
        case 4: return .binary(pick(any), text(depth), text(depth))
        case 5: return .isIn(.call(.lower, [text(depth)]), [.string(string()), .string("")])
        case 6: return .matches(text(depth), pick(["", "^a", "\\\\d+\"", "(?i)é|😀", "\n"]))
        default:
            return .isIn(.field(field()), [.string(string()), .bool(false), .number(value())])
        }
    }

    mutating func sign() -> Expression.Operator {
        pick([.add, .subtract, .multiply, .divide, .remainder])
    }

    mutating func number(_ depth: Int) -> Expression {
        switch roll(depth == 0 ? 2 : 8) {
        case 0: return .field(field())
        case 1: return .literal(.number(value()))
        case 2: return .negate(number(depth - 1))
        case 3:
            return .call(pick([.abs, .round, .floor, .sqrt, .log2, .sign]), [number(depth - 1)])
        case 4:
            return .call(
                pick([.pow, .least, .greatest, .coalesce]), [number(depth - 1), number(depth - 1)])
        case 5: return .call(pick([.length, .number]), [text(depth - 1)])
        case 6:
            return .call(
                .choose, [condition(depth - 1), number(depth - 1), .literal(.null)])
        default: return .binary(sign(), number(depth - 1), number(depth - 1))
        }
    }

    mutating func text(_ depth: Int) -> Expression {
        switch roll(depth == 0 ? 2 : 6) {
        case 0: return .field(field())
        case 1: return .literal(.string(string()))
        case 2: return .call(pick([.lower, .upper, .trim]), [text(depth - 1)])
        case 3: return .call(.concat, [number(depth - 1), text(depth - 1), .literal(.bool(true))])
        case 4: return .call(.substring, [text(depth - 1), .literal(.number(2))])
        default:
            return .call(.split, [text(depth - 1), text(depth - 1), .literal(.number(value()))])
        }
    }

    /// A value of any type, that is no condition.
    mutating func any(_ depth: Int) -> Expression {
        switch roll(4) {
        case 0: return .field(field())
        case 1: return number(depth)
        case 2: return text(depth)
        default: return .call(.coalesce, [.field(field()), .field(field()), .literal(.null)])
        }
    }
}
