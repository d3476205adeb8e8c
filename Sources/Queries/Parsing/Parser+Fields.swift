import Events

/// Fields and their paths.
extension Parser {
    /// A field, where nothing else may stand.
    mutating func field() throws(QueryError) -> FieldPath {
        want("a field")
        if let name = functionName { throw noField(name) }
        guard let path = try acceptField() else { throw unexpected() }
        return path
    }

    /// A field's path if one stands here; blanks may stand between its parts.
    mutating func acceptField() throws(QueryError) -> FieldPath? {
        let first: String
        switch token.kind {
        case .quoted(let name): first = name
        case .word(let word) where Keyword(anyCase: word) == nil: first = word
        default: return nil
        }
        advance()
        var steps = [FieldPath.Step.name(first)]
        while true {
            if token.kind == .symbol(".") {
                advance()
                steps.append(.name(try pathName()))
            } else if token.kind == .symbol("[") {
                advance()
                steps.append(.index(try pathIndex()))
            } else {
                return FieldPath(steps: steps)
            }
        }
    }

    private mutating func pathName() throws(QueryError) -> String {
        want("a name")
        switch token.kind {
        case .word(let name), .quoted(let name):
            advance()
            return name
        case .quantity:
            throw error(
                token.span,
                "expected a name, read \(source.shown(token.span)); a name that begins with a "
                    + "digit stands in backticks")
        default: throw unexpected()
        }
    }

    private mutating func pathIndex() throws(QueryError) -> Int {
        want("an index")
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        guard text.unicodeScalars.allSatisfy(\.isDigit), let index = Int(text) else {
            throw error(
                token.span,
                "\(source.shown(token.span)) is no index; an index is a whole number from 0")
        }
        advance()
        try expect("]")
        return index
    }
}
