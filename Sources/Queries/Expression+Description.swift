import Events

extension Expression: CustomStringConvertible {
    /// As it is written in a query, with no more parentheses than needed.
    package var description: String {
        switch self {
        case .literal(let value): value.written
        case .field(let path): path.written
        case .reading(let reading): reading.written
        case .exists(let path): "exists(\(path.written))"
        case .not(let inner): "not " + inner.written(within: .not)
        case .negate(.literal(.number(let x))) where x >= 0: "-(\(plainNumber(x)))"
        case .negate(let inner): "-" + inner.written(within: .sign)
        case .isIn(let subject, let values):
            subject.written(within: .sum)
                + " in [" + values.map(\.written).joined(separator: ", ") + "]"
        case .matches(let text, let pattern):
            text.written(within: .sum) + " =~ " + Scalar.string(pattern).written
        case .call(let function, let arguments):
            "\(function.rawValue)(" + arguments.map(\.description).joined(separator: ", ") + ")"
        case .binary(let op, let a, let b):
            a.written(within: op.isComparison ? .sum : op.precedence)
                + " \(op.rawValue) " + b.written(within: op.precedence.tighter)
        }
    }

    /// In parentheses if it binds less tightly than `loosest`.
    private func written(within loosest: Precedence) -> String {
        precedence < loosest ? "(\(description))" : description
    }

    private var precedence: Precedence {
        switch self {
        case .literal, .field, .exists, .call, .reading: .primary
        case .not: .not
        case .negate: .sign
        case .isIn, .matches: .comparison
        case .binary(let op, _, _): op.precedence
        }
    }
}

extension Scalar {
    /// As a literal.
    fileprivate var written: String {
        switch self {
        case .null: "null"
        case .bool(let truth): truth ? "true" : "false"
        case .number(let x): plainNumber(x)
        case .string(let text): "\"" + text.unicodeScalars.map(\.inString).joined() + "\""
        }
    }
}

extension Unicode.Scalar {
    /// As it stands in a string: what can't be seen, or would turn the text around, is escaped.
    fileprivate var inString: String {
        switch self {
        case "\\": return "\\\\"
        case "\"": return "\\\""
        case "\n": return "\\n"
        case "\t": return "\\t"
        default: break
        }
        let isHidden =
            switch properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: value < 0x10000
            default: false
            }
        guard isHidden else { return String(self) }
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
