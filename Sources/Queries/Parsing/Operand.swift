import Events

/// A part of an expression with what is known of its type, and where it stands.
struct Operand {
    var expression: Expression
    var span: Range<Int>
    /// What it counts, where that is known.
    var unit: Unit?
    /// A literal with a unit that hasn't met a value with one yet. Its expression is no more than
    /// a number in its place.
    var quantity: Quantity?

    init(_ expression: Expression, _ span: Range<Int>, unit: Unit? = nil) {
        self.expression = expression
        self.span = span
        self.unit = unit
    }

    init(_ quantity: Quantity, _ span: Range<Int>) {
        self.init(.literal(.number(0)), span)
        self.quantity = quantity
    }

    var kind: ValueKind { expression.kind }

    var isCondition: Bool { expression.isCondition }

    /// What it is, as a message says it.
    var noun: String {
        if isCondition { return "a condition" }
        return switch kind {
        case .any: "a field's value"
        case .number: "a number"
        case .text: "a string"
        case .truth: "true or false"
        case .null: "null"
        }
    }
}
