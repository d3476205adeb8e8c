/// How tightly an operator binds its operands, the loosest first.
enum Precedence: Int, Comparable {
    case or = 1, and, not, comparison, sum, product, sign
    /// What needs no parentheses anywhere.
    case primary

    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

    /// That of the right-hand operand: operators group from the left.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

extension Expression.Operator {
    var precedence: Precedence {
        switch self {
        case .or: .or
        case .and: .and
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .add, .subtract: .sum
        case .multiply, .divide, .remainder: .product
        }
    }
}
