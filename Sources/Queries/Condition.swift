import Events

/// When an alert holds: a condition over the columns of views, `heat.temp > 80`.
///
/// The language is that of `where`, with a view's column where an event's field would stand. A
/// column is a number, so what is compared with it is one too.
package struct Condition: Hashable, Sendable {
    package var expression: Expression
    /// Each once, in the order of the text: a path of view and column, or of a view alone.
    package var columns: [FieldPath]

    /// What it reads of them, each once, in the order of the text.
    package var readings: [ColumnReading] { expression.readings }

    /// What a rule of these conditions reads, each once; of `when` first.
    package static func readings(when: Condition, clear: Condition?) -> [ColumnReading] {
        let first = when.readings
        return first + (clear?.readings ?? []).filter { !first.contains($0) }
    }

    /// `units`: of columns whose names don't tell.
    package init(parsing text: String, units: [FieldPath: Unit] = [:]) throws(QueryError) {
        let source = try QuerySource(text)
        var parser = Parser(source, units: units)
        let operand = try parser.condition()
        expression = operand.expression
        columns = expression.fields
        guard expression.isAboutNumbers else {
            throw source.error(
                operand.span,
                "a view's columns are numbers, so they are compared with numbers: "
                    + "`heat.temp > 80`")
        }
        guard !columns.isEmpty else {
            throw source.error(operand.span, "a condition names a view's column: `heat.temp > 80`")
        }
    }
}

extension Parser {
    fileprivate mutating func condition() throws(QueryError) -> Operand {
        scope = .columns
        let condition = try wholeExpression(scope)
        try expectEnd()
        _ = try truth(condition, for: "a rule")
        return condition
    }
}

extension Expression {
    /// Whether it holds or doesn't, with nothing but numbers in its comparisons.
    fileprivate var isAboutNumbers: Bool {
        switch self {
        case .literal, .field, .negate, .matches, .call, .reading: false
        case .exists: true
        case .not(let inner): inner.isAboutNumbers
        case .isIn(let subject, let values):
            subject.isNumeric && values.allSatisfy { if case .number = $0 { true } else { false } }
        case .binary(let op, let a, let b):
            op.isComparison
                ? a.isNumeric && b.isNumeric
                : !op.isArithmetic && a.isAboutNumbers && b.isAboutNumbers
        }
    }

    private var isNumeric: Bool {
        switch self {
        case .literal(.number), .field, .reading: true
        case .negate(let inner): inner.isNumeric
        case .binary(let op, let a, let b): op.isArithmetic && a.isNumeric && b.isNumeric
        case .call(.choose, let arguments):
            arguments[0].isAboutNumbers && arguments.dropFirst().allSatisfy(\.isNumeric)
        case .call(let function, let arguments):
            function.isOfNumbers && arguments.allSatisfy(\.isNumeric)
        default: false
        }
    }
}
