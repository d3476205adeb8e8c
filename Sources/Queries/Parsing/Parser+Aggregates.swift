import Events

/// An aggregate and where its name, or the function that names it, stands.
struct ReadAggregate {
    var aggregate: Aggregate
    var nameSpan: Range<Int>
}

/// The list of aggregates a query begins with.
extension Parser {
    mutating func aggregates() throws(QueryError) -> [ReadAggregate] {
        var read: [ReadAggregate] = []
        repeat {
            if read.count == Query.Limit.aggregates {
                throw error(
                    token.span, "a query has at most \(Query.Limit.aggregates) aggregates")
            }
            let next = try aggregate()
            try checkName(of: next, among: read)
            read.append(next)
        } while accept(",")
        return read
    }

    private func checkName(
        of next: ReadAggregate, among read: [ReadAggregate]
    ) throws(QueryError) {
        let name = next.aggregate.name
        guard read.contains(where: { $0.aggregate.name == name }) else { return }
        throw error(
            next.nameSpan,
            "there is already an aggregate named `\(name)`; give this one another name with `as`")
    }

    private mutating func aggregate() throws(QueryError) -> ReadAggregate {
        want("an aggregate such as `count()`", words: FunctionNames.aggregates)
        guard let name = functionName else { throw noAggregate() }
        let span = advance().span
        advance()
        var aggregate = try call(name, span)
        try expect(")")
        if case .symbol(let sign) = token.kind, "+-*/%".contains(sign) {
            throw arithmeticBetweenAggregates(token.span)
        }
        if case .quantity = token.kind, token(after: 1).kind == .word("ago") {
            throw later(token.span.lowerBound..<token(after: 1).span.upperBound, "`ago` is")
        }
        guard accept(.as) else { return ReadAggregate(aggregate: aggregate, nameSpan: span) }
        let aliasSpan = token.span
        aggregate.name = try alias()
        return ReadAggregate(aggregate: aggregate, nameSpan: aliasSpan)
    }

    /// What to say of a token that begins no call.
    private func noAggregate() -> QueryError {
        switch token.kind {
        case .quantity, .symbol("("), .symbol("-"):
            let known = FunctionNames.aggregates + FunctionNames.laterAggregates
            return callsAny(of: known) ? arithmeticBetweenAggregates(token.span) : unexpected()
        case .word(let name)
        where FunctionNames.aggregates.contains(name) || Percentile.isPercentile(name):
            let call = name == "count" || name == "rate" ? "\(name)()" : "\(name)(x)"
            return error(token.span, "`\(name)` is a function: write `\(call)`")
        default: return unexpected()
        }
    }

    private func arithmeticBetweenAggregates(_ span: Range<Int>) -> QueryError {
        later(span, "arithmetic between aggregates is")
    }

    /// The arguments of a function, up to its closing parenthesis.
    private mutating func call(
        _ name: String, _ span: Range<Int>
    ) throws(QueryError) -> Aggregate {
        switch name {
        case "count": return Aggregate(function: .count, argument: try countArgument(), name: name)
        case "rate":
            let isEmpty = token.kind == .symbol(")")
            let argument = isEmpty ? nil : try numberArgument(of: name)
            return Aggregate(function: .rate, argument: argument, name: name)
        case "sum": return try simple(.sum, name)
        case "avg": return try simple(.avg, name)
        case "min": return try simple(.min, name)
        case "max": return try simple(.max, name)
        case "quantile":
            let argument = try numberArgument(of: name)
            try expect(",")
            return Aggregate(function: .quantile(try fraction()), argument: argument, name: name)
        default:
            guard let q = Percentile.quantile(named: name) else { throw noFunction(name, span) }
            return try simple(.quantile(q), Percentile.columnName(of: name), called: name)
        }
    }

    private mutating func simple(
        _ function: Aggregate.Function, _ name: String, called: String? = nil
    ) throws(QueryError) -> Aggregate {
        let argument = try numberArgument(of: called ?? name)
        return Aggregate(function: function, argument: argument, name: name)
    }

    private mutating func numberArgument(of name: String) throws(QueryError) -> Expression {
        let argument = try wholeExpression()
        return try number(argument, for: "`\(name)`").expression
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
        return try truth(argument, for: "`count`").expression
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

    private func noFunction(_ name: String, _ span: Range<Int>) -> QueryError {
        if FunctionNames.laterAggregates.contains(name) { return later(span, "`\(name)` is") }
        if FunctionNames.laterFunctions.contains(name) || FunctionNames.conditions.contains(name) {
            return error(span, "`\(name)` looks at one event; here stands an aggregate of many")
        }
        if Percentile.isPercentile(name) {
            let hint = Percentile.meant(by: name).map { "; did you mean `\($0)`?" } ?? ""
            return error(
                span, "\(source.shown(span)) is no percentile: it lies between 0 and 100\(hint)")
        }
        let names = FunctionNames.aggregates + FunctionNames.laterAggregates
        let meant = FunctionNames.meant(by: name, in: names)
        let hint = meant.map { "; did you mean `\($0)`?" } ?? ""
        return error(span, "there is no aggregate \(source.shown(span))\(hint)")
    }

    private mutating func alias() throws(QueryError) -> String {
        want("a name")
        guard case .word(let name) = token.kind else { throw unexpected() }
        if Keyword(anyCase: name) != nil || name.contains(".") {
            throw error(
                token.span, "\(source.shown(token.span)) can't be an aggregate's name; \(aliasRule)"
            )
        }
        if Self.columnsOfEveryRow.contains(name) {
            throw error(token.span, "`\(name)` can't be an aggregate's name: every row has one")
        }
        advance()
        return name
    }

    private var aliasRule: String {
        "a name is made of letters, digits and `_`, and is no keyword"
    }

    /// What stands in a printed row beside keys and aggregates.
    private static let columnsOfEveryRow: Set = [
        "kind", "view", "window_start", "window_end", "pane",
    ]
}
