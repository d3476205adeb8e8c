import Events
import Patterns
import Queries

/// A predicate over a batch's columns: true or false per row. A comparison with null is false.
indirect enum PredicateProgram: Sendable {
    case constant(Bool)
    case and(PredicateProgram, PredicateProgram)
    case or(PredicateProgram, PredicateProgram)
    case not(PredicateProgram)
    case numbers(Expression.Operator, NumberProgram, NumberProgram)
    /// The column's value isn't null and isn't this number; other types differ from every number.
    case otherThan(Double, column: Int)
    /// Decided once per dictionary entry of the column.
    case value(column: Int, Expression.Operator, Scalar)
    case isIn(column: Int, [Scalar])
    case values(Int, Expression.Operator, Int)
    case exists(column: Int)
    /// Two values, of which one is neither a field nor written down.
    case compare(ValueProgram, Expression.Operator, ValueProgram)
    case isAmong(ValueProgram, [Scalar])
    /// A text in which the expression is found.
    case matches(ValueProgram, RegularExpression)
    /// The value is `true`.
    case isTrue(ValueProgram)

    init(_ expression: Expression, _ fields: inout FieldTable) {
        switch expression {
        case .literal(let value): self = .constant(value == .bool(true))
        case .field(let path):
            self = .value(column: fields.code(path), .equal, .bool(true))
        case .exists(let path): self = .exists(column: fields.kind(path))
        case .not(let inner): self = .not(PredicateProgram(inner, &fields))
        case .isIn(let subject, let values): self = Self.membership(subject, values, &fields)
        case .binary(.and, let a, let b):
            self = .and(PredicateProgram(a, &fields), PredicateProgram(b, &fields))
        case .binary(.or, let a, let b):
            self = .or(PredicateProgram(a, &fields), PredicateProgram(b, &fields))
        case .binary(let op, let a, let b): self = Self.comparison(op, a, b, &fields)
        case .matches(let text, let pattern): self = Self.match(text, pattern, &fields)
        case .call: self = .isTrue(ValueProgram(expression, &fields))
        case .negate, .reading: self = .constant(false)
        }
    }

    private static func membership(
        _ subject: Expression, _ values: [Scalar], _ fields: inout FieldTable
    ) -> PredicateProgram {
        if case .field(let path) = subject {
            return .isIn(column: fields.code(path), values)
        }
        if subject.kind != .number { return .isAmong(ValueProgram(subject, &fields), values) }
        let number = NumberProgram(subject, &fields)
        return values.reduce(.constant(false)) { either, value in
            guard case .number(let x) = value else { return either }
            return .or(either, .numbers(.equal, number, .constant(x)))
        }
    }

    private static func comparison(
        _ op: Expression.Operator, _ a: Expression, _ b: Expression, _ fields: inout FieldTable
    ) -> PredicateProgram {
        switch (a, b) {
        case (.field(let path), .literal(.number(let x))) where op == .notEqual:
            return .otherThan(x, column: fields.number(path))
        case (.field, .literal(.number)): break
        case (.field(let path), .literal(let value)):
            return .value(column: fields.code(path), op, value)
        case (.literal, .field): return comparison(op.mirrored, b, a, &fields)
        case (.literal(let x), .literal(let y)): return .constant(op.holds(x, y))
        case (.field(let x), .field(let y)):
            return .values(fields.code(x), op, fields.code(y))
        default: break
        }
        // What isn't a number differs from each one, unless it is null.
        let areNumbers = a.kind == .number && b.kind == .number
        if areNumbers || (op != .notEqual && (a.kind == .number || b.kind == .number)) {
            return .numbers(op, NumberProgram(a, &fields), NumberProgram(b, &fields))
        }
        return .compare(ValueProgram(a, &fields), op, ValueProgram(b, &fields))
    }

    /// The pattern has been compiled before, when the query was read.
    private static func match(
        _ text: Expression, _ pattern: String, _ fields: inout FieldTable
    ) -> PredicateProgram {
        guard let expression = try? RegularExpression(pattern) else {
            preconditionFailure("a checked query's regular expressions compile")
        }
        return .matches(ValueProgram(text, &fields), expression)
    }
}

