/// What a backslash in quotes stands for. One that stands for nothing is a backslash.
enum BackslashEscapes {
    /// As nginx and Apache write them: `\"`, `\\`, `\n`, `\r`, `\t`, `\b`, `\f`, `\v`, `\xHH`.
    case accessLog
    /// Those of RFC 5424: `\"`, `\\`, `\]`.
    case structuredData

    /// Of the escape whose backslash stands at `i`: the byte it stands for, and its length.
    fileprivate func byte(in text: UnsafeRawBufferPointer, at i: Int) -> (UInt8, length: Int)? {
        guard i + 1 < text.count else { return nil }
        let letter = text[i + 1]
        switch (self, letter) {
        case (_, UInt8(ascii: "\"")), (_, UInt8(ascii: "\\")): return (letter, 2)
        case (.structuredData, UInt8(ascii: "]")): return (letter, 2)
        case (.structuredData, _): return nil
        case (.accessLog, UInt8(ascii: "x")):
            return hexadecimal(in: text, at: i + 2).map { ($0, 4) }
        case (.accessLog, UInt8(ascii: "n")): return (0x0A, 2)
        case (.accessLog, UInt8(ascii: "r")): return (0x0D, 2)
        case (.accessLog, UInt8(ascii: "t")): return (0x09, 2)
        case (.accessLog, UInt8(ascii: "b")): return (0x08, 2)
        case (.accessLog, UInt8(ascii: "f")): return (0x0C, 2)
        case (.accessLog, UInt8(ascii: "v")): return (0x0B, 2)
        case (.accessLog, _): return nil
        }
    }

    private func hexadecimal(in text: UnsafeRawBufferPointer, at i: Int) -> UInt8? {
        guard i + 1 < text.count,
            let high = Character(Unicode.Scalar(text[i])).hexDigitValue,
            let low = Character(Unicode.Scalar(text[i + 1])).hexDigitValue
        else { return nil }
        return UInt8(high << 4 | low)
    }
}

extension TextCursor {
    /// The text in the quotes that begin here, without its escapes; nil: none begin here, or they
    /// are not closed.
    mutating func quoted(
        _ escapes: BackslashEscapes, _ texts: inout UnescapedTexts
    ) -> UnsafeRawBufferPointer? {
        guard take("\"") else { return nil }
        let start = place
        var hasEscapes = false
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                _ = bytes(1)
            }
            _ = bytes(1)
        }
        let text = bytes(from: start)
        guard take("\"") else { return nil }
        guard hasEscapes, let unescaped = text.unescaped(escapes) else { return text }
        return texts.add(unescaped)
    }
}

extension UnsafeRawBufferPointer {
    /// nil: that would not be UTF-8, and the text is better left as it is written.
    fileprivate func unescaped(_ escapes: BackslashEscapes) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var i = 0
        while i < count {
            if self[i] == UInt8(ascii: "\\"), let (byte, length) = escapes.byte(in: self, at: i) {
                bytes.append(byte)
                i += length
            } else {
                bytes.append(self[i])
                i += 1
            }
        }
        return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }
}
