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

    /// nil: unknown.
    func holds(_ values: [Double]) -> Bool? {
        switch self {
        case .and(let a, let b):
            switch (a.holds(values), b.holds(values)) {
            case (false, _), (_, false): false
            case (true, true): true
            default: nil
            }
        case .or(let a, let b):
            switch (a.holds(values), b.holds(values)) {
            case (true, _), (_, true): true
            case (false, false): false
            default: nil
            }
        case .not(let inner): inner.holds(values).map { !$0 }
        case .exists(let i): !values[i].isNaN
        case .isIn(let subject, let numbers): subject.number(values).map { numbers.contains($0) }
        case .compare(let op, let a, let b):
            a.number(values).flatMap { x in
                b.number(values).map { op.holds(.number(x), .number($0)) }
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

    /// nil: null.
    func number(_ values: [Double]) -> Double? {
        let x = value(values)
        return x.isNaN ? nil : x
    }

    private func value(_ values: [Double]) -> Double {
        switch self {
        case .constant(let x): x
        case .column(let i): values[i]
        case .negate(let inner): -inner.value(values)
        case .binary(let op, let a, let b):
            op.result(a.value(values), b.value(values))
        case .call(let function, let arguments):
            function.number(of: arguments.map { $0.value(values) })
        case .choose(let condition, let a, let b):
            condition.holds(values) == true ? a.value(values) : b.value(values)
        }
    }
}
