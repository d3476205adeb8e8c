import Events

/// An alert in words, with places for what is only known when it fires:
/// `{count} sites above 80 °C for {for}: {groups}`. `{{` and `}}` are braces.
package struct SummaryTemplate: Hashable, Sendable {
    /// What can be asked of every alert; beside them stand the fields that name its groups.
    package static let names = ["alert", "count", "for", "groups", "value"]

    private enum Part: Hashable, Sendable {
        case text(String)
        case place(String)
    }

    /// What is wrong with a template: the name that isn't known, or a brace without its other.
    package enum Mistake: Error, Hashable {
        case unknown(String)
        case openBrace, closeBrace
    }

    private var parts: [Part] = []
    /// As it was written.
    package let written: String

    /// `fields`: the names by which the alert's views group.
    package init(_ text: String, fields: [String]) throws(Mistake) {
        written = text
        var plain = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                plain.append(character)
                rest.removeFirst()
            case "}": throw .closeBrace
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw .openBrace }
                let name = String(rest[..<end])
                guard Self.names.contains(name) || fields.contains(name) else {
                    throw .unknown(name)
                }
                parts += [.text(plain), .place(name)]
                plain = ""
                rest = rest[rest.index(after: end)...]
            default: plain.append(character)
            }
        }
        parts.append(.text(plain))
    }

    /// The text with each place filled; one that has no value is `–`.
    package func text(_ value: (String) -> String?) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .place(let name): value(name) ?? "–"
            }
        }.joined()
    }
}
