/// What the parser says when something is wrong.
extension Parser {
    func error(_ span: Range<Int>, _ message: String) -> QueryError {
        source.error(span, message)
    }

    /// The token under the cursor is none of those that were wanted.
    func unexpected() -> QueryError {
        if case .invalid(let message) = token.kind { return error(token.span, message) }
        if let error = agoError { return error }
        let read = token.kind == .end ? "the end" : source.shown(token.span)
        var message = "expected \(expectations), read \(read)"
        if let hint { message += "; " + hint }
        return error(token.span, message)
    }

    /// What to say of `10m ago` under the cursor, which is for rules alone.
    var agoError: QueryError? {
        let end = token(after: 1)
        guard case .quantity = token.kind, end.kind == .word("ago") else { return nil }
        let span = token.span.lowerBound..<end.span.upperBound
        if scope == .columns {
            return error(
                span, "`ago` stands behind a view's column: `load.rate 10m ago`")
        }
        return error(
            span,
            "an earlier value is something that a rule asks for, in the `when` of an alert")
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
        if wants("`as`"), Expression.Operator(rawValue: symbol)?.isComparison == true {
            return "aggregates are compared in the `when` of an alert"
        }
        return symbol == "." && wants("a value") ? "a number begins with a digit: `0.5`" : nil
    }

    private func wants(_ text: String) -> Bool { wanted.contains { $0.text == text } }

    private static let clauses: Set<Keyword> = [.from, .where, .by, .over, .every]

    private static let clausesElsewhere = [
        "group": "by", "groupby": "by", "per": "by", "filter": "where", "window": "over",
        "when": "where", "if": "where", "hop": "every", "slide": "every",
    ]

    private static let matching = "write `text =~ \"pattern\"`, with a regular expression"

    private static let conditionsElsewhere = [
        "is": "compare with `==`, or ask `exists(x)`",
        "like": matching, "ilike": matching, "rlike": matching, "regexp": matching,
        "matches": matching, "contains": "write `contains(text, part)`",
        "between": "write `a <= x and x <= b`",
    ]

    private static let symbolsElsewhere = [
        "=": "`==`", "~": "`=~`", "!~": "`not text =~ \"pattern\"`", "&&": "`and`", "||": "`or`",
        "!": "`not`", "<>": "`!=`", "&": "`and`",
        "|": "`or`", "“": "strings in \"straight\" quotes", "”": "strings in \"straight\" quotes",
        "‘": "strings in 'straight' quotes", "’": "strings in 'straight' quotes",
    ]
}
