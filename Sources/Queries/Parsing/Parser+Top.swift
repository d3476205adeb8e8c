import Events

/// `top(5, path)` in the place of the aggregates.
extension Parser {
    /// Where its column's name stands, or what gives the name.
    mutating func top() throws(QueryError) -> (top: Top, nameSpan: Range<Int>) {
        advance()
        advance()
        let limit = try topLimit()
        try expect(",")
        let operand = try wholeExpression()
        let value = try value(operand, for: "`top`")
        try expect(")")
        let read = try nameTop(value, operand.span)
        try checkAlone()
        let top = Top(limit: limit, value: value, name: read.name)
        if Top.columns.contains(top.name) {
            throw error(
                read.span,
                "`top` has a column `\(top.name)` of its own; name this one otherwise with `as`")
        }
        return (top, read.span)
    }

    private mutating func topLimit() throws(QueryError) -> Int {
        want("how many values, as in `top(5, x)`")
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        guard let limit = decimal(text).flatMap(Int.init(exactly:)),
            1...Query.Limit.top ~= limit
        else {
            throw error(
                token.span,
                "`top` gives 1 to \(Query.Limit.top) values; read \(source.shown(token.span))")
        }
        advance()
        return limit
    }

    /// A field gives its name; for anything else one has to be said.
    private mutating func nameTop(
        _ value: Expression, _ span: Range<Int>
    ) throws(QueryError) -> (name: String, span: Range<Int>) {
        if accept(.as) {
            let span = token.span
            return (try alias(), span)
        }
        guard case .field(let path) = value else {
            throw error(
                span,
                "\(source.shown(span)) has no name of its own; give it one with `as` behind `top`")
        }
        if Self.columnsOfEveryRow.contains(path.name) {
            throw error(
                span, "every row has a `\(path.name)`; name this column otherwise with `as`")
        }
        return (path.name, span)
    }

    /// Nothing is listed or computed beside it.
    private mutating func checkAlone() throws(QueryError) {
        switch token.kind {
        case .symbol(","), .symbol("+"), .symbol("-"), .symbol("*"), .symbol("/"), .symbol("%"):
            throw error(token.span, "`top` stands alone: it gives rows of its own")
        default: break
        }
    }
}

extension Top {
    /// What its rows have beside the value.
    static let columns = [countColumn, errorColumn]
}