extension PredicateProgram {
    func evaluate(_ rows: inout Evaluation) -> [Bool] {
        switch self {
        case .constant(let truth): return [Bool](repeating: truth, count: rows.rowCount)
        case .and(let a, let b):
            return Self.join(a.evaluate(&rows), b.evaluate(&rows)) { $0 && $1 }
        case .or(let a, let b):
            return Self.join(a.evaluate(&rows), b.evaluate(&rows)) { $0 || $1 }
        case .not(let inner): return inner.evaluate(&rows).map { !$0 }
        case .numbers(let op, let a, let b):
            return Self.join(a.evaluate(&rows), b.evaluate(&rows)) { op.holds($0, $1) }
        case .compare(let a, let op, let b):
            let (a, b) = (a.evaluate(&rows), b.evaluate(&rows))
            return (0..<rows.rowCount).map { op.holds(a[$0], b[$0]) }
        case .isAmong(let subject, let values):
            return subject.evaluate(&rows).map(values.contains)
        case .matches(let text, let expression):
            return Self.match(text.evaluate(&rows), expression, &rows)
        case .isTrue(let value): return value.evaluate(&rows).map { $0 == .bool(true) }
        default: return evaluate(columns: rows.batch)
        }
    }

    /// What needs nothing but columns.
    private func evaluate(columns batch: ColumnBatch) -> [Bool] {
        switch self {
        case .otherThan(let x, let index):
            Self.join(batch.columns[index].kinds, batch.columns[index].numbers) {
                $0.isValue && $0 != .compound && $1 != x
            }
        case .value(let index, let op, let value):
            batch.columns[index].select { op.holds($0, value) }
        case .isIn(let index, let values): batch.columns[index].select(values.contains)
        case .values(let a, let op, let b): Self.compare(batch.columns[a], op, batch.columns[b])
        case .exists(let index): batch.columns[index].kinds.map(\.isValue)
        default: preconditionFailure("it has parts of its own")
        }
    }

    @inline(__always)
    private static func join<A, B>(_ a: [A], _ b: [B], _ body: (A, B) -> Bool) -> [Bool] {
        zip(a, b).map(body)
    }

    private static func match(
        _ texts: ValueColumn, _ expression: RegularExpression, _ rows: inout Evaluation
    ) -> [Bool] {
        let matcher = Matcher(expression)
        let outcomes = texts.map { value in
            guard case .string(var text) = value else { return Matcher.Outcome.noMatch }
            return text.withUTF8 { matcher.match(UnsafeRawBufferPointer($0)) }
        }
        rows.matchLimits += UInt64(outcomes.count { $0 == .limit })
        return outcomes.map { $0 == .match }
    }

    private static func compare(_ a: Column, _ op: Expression.Operator, _ b: Column) -> [Bool] {
        zip(a.codes, b.codes).map { op.holds(a.dictionary[Int($0)], b.dictionary[Int($1)]) }
    }
}

extension Column {
    /// Which rows hold a value that `test` accepts; asked once per distinct value. Null never.
    func select(_ test: (Scalar) -> Bool) -> [Bool] {
        ValueColumn(codes: codes, dictionary: dictionary).map { $0 != .null && test($0) }
    }
}

extension Column.Kind {
    /// Something is there: `exists`.
    var isValue: Bool { self != .missing && self != .null }
}

extension Expression.Operator {
    var mirrored: Expression.Operator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }

    /// NaN is null, with which every comparison is false.
    func holds(_ x: Double, _ y: Double) -> Bool {
        switch self {
        case .equal: x == y
        case .notEqual: x != y && !x.isNaN && !y.isNaN
        case .less: x < y
        case .lessOrEqual: x <= y
        case .greater: x > y
        case .greaterOrEqual: x >= y
        default: false
        }
    }

    /// Values of different types are not equal and have no order.
    func holds(_ x: Scalar, _ y: Scalar) -> Bool {
        switch (x, y) {
        case (.null, _), (_, .null): false
        case (.number(let a), .number(let b)): holds(a, b)
        case (.string(let a), .string(let b)): ordered(Scalar.string(a), Scalar.string(b))
        case (.bool(let a), .bool(let b)):
            self == .equal ? a == b : self == .notEqual && a != b
        default: self == .notEqual
        }
    }

    private func ordered(_ x: Scalar, _ y: Scalar) -> Bool {
        switch self {
        case .equal: x == y
        case .notEqual: x != y
        case .less: x < y
        case .lessOrEqual: !(y < x)
        case .greater: y < x
        case .greaterOrEqual: !(x < y)
        default: false
        }
    }
}
