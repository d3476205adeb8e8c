/// Text and numbers as JSON writes them, into bytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(raw text: UnsafeRawBufferPointer) { bytes.append(contentsOf: text) }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(string: UnsafeRawBufferPointer($0)) }
    }

    /// In quotes; what isn't UTF-8 is repaired, for a record that is not would be lost whole.
    mutating func append(string text: UnsafeRawBufferPointer) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = text.allSatisfy { 0x20...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C }
        if isPlain {
            bytes.append(contentsOf: text)
        } else {
            for byte in String(decoding: text, as: UTF8.self).utf8 { append(escaping: byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// As what it looks like: a number, a truth value, else a text.
    mutating func append(value text: UnsafeRawBufferPointer) {
        let isWord = text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
        if isWord || Self.isNumber(text) {
            bytes.append(contentsOf: text)
        } else {
            append(string: text)
        }
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }

    /// By JSON's grammar: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        var rest = text[...]
        func digits() -> Int {
            let count = rest.prefix { 0x30...0x39 ~= $0 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let isZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !isZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if let e = rest.first, e | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
