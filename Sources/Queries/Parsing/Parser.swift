import Events

/// A recursive-descent parser of one query: where it is, and what it has looked for there.
///
/// It checks types as it goes, because an expression doesn't keep its place in the text.
struct Parser {
    /// What the expression that is being read is computed from.
    enum Scope {
        /// The fields of one event.
        case events
        /// Aggregates: no field stands outside of a call.
        case aggregates
        /// The columns of views, which are numbers.
        case columns
    }

    /// Something that could stand at a place.
    struct Expectation: Hashable {
        /// As a message names it.
        var text: String
        /// The words it may begin with, of which one may have been misspelt.
        var words: [String] = []
    }

    let source: QuerySource
    private let tokens: [Token]
    private var position = 0
    /// What was looked for at `position`, in that order.
    private(set) var wanted: [Expectation] = []
    /// Parentheses, `not` and `-` that are open.
    var nesting = 0
    var scope = Scope.events
    /// In the expression that is being read.
    var operators = 0
    /// The calls in the aggregate that is being read.
    var calls: [ReadCall] = []
    /// Of fields whose unit their names don't tell.
    private let units: [FieldPath: Unit]

    init(_ source: QuerySource, units: [FieldPath: Unit] = [:]) {
        self.source = source
        self.units = units
        tokens = Lexer.tokens(of: source)
    }

    var token: Token { tokens[position] }

    /// The token `count` behind the current one; the last where there are no more.
    func token(after count: Int) -> Token { tokens[min(position + count, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = token
        precondition(!token.isLast, "nothing follows the last token")
        position += 1
        wanted = []
        return token
    }

    /// Remembers for a message that this could stand here.
    mutating func want(_ text: String, words: [String] = []) {
        let expectation = Expectation(text: text, words: words)
        if !wanted.contains(expectation) { wanted.append(expectation) }
    }

    mutating func accept(_ keyword: Keyword) -> Bool {
        want("`\(keyword.rawValue)`", words: [keyword.rawValue])
        guard token.kind == .word(keyword.rawValue) else { return false }
        advance()
        return true
    }

    mutating func accept(_ symbol: String) -> Bool {
        want("`\(symbol)`")
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(QueryError) {
        if !accept(symbol) { throw unexpected() }
    }

    mutating func expectEnd() throws(QueryError) {
        want("the end")
        if token.kind != .end { throw unexpected() }
    }

    /// The word under the cursor if an opening parenthesis follows it: a function's name.
    var functionName: String? {
        guard case .word(let name) = token.kind, token(after: 1).kind == .symbol("(") else {
            return nil
        }
        return Keyword(anyCase: name) == nil ? name : nil
    }

    /// What the field counts; the suffix of its last name says it where nothing else does.
    func unit(of field: FieldPath) -> Unit? {
        if let unit = units[field] { return unit }
        let names = field.steps.compactMap { if case .name(let name) = $0 { name } else { nil } }
        return names.last.flatMap { Unit(suffixOf: $0) }
    }
}
