/// A line of the form `name: value`, taken as text: what was meant where YAML reads otherwise.
struct KeyLine {
    var name: String
    /// What stands after the colon, without blanks around it.
    var rest: String
    var restOffset: Int
    private let indent: String
    /// Whether the line is one of `views`, so that its value is a query.
    let isView: Bool

    /// Nil if the line at this offset has another form.
    init?(at offset: Int, in source: SourceText) {
        let index = source.lineIndex(at: offset)
        let start = source.lineStart(index)
        let end = source.lineEnd(at: start)
        var at = start
        while at < end, source[at] == " " { at += 1 }
        let nameStart = at
        while at < end, !(source[at] == ":" && source[at + 1].isBlank) { at += 1 }
        name = source.string(nameStart..<at)
        guard at < end, Name.isValid(name) else { return nil }
        at += 1
        while at < end, source[at].isBlank { at += 1 }
        var restEnd = end
        while restEnd > at, source[restEnd - 1].isBlank { restEnd -= 1 }
        restOffset = at
        rest = source.string(at..<restEnd)
        indent = source.string(start..<nameStart)
        isView = nameStart > start && KeyLine.section(above: index, in: source) == "views"
    }

    /// The line's value where YAML would keep it as it is: a query in a `|` block, anything else
    /// in quotes.
    var rewritten: String {
        isView
            ? "\(indent)\(printable(name)): |\n\(indent)  \(printable(rest))"
            : "\(indent)\(printable(name)): \(printable(doubleQuoted(rest)))"
    }

    var advice: String {
        (isView ? "a `|` block keeps a query as it is:" : "quotes keep it as it is:")
            + "\n" + rewritten
    }

    /// What makes YAML read the value otherwise; nil if nothing does.
    var trap: String? {
        guard let first = rest.unicodeScalars.first else { return nil }
        if "[{".unicodeScalars.contains(first) { return nil }
        if "\"'".unicodeScalars.contains(first) {
            return "a value that begins with a quote ends at the next one"
        }
        if "`@%*&!|>".unicodeScalars.contains(first) {
            return "a value can't begin with \(quotedPiece(String(first)))"
        }
        return rest.contains(": ") || rest.hasSuffix(":")
            ? "YAML takes the `: ` inside the value for the end of another key" : nil
    }

    private static func section(above index: Int, in source: SourceText) -> String? {
        for line in stride(from: index, through: 0, by: -1) {
            let start = source.lineStart(line)
            let first = source[start]
            if first.isBlank || first == "#" { continue }
            let text = source.line(line + 1)
            return String(text.prefix { $0 != ":" }).filter { $0 != "\"" && $0 != " " }
        }
        return nil
    }
}

/// What streams and views may be called: `[A-Za-z_][A-Za-z0-9_-]*`, at most 64 characters.
enum Name {
    static let limit = 64

    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= limit else { return false }
        return isLetter(first) && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2D }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == UInt8(ascii: "_")
    }
}
