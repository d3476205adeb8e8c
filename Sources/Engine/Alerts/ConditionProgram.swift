import Events
import Queries

/// A condition over a group's columns, by their places in an array of values; null is NaN.
///
/// Three-valued: a comparison with null is unknown, and so is what depends on one (Kleene). An
/// unknown condition is a missing group to its rule; `a or b` holds when `a` does, whatever `b`.
indirect enum ConditionProgram: Sendable {
    case and(ConditionProgram, ConditionProgram)
    case or(ConditionProgram, ConditionProgram)
    case not(ConditionProgram)
    case compare(Expression.Operator, Value, Value)
    case isIn(Value, [Double])
    case exists(Int)

    indirect enum Value: Sendable {
        case constant(Double)
        case column(Int)
        case negate(Value)
        case binary(Expression.Operator, Value, Value)
        /// Of a function that takes numbers.
        case call(Function, [Value])
        case choose(ConditionProgram, Value, Value)
    }

    /// `place`: where a name's value stands.
    init(_ expression: Expression, _ place: (ColumnReading) -> Int) {
        switch expression {
        case .not(let inner): self = .not(ConditionProgram(inner, place))
        case .exists(let path): self = .exists(place(ColumnReading(path)))
        case .isIn(let subject, let values):
            let numbers = values.compactMap { if case .number(let x) = $0 { x } else { nil } }
            self = .isIn(Value(subject, place), numbers)
        case .binary(.and, let a, let b):
            self = .and(ConditionProgram(a, place), ConditionProgram(b, place))
        case .binary(.or, let a, let b):
            self = .or(ConditionProgram(a, place), ConditionProgram(b, place))
        case .binary(let op, let a, let b):
            self = .compare(op, Value(a, place), Value(b, place))
        case .literal, .field, .negate, .matches, .call, .reading:
            preconditionFailure("a checked condition is none of these")
        }
    }

    /// Of one row of values; nil: unknown.
    func holds(_ values: [Double]) -> Bool? { holds(values.map { [$0] }, count: 1)[0] }

    /// Of each row; nil: unknown. `columns[place][row]`.
    func holds(_ columns: [[Double]], count: Int) -> [Bool?] {
        switch self {
        case .and(let a, let b):
            zip(a.holds(columns, count: count), b.holds(columns, count: count)).map {
                $0 == false || $1 == false ? false : $0 == nil || $1 == nil ? nil : true
            }
        case .or(let a, let b):
            zip(a.holds(columns, count: count), b.holds(columns, count: count)).map {
                $0 == true || $1 == true ? true : $0 == nil || $1 == nil ? nil : false
            }
        case .not(let inner): inner.holds(columns, count: count).map { $0.map { !$0 } }
        case .exists(let i): columns[i].map { !$0.isNaN }
        case .isIn(let subject, let numbers):
            subject.numbers(columns, count: count).map { $0.isNaN ? nil : numbers.contains($0) }
        case .compare(let op, let a, let b):
            zip(a.numbers(columns, count: count), b.numbers(columns, count: count)).map {
                $0.isNaN || $1.isNaN ? nil : op.holds($0, $1)
            }
        }
    }
}

extension ConditionProgram.Value {
    init(_ expression: Expression, _ place: (ColumnReading) -> Int) {
        switch expression {
        case .literal(.number(let x)): self = .constant(x)
        case .field(let path): self = .column(place(ColumnReading(path)))
        case .reading(let reading): self = .column(place(reading))
        case .negate(let inner): self = .negate(Self(inner, place))
        case .binary(let op, let a, let b): self = .binary(op, Self(a, place), Self(b, place))
        case .call(.choose, let arguments):
            self = .choose(
                ConditionProgram(arguments[0], place), Self(arguments[1], place),
                Self(arguments[2], place))
        case .call(let function, let arguments):
            self = .call(function, arguments.map { Self($0, place) })
        default: preconditionFailure("a checked condition compares numbers")
        }
    }

    /// Of one row of values; nil: null.
    func number(_ values: [Double]) -> Double? {
        let x = numbers(values.map { [$0] }, count: 1)[0]
        return x.isNaN ? nil : x
    }

    /// Of each row; NaN is null. `columns[place][row]`.
    func numbers(_ columns: [[Double]], count: Int) -> [Double] {
        switch self {
        case .constant(let x): return Array(repeating: x, count: count)
        case .column(let i): return columns[i]
        case .negate(let inner): return inner.numbers(columns, count: count).map { -$0 }
        case .binary(let op, let a, let b):
            return zip(a.numbers(columns, count: count), b.numbers(columns, count: count)).map {
                op.result($0, $1)
            }
        case .call(let function, let arguments):
            let arguments = arguments.map { $0.numbers(columns, count: count) }
            return (0..<count).map { row in function.number(of: arguments.map { $0[row] }) }
        case .choose(let condition, let a, let b):
            let (a, b) = (
                a.numbers(columns, count: count), b.numbers(columns, count: count)
            )
            return condition.holds(columns, count: count).enumerated().map { row, holds in
                holds == true ? a[row] : b[row]
            }
        }
    }
}
