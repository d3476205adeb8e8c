/// Base 64 with padding, as OSC 52 wants it (RFC 4648, section 4).
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            appendGroup(bytes[start..<min(start + 3, bytes.count)], to: &text)
        }
        return text
    }

    private static func appendGroup(_ group: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var bits = 0
        for offset in 0..<3 {
            let byte = offset < group.count ? group[group.startIndex + offset] : 0
            bits = bits << 8 | Int(byte)
        }
        for digit in 0..<4 {
            let isPadding = digit > group.count
            text.append(isPadding ? UInt8(ascii: "=") : digits[bits >> (18 - 6 * digit) & 63])
        }
    }
}
