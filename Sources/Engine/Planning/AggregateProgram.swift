import Queries

/// A column of the result: one reading of a row, or arithmetic over several.
indirect enum AggregateProgram: Sendable {
    case reading(CompiledQuery.Reading)
    case constant(Double)
    case negate(AggregateProgram)
    case binary(Expression.Operator, AggregateProgram, AggregateProgram)
    case apply(Function, [AggregateProgram])

    /// `reading`: how a call is read.
    init(_ value: AggregateValue, _ reading: (AggregateCall) -> CompiledQuery.Reading) {
        switch value {
        case .call(let call): self = .reading(reading(call))
        case .number(let x): self = .constant(x)
        case .negate(let inner): self = .negate(AggregateProgram(inner, reading))
        case .binary(let op, let a, let b):
            self = .binary(op, AggregateProgram(a, reading), AggregateProgram(b, reading))
        case .apply(let function, let arguments):
            self = .apply(function, arguments.map { AggregateProgram($0, reading) })
        }
    }

    /// NaN is null.
    func value(_ read: (CompiledQuery.Reading) -> Double) -> Double {
        switch self {
        case .reading(let reading): read(reading)
        case .constant(let x): x
        case .negate(let inner): -inner.value(read)
        case .binary(let op, let a, let b): op.result(a.value(read), b.value(read))
        case .apply(let function, let arguments):
            function.number(of: arguments.map { $0.value(read) })
        }
    }
}
