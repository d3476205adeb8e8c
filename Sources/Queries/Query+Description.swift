import Events

extension Query: CustomStringConvertible {
    /// Canonical text: one way to write each query, with no more parentheses than needed.
    /// Parsing it gives an equal query (unless the blanks take it past the length limit).
    package var description: String {
        var text = top?.description ?? aggregates.map(\.description).joined(separator: ", ")
        if let stream { text += " from " + Self.written(stream: stream) }
        if let predicate { text += " where " + predicate.description }
        if !keys.isEmpty { text += " by " + keys.map(\.written).joined(separator: ", ") }
        if let window { text += " over " + window.description }
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

extension Window: CustomStringConvertible {
    package var description: String {
        switch self {
        case .session(let gap): "session(\(durationText(gap)))"
        case .hopping(let size, let hop) where size == hop: durationText(size)
        case .hopping(let size, let hop): "\(durationText(size)) every \(durationText(hop))"
        }
    }
}

extension Top: CustomStringConvertible {
    /// With `as` where its value gives another name, or none.
    package var description: String {
        let call = "top(\(limit), \(value.description))"
        if case .field(let path) = value, path.name == name { return call }
        return "\(call) as \(name)"
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
