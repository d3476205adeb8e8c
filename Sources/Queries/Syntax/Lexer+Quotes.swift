/// Strings and names in backticks.
extension Lexer {
    mutating func quotedName() -> Token {
        let start = at
        at += 1
        while let scalar = peek(), scalar != "`" { at += 1 }
        guard peek() != nil else {
            return invalid(start..<at, "the name that begins here has no closing backtick")
        }
        at += 1
        let name = source.text((start + 1)..<(at - 1))
        if name.isEmpty { return invalid(start..<at, "a name in backticks can't be empty") }
        return Token(kind: .quoted(name), span: start..<at)
    }

    mutating func string(quote: Unicode.Scalar) -> Token {
        let start = at
        at += 1
        var value = String.UnicodeScalarView()
        while let scalar = peek(), scalar != quote {
            if scalar == "\\" {
                let escape = at
                guard let meant = escapedScalar() else { return wrongEscape(at: escape) }
                value.append(meant)
            } else {
                value.append(scalar)
                at += 1
            }
        }
        guard peek() != nil else {
            return invalid(start..<at, "the string that begins here has no closing `\(quote)`")
        }
        at += 1
        return Token(kind: .string(String(value)), span: start..<at)
    }

    /// Reads the escape at `at`; nil if there is no such escape.
    private mutating func escapedScalar() -> Unicode.Scalar? {
        let letter = peek(1)
        at += 2
        switch letter {
        case "\\", "\"", "'": return letter
        case "n": return "\n"
        case "t": return "\t"
        case "u": return unicodeEscape()
        default: return nil
        }
    }

    /// The digits of `\uXXXX`; two of them where UTF-16 needs two.
    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let unit = hexadecimal() else { return nil }
        if !(0xD800..<0xE000 ~= unit) { return Unicode.Scalar(unit) }
        guard unit < 0xDC00, peek() == "\\", peek(1) == "u" else { return nil }
        at += 2
        guard let low = hexadecimal(), 0xDC00..<0xE000 ~= low else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = peek(), scalar.isASCII,
                let digit = Character(scalar).hexDigitValue
            else { return nil }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    private func wrongEscape(at escape: Int) -> Token {
        let end = min(max(at, escape + 1), source.scalars.count)
        return invalid(
            escape..<end,
            "\(source.shown(escape..<end)) is no escape; there are `\\\\`, `\\\"`, `\\'`, `\\n`, "
                + "`\\t` and `\\u` with four hexadecimal digits" + patternAdvice(escape..<end))
    }

    /// `\d` is known from regular expressions, which stand in strings like everything else.
    private func patternAdvice(_ escape: Range<Int>) -> String {
        let letter = source.scalars[escape].dropFirst()
        guard letter.count == 1, let letter = letter.first, 0x21..<0x7F ~= letter.value,
            letter != "u"
        else { return "" }
        return "; a regular expression's `\\\(letter)` is written `\\\\\(letter)`"
    }

    private func invalid(_ span: Range<Int>, _ message: String) -> Token {
        Token(kind: .invalid(message), span: span)
    }
}
