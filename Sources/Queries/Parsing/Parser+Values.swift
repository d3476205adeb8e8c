import Events

/// Literals, fields and calls: the leaves of an expression.
extension Parser {
    /// A value that begins with no sign.
    mutating func value() throws(QueryError) -> Operand {
        if scope == .aggregates { return try aggregateOperand() }
        want("a value")
        if let name = functionName { return try call(name) }
        if let literal = try acceptLiteral() { return literal }
        let start = token.span.lowerBound
        guard let path = try acceptField() else { throw unexpected() }
        return try reading(of: path, from: start)
    }

    /// A number behind its minus sign: one literal, not an operator and a literal.
    mutating func negativeNumber() throws(QueryError) -> Operand {
        let start = advance().span.lowerBound
        var number = try number()
        number.span = start..<number.span.upperBound
        if let quantity = number.quantity { return Operand(quantity.negated, number.span) }
        if case .literal(.number(let x)) = number.expression {
            number.expression = .literal(.number(-x))
        }
        return number
    }

    private mutating func acceptLiteral() throws(QueryError) -> Operand? {
        let value: Scalar
        switch token.kind {
        case .string(let text): value = .string(text)
        case .quantity: return try number()
        case .word("true"): value = .bool(true)
        case .word("false"): value = .bool(false)
        case .word("null"): value = .null
        default: return nil
        }
        return Operand(.literal(value), advance().span)
    }

    private mutating func call(_ name: String) throws(QueryError) -> Operand {
        switch name {
        case "exists": return try exists()
        case "matches": return try matchesCall()
        case Self.anomaly where scope == .columns: return try anomalyCall()
        default:
            guard let function = Function(rawValue: name) else { throw noFunction(name) }
            return try call(function)
        }
    }

    private mutating func exists() throws(QueryError) -> Operand {
        let start = advance().span.lowerBound
        advance()
        let path = try field()
        let end = token.span.upperBound
        try expect(")")
        return Operand(.exists(path), start..<end)
    }

    /// One of the values in `in [...]`.
    mutating func listedValue(of subject: Operand) throws(QueryError) -> Scalar {
        want("a number")
        want("a string")
        want("`true`")
        want("`false`")
        var read = try acceptLiteral()
        if read == nil, token.kind == .symbol("-"), case .quantity = token(after: 1).kind {
            read = try negativeNumber()
        }
        guard let read else { throw noListedValue() }
        let value = try meet([subject, read]).operands[1]
        guard case .literal(let scalar) = value.expression else { throw noListedValue() }
        if scalar == .null {
            throw error(value.span, "nothing is equal to null; ask `exists(x)`")
        }
        if subject.kind != .any, subject.kind != value.kind {
            let need = subject.kind == .text ? "a string" : "a number"
            throw error(
                value.span,
                "`in` looks for \(need) here, and \(source.shown(value.span)) is \(value.noun)")
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

    /// What to say of a function that computes nothing of one event.
    private func noFunction(_ name: String) -> QueryError {
        if FunctionNames.isAggregate(name) {
            var message =
                "`\(name)` is an aggregate of many events and can't stand inside an "
                + "expression"
            if name == "min" { message += "; the least of two values is `least(a, b)`" }
            if name == "max" { message += "; the greatest of two values is `greatest(a, b)`" }
            return error(token.span, message)
        }
        let hint = FunctionNames.hint(for: name, in: FunctionNames.scalars)
        return error(token.span, "there is no function \(source.shown(token.span))\(hint)")
    }

    /// What to say of a function where a field has to stand.
    func noField(_ name: String) -> QueryError {
        guard FunctionNames.scalars.contains(name) else { return noFunction(name) }
        let what = Self.conditions.contains(name) ? "a condition" : "a function"
        return error(token.span, "`\(name)` is \(what); here stands a field")
    }

    private static let conditions =
        FunctionNames.special + Function.allCases.filter(\.isCondition).map(\.rawValue)

    /// The number under the cursor, with a unit or without.
    mutating func number() throws(QueryError) -> Operand {
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        if let error = agoError { throw error }
        if let x = decimal(text) {
            if x.isFinite { return Operand(.literal(.number(x)), advance().span) }
            throw error(token.span, "\(source.shown(token.span)) is too large for a number")
        }
        guard let quantity = Quantity(text) else { throw noNumber(text) }
        return Operand(quantity, advance().span)
    }

    private func noNumber(_ text: String) -> QueryError {
        let unit = text.drop { $0.isNumber || $0 == "." }.prefix { !$0.isNumber }
        let meant = nearestName(to: String(unit), in: Quantity.unitNames)
        let advice =
            Quantity.unitNames.contains(String(unit))
            ? "`250ms`, `1.5s`, `1h30m` and `4KiB` are numbers with a unit"
            : meant.map { "did you mean the unit `\($0)`?" }
                ?? "a name that begins with a digit stands in backticks"
        return error(token.span, "\(source.shown(token.span)) is no number; \(advice)")
    }

    /// The value of a decimal number; nil for anything else, and infinite where it is too large.
    func decimal(_ text: String) -> Double? {
        let isDecimal = text.unicodeScalars.allSatisfy {
            $0.isDigit || ".eE+-".unicodeScalars.contains($0)
        }
        return isDecimal ? Double(text) : nil
    }
}
