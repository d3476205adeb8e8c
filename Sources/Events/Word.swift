/// Names and values as words of a line, between which a single space stands.
package enum Word {
    /// Space as `\s`, newline as `\n`, carriage return as `\r`, backslash doubled; an empty text
    /// as `\e`.
    package static func escaped(_ text: String) -> String {
        if text.isEmpty { return "\\e" }
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case " ": word.append(contentsOf: "\\s".unicodeScalars)
            case "\n": word.append(contentsOf: "\\n".unicodeScalars)
            case "\r": word.append(contentsOf: "\\r".unicodeScalars)
            case "\\": word.append(contentsOf: "\\\\".unicodeScalars)
            default: word.append(scalar)
            }
        }
        return String(word)
    }

    package static func unescaped(_ word: some StringProtocol) -> String? {
        if word == "\\e" { return "" }
        var text = String.UnicodeScalarView()
        var rest = Substring(word).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "s": text.append(" ")
            case "n": text.append("\n")
            case "r": text.append("\r")
            case "\\": text.append("\\")
            default: return nil
            }
        }
        return String(text)
    }

    /// By bytes: a space before a combining mark is still a space.
    package static func split(_ line: some StringProtocol) -> [Substring] {
        let text = Substring(line)
        return text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { Substring($0) }
    }
}

extension Scalar {
    /// As one word: `-`, `t`, `f`, `n` and the number's bits, `s` and the text.
    package var word: String {
        switch self {
        case .null: "-"
        case .bool(let truth): truth ? "t" : "f"
        case .number(let x): "n" + String(x.bitPattern, radix: 16)
        case .string(let text): "s" + Word.escaped(text)
        }
    }

    package init?(word: some StringProtocol) {
        let rest = word.dropFirst()
        switch word.first {
        case "-" where rest.isEmpty: self = .null
        case "t" where rest.isEmpty: self = .bool(true)
        case "f" where rest.isEmpty: self = .bool(false)
        case "n":
            guard let bits = UInt64(rest, radix: 16) else { return nil }
            self = .number(Double(bitPattern: bits))
        case "s":
            guard let text = Word.unescaped(rest) else { return nil }
            self = .string(text)
        default: return nil
        }
    }
}

extension Key {
    package var words: String { values.map(\.word).joined(separator: " ") }

    package init?(words: some Collection<Substring>) {
        let values = words.compactMap { Scalar(word: $0) }
        guard values.count == words.count else { return nil }
        self.init(values)
    }
}
