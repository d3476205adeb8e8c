import Events

/// Reads a query by recursive descent; the grammar is in `docs/query-language.md`.
struct QueryParser {
    static let nestingLimit = 64
    static let aggregateLimit = 64
    static let keyLimit = 8
    static let clauses = ["from", "where", "by", "over", "every", "as"]
    static let words = clauses + ["and", "or", "not", "in", "true", "false", "null", "exists"]

    private let tokens: [Token]
    private var at = 0
    var depth = 0

    init(_ text: String) throws(QueryError) { tokens = try Lexer.tokens(of: text) }

    var current: Token { tokens[at] }
    var following: Token { tokens[min(at + 1, tokens.count - 1)] }

    mutating func advance() { at = min(at + 1, tokens.count - 1) }

    func isWord(_ word: String) -> Bool { current.kind == .name(word) }
    func isSymbol(_ symbol: String) -> Bool { current.kind == .symbol(symbol) }

    mutating func skip(word: String) -> Bool {
        guard isWord(word) else { return false }
        advance()
        return true
    }

    mutating func skip(symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(symbol: String) throws(QueryError) {
        guard skip(symbol: symbol) else { throw expected("`\(symbol)`") }
    }

    /// What was read and what could stand there, with the nearest word.
    func expected(_ what: String, of words: [String] = []) -> QueryError {
        var message = "expected \(what), read \(current.shown)"
        if case .name(let name) = current.kind {
            if words.contains(name.lowercased()), !words.contains(name) {
                message += "; keywords are in lower case: `\(name.lowercased())`"
            } else if let near = nearestName(to: name, in: words) {
                message += "; did you mean `\(near)`?"
            }
        }
        return error(message)
    }

    func error(_ message: String, at token: Token? = nil) -> QueryError {
        let token = token ?? current
        return QueryError(column: token.column, length: token.length, message: message)
    }

    func notBuiltYet(_ what: String, at token: Token? = nil) -> QueryError {
        let token = token ?? current
        return QueryError(
            kind: .notBuiltYet, column: token.column, length: token.length,
            message: "\(what) is not built yet")
    }

    /// One level of nesting deeper, as long as that is allowed.
    mutating func nested<R>(
        _ body: (inout QueryParser) throws(QueryError) -> R
    ) throws(QueryError) -> R {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.nestingLimit else {
            throw error("nested deeper than \(Self.nestingLimit)")
        }
        return try body(&self)
    }

    mutating func query() throws(QueryError) -> Query {
        var query = Query(aggregates: try aggregates())
        if skip(word: "from") { query.stream = try name("a stream's name") }
        if skip(word: "where") { query.predicate = try predicate() }
        if skip(word: "by") { query.keys = try keys(besides: query.aggregates) }
        if skip(word: "over") { query.window = try window() }
        guard current.kind == .end else { throw expected(rest(of: query), of: Self.clauses) }
        return query
    }

    /// What may follow the clauses that were read.
    private func rest(of query: Query) -> String {
        if query.window != nil { return "the end" }
        if !query.keys.isEmpty { return "`over` or the end" }
        if query.predicate != nil { return "`and`, `or`, `by`, `over` or the end" }
        return query.stream == nil
            ? "`,`, `as`, `from`, `where`, `by`, `over` or the end"
            : "`where`, `by`, `over` or the end"
    }

    mutating func name(_ what: String) throws(QueryError) -> String {
        switch current.kind {
        case .name(let name) where !Self.words.contains(name):
            advance()
            return name
        case .quotedName(let name) where !name.isEmpty:
            advance()
            return name
        default: throw expected(what)
        }
    }

    private mutating func keys(besides aggregates: [Aggregate]) throws(QueryError) -> [FieldPath] {
        var keys: [FieldPath] = []
        repeat {
            let token = current
            let key = try path()
            guard !keys.contains(key) else { throw error("`\(key)` stands here twice", at: token) }
            guard !aggregates.contains(where: { $0.name == key.name }) else {
                throw error(
                    "a column would be named `\(key.name)` twice; name the aggregate with `as`",
                    at: token)
            }
            keys.append(key)
            guard keys.count <= Self.keyLimit else {
                throw error("at most \(Self.keyLimit) fields in `by`", at: token)
            }
        } while skip(symbol: ",")
        return keys
    }

    private mutating func window() throws(QueryError) -> Window {
        if isWord("session") { throw notBuiltYet("`over session(…)`") }
        let size = try duration("a window's length, as in `over 10s`")
        guard skip(word: "every") else { return Window(size: size, hop: size) }
        let token = current
        let hop = try duration("how often, as in `over 30s every 1s`")
        guard hop <= size, size.rawValue % hop.rawValue == 0 else {
            let message = "a window of \(durationText(size)) must be a multiple of its hop"
            throw error("\(message), and \(durationText(hop)) doesn't divide it", at: token)
        }
        return Window(size: size, hop: hop)
    }

    private mutating func duration(_ what: String) throws(QueryError) -> Nanoseconds {
        guard case .measure(let text) = current.kind, let value = parseDuration(text) else {
            if case .number = current.kind {
                throw error("a length of time needs its unit: `\(current.text)s`")
            }
            throw expected("\(what) (units: ns us ms s m h d)")
        }
        guard value > .zero else { throw error("a length of time is more than 0") }
        advance()
        return value
    }
}

extension Query {
    /// Reads and checks a query.
    package init(parsing text: String) throws(QueryError) {
        var parser = try QueryParser(text)
        self = try parser.query()
    }
}
