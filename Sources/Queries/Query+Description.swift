import Events

extension Query: CustomStringConvertible {
    /// Canonical text: one way to write each query, with no more parentheses than needed.
    /// Parsing it gives an equal query (unless the blanks take it past the length limit).
    package var description: String {
        var text = aggregates.map(\.description).joined(separator: ", ")
        if let stream { text += " from " + Self.written(stream: stream) }
        if let predicate { text += " where " + predicate.description }
        if !keys.isEmpty { text += " by " + keys.map(\.written).joined(separator: ", ") }
        if let window {
            text += " over " + durationText(window.size)
            if window.hop != window.size { text += " every " + durationText(window.hop) }
        }
        return text
    }

    private static func written(stream name: String) -> String {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy {
            !$0.isEmpty && $0.unicodeScalars.allSatisfy(\.isWordPart)
        }
        return isPlain && isBareName(String(parts[0])) ? name : "`\(name)`"
    }
}

extension Aggregate: CustomStringConvertible {
    /// As it is written in a query; with `as` where its function gives another name.
    package var description: String {
        let (function, usual) = written
        return name == usual ? function : "\(function) as \(name)"
    }

    /// The call, and the name that it has without `as`.
    private var written: (call: String, name: String) {
        let argument = argument?.description ?? ""
        switch function {
        case .count: return ("count(\(argument))", "count")
        case .rate: return ("rate(\(argument))", "rate")
        case .sum: return ("sum(\(argument))", "sum")
        case .avg: return ("avg(\(argument))", "avg")
        case .min: return ("min(\(argument))", "min")
        case .max: return ("max(\(argument))", "max")
        case .quantile(let q):
            guard name != "quantile", let percentile = Percentile.name(of: q) else {
                return ("quantile(\(argument), \(plainNumber(q)))", "quantile")
            }
            return ("\(percentile)(\(argument))", Percentile.columnName(of: percentile))
        }
    }
}

extension FieldPath {
    /// As the query language reads it. Unlike `description` it puts keywords in backticks.
    var written: String {
        var text = ""
        for (i, step) in steps.enumerated() {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .name(let name):
                text += i == 0 ? "" : "."
                text += isBareName(name) ? name : "`\(name)`"
            }
        }
        return text
    }
}
