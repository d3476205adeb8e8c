import Events
import Patterns

/// What narrows every panel: the keys one of whose values is matched, as a regular expression,
/// upper and lower case alike; with `!` in front the others. What is no regular expression (yet) is
/// looked for as it stands.
struct KeyFilter: Sendable {
    var text = "" {
        didSet { if text != oldValue { expression = Self.expression(wanted) } }
    }
    fileprivate var expression: RegularExpression?

    private static func expression(_ text: String) -> RegularExpression? {
        text.isEmpty ? nil : try? RegularExpression("(?i)" + text)
    }

    fileprivate var isInverted: Bool { text.hasPrefix("!") }

    fileprivate var wanted: String { isInverted ? String(text.dropFirst()) : text }

    var isEmpty: Bool { wanted.isEmpty }

    /// Whether the text can't be read as a regular expression.
    var isLiteral: Bool { !isEmpty && expression == nil }

    /// For one thread and one frame.
    var sieve: KeySieve { KeySieve(self) }
}

/// A filter with the memory that matching needs.
struct KeySieve {
    let filter: KeyFilter
    private let matcher: Matcher?

    fileprivate init(_ filter: KeyFilter) {
        self.filter = filter
        matcher = filter.expression.map { Matcher($0) }
    }

    var isEmpty: Bool { filter.isEmpty }

    func passes(_ key: Key) -> Bool { passes(key.values.map(\.description)) }

    func passes(_ values: [String]) -> Bool {
        filter.isEmpty || values.contains(where: finds) != filter.isInverted
    }

    private func finds(_ value: String) -> Bool {
        guard let matcher else { return value.lowercased().contains(filter.wanted.lowercased()) }
        var value = value
        return value.withUTF8 { matcher.match(UnsafeRawBufferPointer($0)) == .match }
    }
}
