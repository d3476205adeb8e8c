import Events

extension Query: CustomStringConvertible {
    /// Canonical text; reading it gives an equal query.
    package var description: String {
        var text = aggregates.map(\.description).joined(separator: ", ")
        if let stream { text += " from \(stream)" }
        if let predicate { text += " where \(predicate)" }
        if !keys.isEmpty { text += " by " + keys.map(\.description).joined(separator: ", ") }
        if let window {
            text += " over \(durationText(window.size))"
            if window.hop != window.size { text += " every \(durationText(window.hop))" }
        }
        return text
    }
}

extension Aggregate: CustomStringConvertible {
    package var description: String {
        let call =
            switch function {
            case .count: "count(\(argument?.description ?? ""))"
            case .rate: "rate(\(argument?.description ?? ""))"
            case .sum: "sum(\(argument!))"
            case .avg: "avg(\(argument!))"
            case .min: "min(\(argument!))"
            case .max: "max(\(argument!))"
            case .quantile(let q): "quantile(\(argument!), \(q))"
            }
        return "\(call) as `\(name)`"
    }
}

extension Expression: CustomStringConvertible {
    /// With parentheses wherever operators meet.
    package var description: String {
        switch self {
        case .literal(.string(let text)): Self.quoted(text)
        case .literal(.null): "null"
        case .literal(let value): value.description
        case .field(let path): path.description
        case .not(let inner): "(not \(inner))"
        case .negate(let inner): "(-\(inner))"
        case .binary(let op, let a, let b): "(\(a) \(op.rawValue) \(b))"
        case .isIn(let subject, let values):
            "(\(subject) in ["
                + values.map { Expression.literal($0).description }.joined(separator: ", ") + "])"
        case .exists(let path): "exists(\(path))"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for c in text {
            switch c {
            case "\"", "\\": result += "\\\(c)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.append(c)
            }
        }
        return result + "\""
    }
}
