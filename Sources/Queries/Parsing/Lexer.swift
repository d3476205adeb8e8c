/// Cuts a query into tokens.
struct Lexer {
    static let lengthLimit = 4096

    private let characters: [Character]
    private var at = 0

    static func tokens(of text: String) throws(QueryError) -> [Token] {
        guard text.count <= lengthLimit else {
            throw QueryError(
                column: lengthLimit + 1,
                message: "a query has at most \(lengthLimit) characters; this has \(text.count)")
        }
        var lexer = Lexer(characters: Array(text))
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last!.kind != .end
        return tokens
    }

    private init(characters: [Character]) { self.characters = characters }

    private var current: Character? { at < characters.count ? characters[at] : nil }

    private mutating func next() throws(QueryError) -> Token {
        while current?.isWhitespace == true { at += 1 }
        let start = at
        guard let c = current else { return token(.end, from: start) }
        if c == "\"" || c == "'" { return token(.string(try quoted(c, "string")), from: start) }
        if c == "`" { return token(.quotedName(try quoted(c, "name")), from: start) }
        if c.isDigit { return try number(from: start) }
        if c.isNameStart {
            while current?.isNamePart == true { at += 1 }
            takePercentFraction(from: start)
            return token(.name(String(characters[start..<at])), from: start)
        }
        return try symbol(from: start)
    }

    private func token(_ kind: Token.Kind, from start: Int) -> Token {
        Token(kind: kind, text: String(characters[start..<at]), column: start + 1)
    }

    private mutating func number(from start: Int) throws(QueryError) -> Token {
        takeDigits()
        if current == ".", at + 1 < characters.count, characters[at + 1].isDigit {
            at += 1
            takeDigits()
        }
        takeExponent()
        if current?.isNameStart == true {
            while current?.isNamePart == true { at += 1 }
            return token(.measure(String(characters[start..<at])), from: start)
        }
        guard let value = Double(String(characters[start..<at])), value.isFinite else {
            throw QueryError(
                column: start + 1, length: at - start,
                message: "the number is larger than any that can be computed with")
        }
        return token(.number(value), from: start)
    }

    /// `p99.9` is one name.
    private mutating func takePercentFraction(from start: Int) {
        let name = characters[start..<at]
        guard name.first == "p", name.count > 1, name.dropFirst().allSatisfy(\.isDigit),
            current == ".", at + 1 < characters.count, characters[at + 1].isDigit
        else { return }
        at += 1
        takeDigits()
    }

    private mutating func takeDigits() {
        while current?.isDigit == true { at += 1 }
    }

    private mutating func takeExponent() {
        guard current == "e" || current == "E" else { return }
        var ahead = at + 1
        if ahead < characters.count, "+-".contains(characters[ahead]) { ahead += 1 }
        guard ahead < characters.count, characters[ahead].isDigit else { return }
        at = ahead
        takeDigits()
    }

    private mutating func symbol(from start: Int) throws(QueryError) -> Token {
        let two = String(characters[at..<min(at + 2, characters.count)])
        if ["==", "!=", "<=", ">=", "=~"].contains(two) {
            at += 2
            return token(.symbol(two), from: start)
        }
        let one = characters[at]
        at += 1
        if "()[],.<>+-*/%".contains(one) { return token(.symbol(String(one)), from: start) }
        let hint =
            one == "=" ? "; did you mean `==`?" : one == "&" || one == "|" ? "; write and, or" : ""
        throw QueryError(column: start + 1, message: "`\(one)` means nothing here\(hint)")
    }

    /// The text between two quotes, its escapes resolved.
    private mutating func quoted(_ quote: Character, _ what: String) throws(QueryError) -> String {
        let start = at
        var text = ""
        at += 1
        while let c = current {
            at += 1
            if c == quote { return text }
            if c == "\\", quote != "`" {
                text.append(try escape())
            } else {
                text.append(c)
            }
        }
        throw QueryError(
            column: start + 1, length: at - start,
            message: "the \(what) that begins here has no closing \(quote)")
    }

    private mutating func escape() throws(QueryError) -> Character {
        let start = at
        let c = current
        at += 1
        switch c {
        case "n": return "\n"
        case "t": return "\t"
        case "\\", "\"", "'": return c!
        case "u":
            let end = min(at + 4, characters.count)
            let digits = String(characters[at..<end])
            at = end
            if digits.count == 4, let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code)
            {
                return Character(scalar)
            }
        default: break
        }
        throw QueryError(
            column: start, length: 2,
            message: "after a backslash: \\ \" ' n t, or u and four hexadecimal digits")
    }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
    fileprivate var isNameStart: Bool { isLetter || self == "_" }
    fileprivate var isNamePart: Bool { isNameStart || isDigit }
}
