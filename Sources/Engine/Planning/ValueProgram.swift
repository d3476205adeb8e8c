import Events
import Patterns
import Queries

/// An expression of any type over a batch's columns.
indirect enum ValueProgram: Sendable {
    case constant(Scalar)
    case column(Int)
    case number(NumberProgram)
    case truth(PredicateProgram)
    case choose(PredicateProgram, ValueProgram, ValueProgram)
    case call(Function, [ValueProgram])

    init(_ expression: Expression, _ fields: inout FieldTable) {
        switch expression {
        case .literal(let value): self = .constant(value)
        case .reading: preconditionFailure("an event has no column of a view")
        case .field(let path): self = .column(fields.code(path))
        case .negate: self = .number(NumberProgram(expression, &fields))
        case .binary(let op, _, _) where op.isArithmetic:
            self = .number(NumberProgram(expression, &fields))
        case .binary, .not, .isIn, .exists, .matches:
            self = .truth(PredicateProgram(expression, &fields))
        case .call(let function, let arguments):
            self = Self.call(function, arguments, &fields)
        }
    }

    private static func call(
        _ function: Function, _ arguments: [Expression], _ fields: inout FieldTable
    ) -> ValueProgram {
        let expression = Expression.call(function, arguments)
        if function.takesNumbers || (function.handsOn && expression.kind == .number) {
            return .number(NumberProgram(expression, &fields))
        }
        if function == .choose {
            return .choose(
                PredicateProgram(arguments[0], &fields), ValueProgram(arguments[1], &fields),
                ValueProgram(arguments[2], &fields))
        }
        return .call(function, arguments.map { ValueProgram($0, &fields) })
    }

    func evaluate(_ rows: inout Evaluation) -> ValueColumn {
        switch self {
        case .constant(let value): return ValueColumn(repeating: value, count: rows.rowCount)
        case .column(let index):
            let column = rows.batch.columns[index]
            return ValueColumn(codes: column.codes, dictionary: column.dictionary)
        case .number(let program): return ValueColumn(numbers: program.evaluate(&rows))
        case .truth(let program):
            let codes = program.evaluate(&rows).map { UInt32($0 ? 1 : 0) }
            return ValueColumn(codes: codes, dictionary: [.bool(false), .bool(true)])
        case .choose(let condition, let a, let b):
            let (truths, a, b) = (
                condition.evaluate(&rows), a.evaluate(&rows), b.evaluate(&rows)
            )
            let base = UInt32(a.dictionary.count)
            let codes = truths.indices.map { truths[$0] ? a.codes[$0] : base + b.codes[$0] }
            return ValueColumn(codes: codes, dictionary: a.dictionary + b.dictionary)
        case .call(let function, let arguments):
            return Self.apply(function, arguments.map { $0.evaluate(&rows) }, rows.rowCount)
        }
    }

    /// Of arguments of which but one is the same in every row it is computed once a value.
    private static func apply(
        _ function: Function, _ arguments: [ValueColumn], _ rows: Int
    ) -> ValueColumn {
        let varying = arguments.indices.filter { arguments[$0].dictionary.count > 1 }
        guard varying.count <= 1, let varying = varying.first ?? arguments.indices.first else {
            return ValueColumn(
                (0..<rows).lazy.map { row in
                    function.value(of: arguments.map { $0[row] })
                }, count: rows)
        }
        var values = arguments.map { $0.dictionary.first ?? .null }
        return arguments[varying].mapped {
            values[varying] = $0
            return function.value(of: values)
        }
    }
}
