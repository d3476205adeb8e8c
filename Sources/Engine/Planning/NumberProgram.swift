import Events
import Queries

/// An arithmetic expression over a batch's columns; null is NaN.
indirect enum NumberProgram: Sendable {
    case constant(Double)
    case column(Int)
    case negate(NumberProgram)
    case binary(Expression.Operator, NumberProgram, NumberProgram)
    /// Of a function that takes numbers.
    case call(Function, [NumberProgram])
    case choose(PredicateProgram, NumberProgram, NumberProgram)
    /// A value that is a number, if it is one.
    case value(ValueProgram)

    /// `expression` has been checked: it is a number, or its events tell.
    init(_ expression: Expression, _ fields: inout FieldTable) {
        switch expression {
        case .literal(.number(let x)): self = .constant(x)
        case .field(let path): self = .column(fields.number(path))
        case .negate(let inner): self = .negate(NumberProgram(inner, &fields))
        case .binary(let op, let a, let b) where op.isArithmetic:
            self = .binary(op, NumberProgram(a, &fields), NumberProgram(b, &fields))
        case .call(.choose, let arguments):
            self = .choose(
                PredicateProgram(arguments[0], &fields), NumberProgram(arguments[1], &fields),
                NumberProgram(arguments[2], &fields))
        case .call(let function, let arguments)
        where function.takesNumbers || function == .coalesce:
            self = .call(function, arguments.map { NumberProgram($0, &fields) })
        case .call: self = .value(ValueProgram(expression, &fields))
        default: self = .constant(.nan)
        }
    }

    /// A value per row. A bare field costs nothing: the column itself is returned.
    func evaluate(_ rows: inout Evaluation) -> [Double] {
        switch self {
        case .constant(let x): return [Double](repeating: x, count: rows.rowCount)
        case .column(let index): return rows.batch.columns[index].numbers
        case .negate(let inner): return inner.evaluate(&rows).map { -$0 }
        case .binary(let op, let a, let b):
            let (a, b) = (a.evaluate(&rows), b.evaluate(&rows))
            return a.indices.map { op.result(a[$0], b[$0]) }
        case .call(let function, let arguments):
            let columns = arguments.map { $0.evaluate(&rows) }
            return (0..<rows.rowCount).map { row in
                function.number(of: columns.map { $0[row] })
            }
        case .choose(let condition, let a, let b):
            let (truths, a, b) = (
                condition.evaluate(&rows), a.evaluate(&rows), b.evaluate(&rows)
            )
            return truths.indices.map { truths[$0] ? a[$0] : b[$0] }
        case .value(let program): return program.evaluate(&rows).map(\.numberOrNaN)
        }
    }
}

extension Scalar {
    /// The number, if it is one; else NaN.
    var numberOrNaN: Double { if case .number(let x) = self { x } else { .nan } }
}

extension Expression.Operator {
    /// Of an arithmetic operator; what is no finite number is NaN.
    func result(_ x: Double, _ y: Double) -> Double {
        let result: Double =
            switch self {
            case .add: x + y
            case .subtract: x - y
            case .multiply: x * y
            case .divide: x / y
            case .remainder: x.truncatingRemainder(dividingBy: y)
            default: .nan
            }
        return result.isFinite ? result : .nan
    }
}
