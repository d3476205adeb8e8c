import Queries

/// A query as one line, and where each of its characters stands in the file.
struct QueryText {
    /// Lines of a block are joined by spaces; without blanks at its end.
    let line: String
    private let style: DocumentNode.Style
    /// For each Unicode scalar of `line`, and its end.
    private let offsets: [Int]

    init(_ value: String, style: DocumentNode.Style, at offset: Int, in source: SourceText) {
        var scalars = value.unicodeScalars.map { $0.isBlank ? " " : $0 }
        while scalars.last == " " { scalars.removeLast() }
        line = String(String.UnicodeScalarView(scalars))
        self.style = style
        let all = ScalarText.offsets(of: value, style: style, from: offset, in: source)
        offsets = Array(all.prefix(scalars.count)) + [scalars.isEmpty ? offset : all[scalars.count]]
    }

    /// What is wrong with the query, in the file.
    func problem(_ error: QueryError) -> Problem {
        let (start, end) = (offset(error.column), offset(error.column + max(1, error.length)))
        return Problem(
            offset: start, length: max(1, end - start),
            kind: error.kind == .notBuiltYet ? .notBuiltYet : .invalid, message: error.message)
    }

    /// Where the name after `from` stands; the query's beginning if it can't be found.
    func offset(ofStream name: String) -> Int {
        let words = Array(line.unicodeScalars)
        let key = Array("from ".unicodeScalars)
        let target = Array(name.unicodeScalars)
        for i in words.indices where words[i...].starts(with: key) {
            let start = words[(i + key.count)...].firstIndex { $0 != " " } ?? words.count
            let name = words[start...].first == "`" ? start + 1 : start
            if words[name...].starts(with: target) { return offsets[name] }
        }
        return offsets[0]
    }

    /// The problem of a query that ends inside a string because YAML took the rest of its line,
    /// from ` #` on, for a comment; nil if that is not what happened.
    func cutQuery(in source: SourceText, _ entry: DocumentNode.Entry) -> Problem? {
        guard style == .plain, hasOpenQuote, let end = offsets.last else { return nil }
        let rest = source.string(end..<source.lineEnd(at: end))
        guard rest.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("#"),
            let line = KeyLine(at: entry.keyOffset, in: source)
        else { return nil }
        let hash = end + rest.unicodeScalars.prefix { $0 != "#" }.count
        return Problem(
            offset: hash, length: source.lineEnd(at: end) - hash,
            message: "YAML takes ` #` and what follows for a comment, so the query ends inside "
                + "a string: \(quotedPiece(self.line.suffix(24))); \(line.advice)")
    }

    private var hasOpenQuote: Bool {
        var open: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                isEscaped = false
            } else if open != nil, open != "`", character == "\\" {
                isEscaped = true
            } else if "\"'`".contains(character) {
                if open == nil { open = character } else if open == character { open = nil }
            }
        }
        return open != nil
    }

    /// Of a column from 1, in characters.
    private func offset(_ column: Int) -> Int {
        let before = line.prefix(max(0, column - 1)).unicodeScalars.count
        return offsets[min(before, offsets.count - 1)]
    }
}
