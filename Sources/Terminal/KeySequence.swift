import Screen

/// The escape sequences that keys send (ECMA-48 control sequences; SS3; the Linux console's).
enum KeySequence {
    /// `ESC [ parameters intermediates final`; `nil` when the final byte is still to come.
    ///
    /// A byte that belongs to none of these ends the sequence before it.
    static func control(_ bytes: ArraySlice<UInt8>) -> KeyDecoder.Step? {
        let body = bytes.dropFirst(2)
        if body.first == UInt8(ascii: "[") { return body.count > 1 ? (nil, 4) : nil }
        let parameters = body.prefix { (0x30...0x3F).contains($0) }
        let rest = body.dropFirst(parameters.count).drop { (0x20...0x2F).contains($0) }
        guard let final = rest.first else { return nil }
        let length = rest.startIndex - bytes.startIndex
        guard (0x40...0x7E).contains(final) else { return (nil, length) }
        if parameters.first == UInt8(ascii: "<") {
            return (mouse(parameters.dropFirst(), final: final), length + 1)
        }
        return (key(final: final, number: leadingNumber(parameters)), length + 1)
    }

    private static func mouse(_ parameters: ArraySlice<UInt8>, final: UInt8) -> KeyPress? {
        guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m") else { return nil }
        return MouseReporting.press(parameters, isRelease: final == UInt8(ascii: "m"))
            .map { .mouse($0) }
    }

    /// `ESC O final`, with a modifier between them on some terminals.
    static func singleShift(_ bytes: ArraySlice<UInt8>) -> KeyDecoder.Step? {
        let rest = bytes.dropFirst(2).drop { (0x30...0x39).contains($0) }
        guard let final = rest.first else { return nil }
        let length = rest.startIndex - bytes.startIndex
        guard (0x40...0x7E).contains(final) else { return (nil, length) }
        return (final == UInt8(ascii: "M") ? .enter : key(final: final, number: nil), length + 1)
    }

    private static func key(final: UInt8, number: Int?) -> KeyPress? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "~"): numbered(number)
        default: nil
        }
    }

    private static func numbered(_ number: Int?) -> KeyPress? {
        switch number {
        case 1, 7: .home
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        default: nil
        }
    }

    private static func leadingNumber(_ parameters: ArraySlice<UInt8>) -> Int? {
        let digits = parameters.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.count < 5 else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
