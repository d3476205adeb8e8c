import Events

/// A part of an expression with what is known of its type, and where it stands.
struct Operand {
    /// The type of a value, as far as the text tells. A condition is `truth` too.
    enum Kind {
        /// A field's, which only its events know.
        case any
        case number, string, truth, null
    }

    var expression: Expression
    var kind: Kind
    var span: Range<Int>

    init(_ expression: Expression, _ kind: Kind, _ span: Range<Int>) {
        self.expression = expression
        self.kind = kind
        self.span = span
    }

    init(_ value: Scalar, _ span: Range<Int>) {
        let kind: Kind =
            switch value {
            case .null: .null
            case .bool: .truth
            case .number: .number
            case .string: .string
            }
        self.init(.literal(value), kind, span)
    }

    /// What holds or doesn't, and isn't a value that could be compared.
    var isCondition: Bool {
        switch expression {
        case .not, .isIn, .exists: true
        case .binary(let op, _, _): !op.isArithmetic
        case .literal, .field, .negate: false
        }
    }

    /// What it is, as a message says it.
    var noun: String {
        if isCondition { return "a condition" }
        return switch kind {
        case .any: "a field"
        case .number: "a number"
        case .string: "a string"
        case .truth: "true or false"
        case .null: "null"
        }
    }
}

extension Expression.Operator {
    var isArithmetic: Bool { precedence >= .sum }
    var isComparison: Bool { precedence == .comparison }
    /// Asks which of two comes first.
    var isOrder: Bool { isComparison && self != .equal && self != .notEqual }
}
