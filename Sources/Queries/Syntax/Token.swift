/// A word, number, string or sign of a query, and where it stands.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A name, a keyword or a function; `p99.9` is one word.
        case word(String)
        /// A name in backticks.
        case quoted(String)
        /// What begins with a digit: a number, a duration, a number with a unit.
        case quantity(String)
        /// A string's value, its escapes read.
        case string(String)
        /// One sign of the language, or any other character that has no meaning in it.
        case symbol(String)
        /// A string or a quoted name that is wrong, and why. Nothing follows it.
        case invalid(String)
        case end
    }

    var kind: Kind
    /// The scalars it is written with.
    var span: Range<Int>

    var isLast: Bool {
        switch kind {
        case .end, .invalid: true
        default: false
        }
    }
}

/// The words that mean something wherever they stand, in any mix of cases: a field or stream of
/// such a name stands in backticks.
///
/// Only the lower case is understood. The others are reserved so that `ok == TRUE` is an error
/// and not a comparison with a field that no event has.
enum Keyword: String, CaseIterable {
    case from, `where`, by, over, every
    case `as`, and, or, not, `in`, `true`, `false`, null

    init?(anyCase word: String) { self.init(rawValue: word.lowercased()) }
}

extension Unicode.Scalar {
    var isDigit: Bool { "0"..."9" ~= self }

    var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }

    /// May begin a name without backticks (Unicode Standard Annex 31, and `_`).
    var isWordStart: Bool { self == "_" || properties.isXIDStart }

    /// May go on in one.
    var isWordPart: Bool { properties.isXIDContinue }
}

/// Whether `name` can be written without backticks: a word that is no keyword.
func isBareName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.isWordStart else { return false }
    return name.unicodeScalars.allSatisfy(\.isWordPart) && Keyword(anyCase: name) == nil
}
