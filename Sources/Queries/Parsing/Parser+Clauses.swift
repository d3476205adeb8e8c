import Events

/// The name of a column, and what gives it that name.
private struct ReadName {
    var name: String
    var span: Range<Int>
}

/// A query and its clauses.
extension Parser {
    mutating func query() throws(QueryError) -> Query {
        var query = Query(aggregates: [])
        var names: [ReadName] = []
        if functionName == "top" {
            let (top, span) = try top()
            query.top = top
            names = [ReadName(name: top.name, span: span)]
        } else {
            let read = try aggregates()
            query.aggregates = read.map(\.aggregate)
            names = read.map { ReadName(name: $0.aggregate.name, span: $0.nameSpan) }
        }
        if accept(.from) { query.stream = try streamName() }
        if accept(.where) { query.predicate = try predicate() }
        if accept(.by) { query.keys = try keys(reserved: query.top == nil ? [] : Top.columns) }
        if accept(.over) { query.window = try window() }
        try expectEnd()
        try checkNames(names, query.keys)
        return query
    }

    private mutating func predicate() throws(QueryError) -> Expression {
        let condition = try wholeExpression()
        return try truth(condition, for: "`where`")
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

    /// `reserved`: names of columns that the result has anyway.
    private mutating func keys(reserved: [String]) throws(QueryError) -> [FieldPath] {
        var keys: [FieldPath] = []
        repeat {
            let start = token.span.lowerBound
            let key = try field()
            let span = start..<token(after: -1).span.upperBound
            if keys.contains(where: { $0.name == key.name }) {
                throw error(span, "`by` names \(source.shown(span)) twice")
            }
            if reserved.contains(key.name) {
                throw error(
                    span,
                    "`top` has a column `\(key.name)` of its own, so it can't group by a field of "
                        + "this name")
            }
            if keys.count == Query.Limit.keys {
                throw error(span, "a query groups by at most \(Query.Limit.keys) fields")
            }
            keys.append(key)
        } while accept(",")
        return keys
    }

    private mutating func window() throws(QueryError) -> Window {
        if functionName == "session" { return try session() }
        want("a duration such as `10s`")
        want("`session(30s)`", words: ["session"])
        let size = try duration()
        guard accept(.every) else { return Window(size: size, hop: size) }
        let span = token.span
        want("a duration such as `1s`")
        let hop = try duration()
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

    private mutating func session() throws(QueryError) -> Window {
        advance()
        advance()
        want("a duration such as `30s`")
        let gap = try duration()
        try expect(")")
        if token.kind == .word(Keyword.every.rawValue) {
            throw error(
                token.span,
                "a session has no `every`: it begins with an event and ends when for "
                    + "\(durationText(gap)) no other has come")
        }
        return .session(gap: gap)
    }

    mutating func duration() throws(QueryError) -> Nanoseconds {
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

    private func checkNames(_ names: [ReadName], _ keys: [FieldPath]) throws(QueryError) {
        for read in names where keys.contains(where: { $0.name == read.name }) {
            throw error(
                read.span,
                "`\(read.name)` is also the name of a field in `by`; give the aggregate "
                    + "another one with `as`")
        }
    }
}
