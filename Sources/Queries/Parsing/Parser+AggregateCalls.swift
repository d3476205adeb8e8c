import Events

/// A call of an aggregate function, as it was read.
struct ReadCall {
    var call: AggregateCall
    /// How its column is named if nothing else is said.
    var name: String
    /// Of the function's name.
    var span: Range<Int>

    /// What stands for the call of a place in an expression. No field is named like that: the
    /// first step of those is a name.
    static func field(at place: Int) -> FieldPath { FieldPath(steps: [.index(place)]) }

    static func place(of field: FieldPath) -> Int {
        guard case .index(let place) = field.steps[0] else {
            preconditionFailure("in place of an aggregate no field is read")
        }
        return place
    }
}

/// What stands where an aggregate can.
extension Parser {
    /// A call of one, a number, or a function of these.
    mutating func aggregateOperand() throws(QueryError) -> Operand {
        want("an aggregate such as `count()`", words: FunctionNames.aggregates)
        if operators > 0 || nesting > 0 { want("a number") }
        if let name = functionName {
            if let function = Function(rawValue: name), function.isOfNumbers, !looksAtOneEvent {
                return try call(function)
            }
            return try aggregateCall(name)
        }
        guard case .quantity = token.kind else { throw noAggregate() }
        return try number()
    }

    /// Whether the function under the cursor is given a field, and no aggregate.
    private var looksAtOneEvent: Bool {
        var depth = 0
        var namesField = false
        var i = 1
        repeat {
            switch token(after: i).kind {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            case .end, .invalid: return namesField
            case .quoted: namesField = true
            case .word(let name) where token(after: i + 1).kind == .symbol("("):
                if FunctionNames.isAggregate(name) { return false }
            case .word: namesField = true
            default: break
            }
            i += 1
        } while depth > 0
        return namesField
    }

    /// What to say of a token that begins no call.
    private func noAggregate() -> QueryError {
        switch token.kind {
        case .word("top"): return error(token.span, "`top` is a function: write `top(5, x)`")
        case .word(let name) where FunctionNames.isAggregate(name):
            let call = name == "count" || name == "rate" ? "\(name)()" : "\(name)(x)"
            return error(token.span, "`\(name)` is a function: write `\(call)`")
        case .word(let name) where Keyword(anyCase: name) == nil && !calls.isEmpty:
            return error(
                token.span,
                "`\(name)` is a field of one event; here stands an aggregate of many, such as "
                    + "`sum(\(name))`")
        default: return unexpected()
        }
    }

    /// From the function's name to its closing parenthesis.
    private mutating func aggregateCall(_ name: String) throws(QueryError) -> Operand {
        let span = token.span
        if name == "top" {
            throw error(span, "`top` stands alone: it gives rows of its own")
        }
        guard let function = AggregateCall.Function(named: name) else {
            throw noAggregateFunction(name, span)
        }
        advance()
        advance()
        let (call, unit) = try arguments(of: function, name)
        let end = token.span.upperBound
        try expect(")")
        let column = Percentile.columnName(of: name)
        calls.append(ReadCall(call: call, name: column, span: span))
        return Operand(
            .field(ReadCall.field(at: calls.count - 1)), span.lowerBound..<end, unit: unit)
    }

    /// The arguments of an aggregate, and what the result counts.
    private mutating func arguments(
        of function: AggregateCall.Function, _ name: String
    ) throws(QueryError) -> (AggregateCall, Unit?) {
        let user = "`\(name)`"
        switch function {
        case .count: return (AggregateCall(.count, try countArgument()), nil)
        case .rate where token.kind == .symbol(")"): return (AggregateCall(.rate), nil)
        case .distinct:
            return (AggregateCall(.distinct, try value(wholeExpression(), for: user)), nil)
        default: break
        }
        let argument = try wholeExpression()
        var call = AggregateCall(function, try number(argument, for: user))
        if name == "quantile" {
            try expect(",")
            call.function = .quantile(try fraction())
        }
        return (call, function == .rate || function == .slope ? nil : argument.unit)
    }

    /// nil where the parentheses are empty. A bare field isn't enough: whoever writes `count(x)`
    /// may as well mean the events that have an x.
    private mutating func countArgument() throws(QueryError) -> Expression? {
        if token.kind == .symbol(")") { return nil }
        let argument = try wholeExpression()
        if case .field(let path) = argument.expression {
            let name = visible(path.written.unicodeScalars)
            throw error(
                argument.span,
                "`count` needs a condition: write `count(exists(\(name)))` for the events that "
                    + "have a \(name), `count(\(name) == true)` for those where it is true")
        }
        return try truth(argument, for: "`count`")
    }

    /// The q of `quantile(x, q)`.
    private mutating func fraction() throws(QueryError) -> Double {
        want("a number between 0 and 1")
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        guard let q = decimal(text), q > 0, q < 1 else {
            throw error(
                token.span,
                "the second argument of `quantile` lies between 0 and 1, both excluded; "
                    + "read \(source.shown(token.span))")
        }
        advance()
        return q
    }

    private func noAggregateFunction(_ name: String, _ span: Range<Int>) -> QueryError {
        if FunctionNames.scalars.contains(name) {
            return error(span, "`\(name)` looks at one event; here stands an aggregate of many")
        }
        if Percentile.isPercentile(name) {
            let hint = Percentile.meant(by: name).map { "; did you mean `\($0)`?" } ?? ""
            return error(
                span, "\(source.shown(span)) is no percentile: it lies between 0 and 100\(hint)")
        }
        let hint = FunctionNames.hint(for: name, in: FunctionNames.aroundAggregates)
        return error(span, "there is no aggregate \(source.shown(span))\(hint)")
    }
}
