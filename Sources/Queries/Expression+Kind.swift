import Events

/// The type of a value, as far as the text of a query tells.
package enum ValueKind: Hashable, Sendable {
    /// Only the events know.
    case any
    case number, text, truth, null

    /// Of a value that is one of several: the only type that is known of any of them, be it that
    /// others may be null or turn out to be anything. nil: there are two, which can't be meant.
    static func common(_ kinds: [ValueKind]) -> ValueKind? {
        let known = Set(kinds).subtracting([.any, .null])
        if known.isEmpty { return kinds.contains(.any) ? .any : .null }
        return known.count == 1 ? known.first : nil
    }
}

extension Expression {
    /// What type of value it gives. A condition gives a truth; a field, and what hands on a value
    /// of which nothing is known, gives `any`.
    package var kind: ValueKind {
        switch self {
        case .literal(.null): .null
        case .literal(.bool), .not, .isIn, .exists, .matches: .truth
        case .literal(.number), .negate, .reading: .number
        case .literal(.string): .text
        case .field: .any
        case .binary(let op, _, _): op.isArithmetic ? .number : .truth
        case .call(let function, let arguments): function.kind(of: arguments)
        }
    }

    /// What holds or doesn't, and isn't a value that could be compared.
    var isCondition: Bool {
        switch self {
        case .not, .isIn, .exists, .matches: true
        case .binary(let op, _, _): !op.isArithmetic
        case .call(let function, _): function.isCondition
        case .literal, .field, .negate, .reading: false
        }
    }
}

extension Function {
    var isCondition: Bool {
        switch self {
        case .contains, .startsWith, .endsWith: true
        default: false
        }
    }

    fileprivate func kind(of arguments: [Expression]) -> ValueKind {
        switch self {
        case .lower, .upper, .trim, .replace, .substring, .split, .concat: .text
        case .contains, .startsWith, .endsWith: .truth
        case .coalesce: ValueKind.common(arguments.map(\.kind)) ?? .any
        case .choose: ValueKind.common(arguments.dropFirst().map(\.kind)) ?? .any
        case .length, .number: .number
        case .abs, .sign, .round, .floor, .ceil, .trunc, .sqrt, .exp, .pow, .log, .log2, .log10,
            .clamp, .least, .greatest:
            .number
        }
    }
}

extension Expression.Operator {
    package var isArithmetic: Bool { precedence >= .sum }
    var isComparison: Bool { precedence == .comparison }
    /// Asks which of two comes first.
    var isOrder: Bool { isComparison && self != .equal && self != .notEqual }
}
