import Events
import Queries

/// An arithmetic expression over a batch's columns; null is NaN.
indirect enum NumberProgram: Sendable {
    case constant(Double)
    case column(Int)
    case negate(NumberProgram)
    case binary(Expression.Operator, NumberProgram, NumberProgram)

    /// `expression` has been checked: it is arithmetic over fields and numbers.
    init(_ expression: Expression, _ fields: inout FieldTable) {
        switch expression {
        case .literal(.number(let x)): self = .constant(x)
        case .field(let path): self = .column(fields.number(path))
        case .negate(let inner): self = .negate(NumberProgram(inner, &fields))
        case .binary(let op, let a, let b):
            self = .binary(op, NumberProgram(a, &fields), NumberProgram(b, &fields))
        default: self = .constant(.nan)
        }
    }

    /// A value per row. A bare field costs nothing: the column itself is returned.
    func evaluate(_ batch: ColumnBatch) -> [Double] {
        switch self {
        case .constant(let x): [Double](repeating: x, count: batch.rowCount)
        case .column(let index): batch.columns[index].numbers
        case .negate(let inner): inner.evaluate(batch).map { -$0 }
        case .binary(let op, let a, let b):
            zip(a.evaluate(batch), b.evaluate(batch)).map { Self.apply(op, $0, $1) }
        }
    }

    static func apply(_ op: Expression.Operator, _ x: Double, _ y: Double) -> Double {
        let result: Double =
            switch op {
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
