import Glibc

/// What a command says on its standard error: counted, and the last of it kept to be shown.
struct CommandWords {
    private static let limit = 200
    private static let newline = UInt8(ascii: "\n")

    private(set) var lines = 0
    private var last: [UInt8] = []
    private var current: [UInt8] = []

    mutating func add(_ bytes: some Collection<UInt8>) {
        for byte in bytes {
            if byte == Self.newline {
                finish()
            } else if current.count < Self.limit {
                current.append(byte)
            }
        }
    }

    /// A last line without a newline is one too.
    mutating func finish() {
        guard !current.isEmpty else { return }
        lines += 1
        (last, current) = (current, [])
    }

    /// False: nothing more will be said.
    mutating func takeWhatIsThere(_ descriptor: Int32) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { add(buffer[..<count]) }
            return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
        }
    }

    /// nil: nothing was said.
    var summary: String? {
        guard lines > 0 else { return nil }
        let text = plainText(last)
        return lines == 1 ? "it said: \(text)" : "it said \(lines) lines, at last: \(text)"
    }
}

/// Text from outside that may stand in a message: without control characters.
func plainText(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: text.append(" ")
        default: text.append(scalar)
        }
    }
    return String(text)
}
