/// What the parser says when something is wrong.
extension Parser {
    func error(_ span: Range<Int>, _ message: String) -> QueryError {
        source.error(span, message)
    }

    /// `what` is part of the language, but of a later version.
    func later(_ span: Range<Int>, _ what: String) -> QueryError {
        source.error(span, what + " not built yet", kind: .notBuiltYet)
    }

    /// The token under the cursor is none of those that were wanted.
    func unexpected() -> QueryError {
        switch token.kind {
        case .invalid(let message): return error(token.span, message)
        case .symbol("=~"): return later(token.span, "matching with `=~` is")
        default: break
        }
        let read = token.kind == .end ? "the end" : source.shown(token.span)
        var message = "expected \(expectations), read \(read)"
        if let hint { message += "; " + hint }
        return error(token.span, message)
    }

    private var expectations: String {
        let texts = wanted.map(\.text)
        guard texts.count > 1 else { return texts.first ?? "nothing" }
        return texts.dropLast().joined(separator: ", ") + " or " + texts[texts.count - 1]
    }

    private var hint: String? {
        switch token.kind {
        case .word(let word): hint(for: word)
        case .symbol(let symbol): hint(forSymbol: symbol)
        default: nil
        }
    }

    private func hint(for word: String) -> String? {
        if let keyword = Keyword(anyCase: word) {
            if keyword.rawValue != word { return "write `\(keyword.rawValue)`, in lower case" }
            return hint(for: keyword)
        }
        if wants("an operator"), let way = Self.conditionsElsewhere[word.lowercased()] {
            return way
        }
        let words = wanted.flatMap(\.words)
        let meant = Self.clausesElsewhere[word.lowercased()] ?? word
        return nearestName(to: meant, in: words).map { "did you mean `\($0)`?" }
    }

    private func hint(for keyword: Keyword) -> String? {
        if wants("a field") || wants("a value") || wants("a stream's name") {
            return "a name that is a keyword stands in backticks"
        }
        guard wants("the end"), Self.clauses.contains(keyword) else { return nil }
        return "the order is `from`, `where`, `by`, `over`, `every`, each at most once"
    }

    private func hint(forSymbol symbol: String) -> String? {
        if let ours = Self.symbolsElsewhere[symbol] { return "weir writes \(ours)" }
        return symbol == "." && wants("a value") ? "a number begins with a digit: `0.5`" : nil
    }

    private func wants(_ text: String) -> Bool { wanted.contains { $0.text == text } }

    private static let clauses: Set<Keyword> = [.from, .where, .by, .over, .every]

    private static let clausesElsewhere = [
        "group": "by", "groupby": "by", "per": "by", "filter": "where", "window": "over",
        "when": "where", "if": "where", "hop": "every", "slide": "every",
    ]

    private static let conditionsElsewhere = [
        "is": "compare with `==`, or ask `exists(x)`",
        "like": "compare with `==` or `in [...]`",
        "between": "write `a <= x and x <= b`",
    ]

    private static let symbolsElsewhere = [
        "=": "`==`", "&&": "`and`", "||": "`or`", "!": "`not`", "<>": "`!=`", "&": "`and`",
        "|": "`or`", "“": "strings in \"straight\" quotes", "”": "strings in \"straight\" quotes",
        "‘": "strings in 'straight' quotes", "’": "strings in 'straight' quotes",
    ]
}
