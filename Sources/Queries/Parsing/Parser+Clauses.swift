import Events

/// A query and its clauses.
extension Parser {
    mutating func query() throws(QueryError) -> Query {
        let aggregates = try aggregates()
        var query = Query(aggregates: aggregates.map(\.aggregate))
        if accept(.from) { query.stream = try streamName() }
        if accept(.where) { query.predicate = try predicate() }
        if accept(.by) { query.keys = try keys() }
        if accept(.over) { query.window = try window() }
        try expectEnd()
        try checkNames(aggregates, query.keys)
        return query
    }

    private mutating func predicate() throws(QueryError) -> Expression {
        let condition = try wholeExpression()
        return try truth(condition, for: "`where`").expression
    }

    /// A word, or several that are joined by `-`, as dashboards name their streams.
    private mutating func streamName() throws(QueryError) -> String {
        want("a stream's name")
        switch token.kind {
        case .quoted(let name):
            advance()
            return name
        case .word(let word) where Keyword(anyCase: word) == nil:
            var span = advance().span
            while let end = endOfDashedPart(after: span.upperBound) {
                span = span.lowerBound..<end
                advance()
                advance()
            }
            return source.text(span)
        default: throw unexpected()
        }
    }

    /// Where the `-` that touches `end` and the word that touches the `-` end; nil without them.
    private func endOfDashedPart(after end: Int) -> Int? {
        let part = token(after: 1)
        guard token.kind == .symbol("-"), token.span.lowerBound == end,
            part.span.lowerBound == end + 1
        else { return nil }
        switch part.kind {
        case .word, .quantity: break
        default: return nil
        }
        let isPlain = source.scalars[part.span].allSatisfy { $0.isWordPart || $0 == "-" }
        return isPlain ? part.span.upperBound : nil
    }

    private mutating func keys() throws(QueryError) -> [FieldPath] {
        var keys: [FieldPath] = []
        repeat {
            let start = token.span.lowerBound
            let key = try field()
            let span = start..<token(after: -1).span.upperBound
            if keys.contains(where: { $0.name == key.name }) {
                throw error(span, "`by` names \(source.shown(span)) twice")
            }
            if keys.count == Query.Limit.keys {
                throw error(span, "a query groups by at most \(Query.Limit.keys) fields")
            }
            keys.append(key)
        } while accept(",")
        return keys
    }

    private mutating func window() throws(QueryError) -> Window {
        if functionName == "session" { throw later(token.span, "a session window is") }
        let size = try duration("a duration such as `10s`")
        guard accept(.every) else { return Window(size: size, hop: size) }
        let span = token.span
        let hop = try duration("a duration such as `1s`")
        if hop > size {
            throw error(span, "`every` is longer than `over`, so events would fall between windows")
        }
        if size.rawValue % hop.rawValue != 0 {
            throw error(
                span,
                "\(durationText(size)) is not a multiple of \(durationText(hop)); "
                    + "`over` has to be one of `every`")
        }
        return Window(size: size, hop: hop)
    }

    private mutating func duration(_ wanted: String) throws(QueryError) -> Nanoseconds {
        want(wanted)
        guard case .quantity(let text) = token.kind else { throw unexpected() }
        guard let duration = parseDuration(text) else {
            let isNumber = text.unicodeScalars.allSatisfy(\.isDigit)
            let advice =
                isNumber
                ? "has no unit: write `\(text.prefix(18))s` or `\(text.prefix(18))ms`"
                : "is not a duration like `250ms`, `10s` or `1h30m`"
            throw error(token.span, "\(source.shown(token.span)) \(advice)")
        }
        if duration == .zero { throw error(token.span, "a duration here is longer than 0") }
        advance()
        return duration
    }

    private func checkNames(
        _ aggregates: [ReadAggregate], _ keys: [FieldPath]
    ) throws(QueryError) {
        for read in aggregates where keys.contains(where: { $0.name == read.aggregate.name }) {
            throw error(
                read.nameSpan,
                "`\(read.aggregate.name)` is also the name of a field in `by`; give the aggregate "
                    + "another one with `as`")
        }
    }
}
