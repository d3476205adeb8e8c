/// Cuts a query into tokens, of which the last is the end or the first that is wrong.
struct Lexer {
    let source: QuerySource
    var at = 0
    private var lastEnd = 0

    static func tokens(of source: QuerySource) -> [Token] {
        var lexer = Lexer(source: source)
        var tokens: [Token] = []
        repeat { tokens.append(lexer.next()) } while !tokens[tokens.count - 1].isLast
        return tokens
    }

    private init(source: QuerySource) { self.source = source }

    /// The scalar `offset` behind the one to be read; nil past the end.
    func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        at + offset < source.scalars.count ? source.scalars[at + offset] : nil
    }

    private mutating func next() -> Token {
        while peek()?.isBlank == true { at += 1 }
        let start = at
        guard let first = peek() else { return Token(kind: .end, span: lastEnd..<lastEnd) }
        let token: Token =
            switch first {
            case "\"", "'": string(quote: first)
            case "`": quotedName()
            case _ where first.isDigit: quantity()
            case _ where first.isWordStart: word()
            default: symbol()
            }
        precondition(at > start || token.isLast, "a token has at least one scalar")
        lastEnd = at
        return token
    }

    private mutating func word() -> Token {
        let start = at
        while peek()?.isWordPart == true { at += 1 }
        if isPercentile(start..<at), peek() == ".", peek(1)?.isDigit == true {
            at += 1
            while peek()?.isDigit == true { at += 1 }
        }
        return Token(kind: .word(source.text(start..<at)), span: start..<at)
    }

    /// `p` and digits: the point in `p99.9` is not that of a path, whose names begin with no digit.
    private func isPercentile(_ span: Range<Int>) -> Bool {
        let word = source.scalars[span]
        return word.count > 1 && word.first == "p" && word.dropFirst().allSatisfy(\.isDigit)
    }

    private mutating func quantity() -> Token {
        let start = at
        while let scalar = peek() {
            if scalar.isWordPart || scalar == "." && peek(1)?.isDigit == true {
                at += 1
            } else if scalar == "+" || scalar == "-", isExponent(start..<at) {
                at += 1
            } else {
                break
            }
        }
        return Token(kind: .quantity(source.text(start..<at)), span: start..<at)
    }

    /// A decimal number up to its `e`, behind which a sign and a digit go on with it.
    private func isExponent(_ span: Range<Int>) -> Bool {
        let read = source.scalars[span]
        guard let last = read.last, last == "e" || last == "E" else { return false }
        return peek(1)?.isDigit == true && read.dropLast().allSatisfy { $0.isDigit || $0 == "." }
    }

    private mutating func symbol() -> Token {
        let start = at
        if start + 2 <= source.scalars.count {
            let pair = source.text(start..<(start + 2))
            if Self.pairs.contains(pair) {
                at += 2
                return Token(kind: .symbol(pair), span: start..<at)
            }
        }
        at += 1
        return Token(kind: .symbol(source.text(start..<at)), span: start..<at)
    }

    /// The signs of two characters, and those that people know from elsewhere.
    private static let pairs: Set = ["==", "!=", "<=", ">=", "=~", "!~", "&&", "||", "<>"]
}
