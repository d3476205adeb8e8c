/// Blanks comments and the insides of string literals, and keeps everything else, interpolations
/// too, in its place. Knows nested comments, and string literals of all kinds; no regex literals.
struct CodeBlanker {
    private let bytes: [UInt8]
    private var result: [UInt8]
    private var i = 0

    static func code(of text: String) -> String {
        var blanker = CodeBlanker(bytes: Array(text.utf8))
        while blanker.i < blanker.bytes.count { blanker.step() }
        return String(decoding: blanker.result, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        result = bytes
    }

    private mutating func step() {
        if sees("//") {
            while i < bytes.count, bytes[i] != UInt8(ascii: "\n") { blank(1) }
        } else if sees("/*") {
            comment()
        } else if let hashes = hashesBeforeQuote() {
            literal(hashes)
        } else {
            i += 1
        }
    }

    private mutating func comment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blank(2)
            } else if sees("*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && i < bytes.count
    }

    private mutating func literal(_ hashes: Int) {
        blank(hashes)
        let pounds = String(repeating: "#", count: hashes)
        let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
        blank(quotes.utf8.count)
        while i < bytes.count, !sees(quotes + pounds) {
            if sees("\\" + pounds + "(") {
                blank(2 + hashes)
                interpolation()
            } else {
                blank(sees("\\" + pounds) ? 2 + hashes : 1)
            }
        }
        blank(quotes.utf8.count + hashes)
    }

    private mutating func interpolation() {
        var depth = 1
        while i < bytes.count {
            if bytes[i] == UInt8(ascii: "(") { depth += 1 }
            if bytes[i] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return blank(1) }
            step()
        }
    }

    /// The number of `#` in front of a quote that begins here; nil if none does.
    private func hashesBeforeQuote() -> Int? {
        var end = i
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - i : nil
    }

    private func sees(_ text: String) -> Bool {
        bytes[i...].starts(with: text.utf8)
    }

    private mutating func blank(_ count: Int) {
        for _ in 0..<count where i < bytes.count {
            if bytes[i] != UInt8(ascii: "\n") { result[i] = UInt8(ascii: " ") }
            i += 1
        }
    }
}
