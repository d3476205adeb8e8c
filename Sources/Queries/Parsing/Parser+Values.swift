import Events

/// Literals, fields and calls: the leaves of an expression.
extension Parser {
    /// A value that begins with no sign.
    mutating func value() throws(QueryError) -> Operand {
        want("a value")
        if let name = functionName {
            guard name == "exists" else { throw functionInExpression(name) }
            return try exists()
        }
        if let literal = try acceptLiteral() { return literal }
        let start = token.span.lowerBound
        guard let path = try acceptField() else { throw unexpected() }
        return Operand(.field(path), .any, start..<token(after: -1).span.upperBound)
    }

    /// A number behind its minus sign: one literal, not an operator and a literal.
    mutating func negativeNumber() throws(QueryError) -> Operand {
        let start = advance().span.lowerBound
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        let x = try number(text)
        let end = advance().span.upperBound
        return Operand(.number(-x), start..<end)
    }

    private mutating func acceptLiteral() throws(QueryError) -> Operand? {
        let value: Scalar
        switch token.kind {
        case .string(let text): value = .string(text)
        case .quantity(let text): value = .number(try number(text))
        case .word("true"): value = .bool(true)
        case .word("false"): value = .bool(false)
        case .word("null"): value = .null
        default: return nil
        }
        return Operand(value, advance().span)
    }

    private mutating func exists() throws(QueryError) -> Operand {
        let start = advance().span.lowerBound
        advance()
        let path = try field()
        let end = token.span.upperBound
        try expect(")")
        return Operand(.exists(path), .truth, start..<end)
    }

    /// One of the values in `in [...]`.
    mutating func listedValue(of subject: Operand) throws(QueryError) -> Scalar {
        want("a number")
        want("a string")
        want("`true`")
        want("`false`")
        var value = try acceptLiteral()
        if value == nil, token.kind == .symbol("-"), case .quantity = token(after: 1).kind {
            value = try negativeNumber()
        }
        guard let value, case .literal(let scalar) = value.expression else { throw noListedValue() }
        if scalar == .null {
            throw error(value.span, "nothing is equal to null; ask `exists(x)`")
        }
        if subject.kind == .number, value.kind != .number {
            throw error(
                value.span,
                "`in` looks for a number here, and \(source.shown(value.span)) is \(value.noun)")
        }
        return scalar
    }

    private func noListedValue() -> QueryError {
        guard case .word(let word) = token.kind, Keyword(anyCase: word) == nil else {
            return unexpected()
        }
        return error(
            token.span, "`in` takes values, not fields; a string stands in quotes: \"\(word)\"")
    }

    /// What to say of a function that has no place inside an expression.
    func functionInExpression(_ name: String) -> QueryError {
        if FunctionNames.laterFunctions.contains(name) {
            return later(token.span, "`\(name)` is")
        }
        let aggregates = FunctionNames.aggregates + FunctionNames.laterAggregates
        if aggregates.contains(name) || Percentile.isPercentile(name) {
            return error(
                token.span,
                "`\(name)` is an aggregate of many events and can't stand inside an expression")
        }
        if FunctionNames.conditions.contains(name) {
            return error(token.span, "`\(name)` is a condition; here stands a field")
        }
        let names = FunctionNames.conditions + FunctionNames.laterFunctions
        let hint = FunctionNames.meant(by: name, in: names).map { "; did you mean `\($0)`?" } ?? ""
        return error(token.span, "there is no function \(source.shown(token.span))\(hint)")
    }

    /// The number that the quantity under the cursor is.
    private func number(_ text: String) throws(QueryError) -> Double {
        if let x = decimal(text) {
            if x.isFinite { return x }
            throw error(token.span, "\(source.shown(token.span)) is too large for a number")
        }
        if token(after: 1).kind == .word("ago") {
            throw later(token.span.lowerBound..<token(after: 1).span.upperBound, "`ago` is")
        }
        let unit = text.drop { $0.isNumber || $0 == "." }
        if parseDuration(text) != nil || Self.units.contains(String(unit)) {
            throw later(
                token.span, "a number with a unit, as \(source.shown(token.span)), is")
        }
        throw error(
            token.span,
            "\(source.shown(token.span)) is no number; a name that begins with a digit stands in "
                + "backticks")
    }

    /// The value of a decimal number; nil for anything else, and infinite where it is too large.
    func decimal(_ text: String) -> Double? {
        let isDecimal = text.unicodeScalars.allSatisfy {
            $0.isDigit || ".eE+-".unicodeScalars.contains($0)
        }
        return isDecimal ? Double(text) : nil
    }

    private static let units: Set = [
        "ns", "us", "µs", "ms", "s", "m", "h", "d", "B", "kB", "KB", "MB", "GB", "TB", "KiB",
        "MiB", "GiB", "TiB",
    ]
}
