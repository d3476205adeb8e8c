import Events

/// The chain that the lines of an audit trail make: each has its number, the hash of the line
/// before, and at its end its own, of all that stands before it in the line. So a line that was
/// changed, taken out, put in, moved or repeated is found; a removed tail is, against the head that
/// is kept beside the file. It finds damage, not a forger, who could chain it all anew.
struct AuditChain: Hashable, Sendable {
    /// Of the line before the first.
    static let root = String(repeating: "0", count: 64)

    /// Of the last line; 0 before the first.
    private(set) var number: UInt64 = 0
    private(set) var hash = Self.root

    init() {}

    init(number: UInt64, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Puts a line behind the others: its JSON without braces becomes the line.
    mutating func append(_ fields: String) -> String {
        let content = "{\"seq\":\(number + 1),\(fields),\"prev\":\"\(hash)\""
        hash = SHA256.hex(content)
        number += 1
        return "\(content),\"hash\":\"\(hash)\"}\n"
    }

    /// What is wrong with a line, as the next one of this chain.
    enum Damage: Error, Hashable {
        /// It isn't a line of a trail, or was changed after it was written.
        case changed
        /// Lines are missing before it.
        case missing(UInt64)
        /// It has stood before, or is older than the one before.
        case misplaced
        /// The line before isn't the one that it was written behind.
        case foreign
    }

    /// Goes on behind this line; where it is damaged, as well as that can be told.
    mutating func follow(_ line: some StringProtocol) -> Damage? {
        guard let parts = AuditLineParts(line) else { return .changed }
        guard SHA256.hex(parts.content) == parts.hash else { return .changed }
        let former = self
        self = AuditChain(number: parts.number, hash: parts.hash)
        if parts.number > former.number + 1 { return .missing(parts.number - former.number - 1) }
        if parts.number <= former.number {
            // What follows is judged by what was in order.
            self = former
            return .misplaced
        }
        return parts.former == former.hash ? nil : .foreign
    }
}

/// A line of a trail, taken apart without reading its JSON.
struct AuditLineParts {
    let number: UInt64
    /// The hash of the line before.
    let former: String
    let hash: String
    /// What the hash is of.
    let content: Substring

    init?(_ line: some StringProtocol) {
        let line = Substring(line)
        let bytes = line.utf8
        // `,"prev":"…","hash":"…"}`
        let tail = 75
        let link = 74
        guard bytes.count > tail + link + 8, line.hasPrefix("{\"seq\":"), line.hasSuffix("\"}")
        else { return nil }
        let end = bytes.index(bytes.endIndex, offsetBy: -tail)
        let text = line[end...]
        guard text.hasPrefix(",\"hash\":\"") else { return nil }
        hash = String(text.dropFirst(9).dropLast(2))
        content = line[..<end]
        let from = content.utf8.index(content.utf8.endIndex, offsetBy: -link)
        let before = content[from...]
        guard before.hasPrefix(",\"prev\":\"") else { return nil }
        former = String(before.dropFirst(9).dropLast())
        guard let number = UInt64(line.dropFirst(7).prefix { $0.isASCII && $0.isNumber }) else {
            return nil
        }
        self.number = number
    }
}
