/// A word of a query, and where it stands.
struct Token: Hashable {
    enum Kind: Hashable {
        /// A plain name or keyword.
        case name(String)
        /// A name in backticks: never a keyword.
        case quotedName(String)
        case number(Double)
        /// A number with letters behind it: `250ms`, `4KiB`.
        case measure(String)
        case string(String)
        /// Punctuation and operators.
        case symbol(String)
        case end
    }

    var kind: Kind
    /// As written.
    var text: String
    /// From 1, in characters.
    var column: Int

    var length: Int { max(1, text.count) }

    /// As an error names it.
    var shown: String { kind == .end ? "the end" : "`\(text)`" }
}
