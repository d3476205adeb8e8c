/// A function or initializer with a body, and its lines from the `func` or `init` to the last
/// brace.
struct FunctionLength: Equatable {
    var line: Int
    var lines: Int
}

extension SourceFile {
    /// Found by words and braces, which is enough for code that compiles and is formatted.
    var functions: [FunctionLength] {
        let bytes = Array(code.utf8)
        var found: [FunctionLength] = []
        var line = 1
        for i in bytes.indices {
            if bytes[i] == UInt8(ascii: "\n") { line += 1 }
            guard Self.beginsFunction(bytes, at: i),
                let open = Self.bodyStart(bytes, after: i),
                let close = Self.closingBrace(bytes, of: open)
            else { continue }
            let breaks = bytes[i...close].count { $0 == UInt8(ascii: "\n") }
            found.append(FunctionLength(line: line, lines: breaks + 1))
        }
        return found
    }

    private static func beginsFunction(_ bytes: [UInt8], at i: Int) -> Bool {
        guard bytes[i] == UInt8(ascii: "f") || bytes[i] == UInt8(ascii: "i") else { return false }
        if i > 0, isWord(bytes[i - 1]) || bytes[i - 1] == UInt8(ascii: ".") { return false }
        let rest = bytes[i...]
        if rest.starts(with: "func ".utf8) { return true }
        guard rest.starts(with: "init".utf8), i + 4 < bytes.count else { return false }
        return "(<?!".utf8.contains(bytes[i + 4])
    }

    /// Where the body begins; nil for a requirement of a protocol, which ends with its line.
    private static func bodyStart(_ bytes: [UInt8], after start: Int) -> Int? {
        var depth = 0
        var hasParameters = false
        for i in start..<bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                hasParameters = hasParameters || depth == 0
            case UInt8(ascii: "{") where depth == 0: return i
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && hasParameters:
                if !continues(bytes, over: i) { return nil }
            default: break
            }
        }
        return nil
    }

    /// Whether a declaration's head goes on in the line after the break at `i`.
    private static func continues(_ bytes: [UInt8], over i: Int) -> Bool {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        if let last = bytes[..<i].last(where: { !isBlank($0) }), ">,&:".utf8.contains(last) {
            return true
        }
        let next = bytes[i...].drop(while: isBlank)
        return ["{", "->", "where ", "throws", "rethrows", "async"].contains {
            next.starts(with: $0.utf8)
        }
    }

    private static func closingBrace(_ bytes: [UInt8], of open: Int) -> Int? {
        var depth = 0
        for i in open..<bytes.count {
            if bytes[i] == UInt8(ascii: "{") { depth += 1 }
            if bytes[i] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return i }
        }
        return nil
    }
}

/// Whether a byte may stand in a name.
func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
    default: false
    }
}
