import Screen

/// The bytes of a keyboard, made into key presses.
///
/// Terminals disagree in few sequences, and those are taken in every spelling, whatever TERM says:
/// a wrong TERM is common, and a dead arrow key helps nobody. A sequence that is well formed and
/// unknown is swallowed whole, so its tail never acts as keys. Total: any bytes in any pieces give
/// key presses and never a trap; at most `limit` bytes are held back.
package struct KeyDecoder {
    /// A longer control sequence is no key's.
    private static let limit = 32

    private var held: [UInt8] = []

    package init() {}

    /// Whether the bytes end inside a sequence: an Escape key, or the start of an arrow's.
    /// Only time can tell.
    package var isWaiting: Bool { !held.isEmpty }

    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [KeyPress] {
        held.append(contentsOf: bytes)
        return decode(isEnd: false)
    }

    /// Nothing followed in time: what was held back is keys of its own.
    package mutating func timeOut() -> [KeyPress] {
        decode(isEnd: true)
    }

    private mutating func decode(isEnd: Bool) -> [KeyPress] {
        var keys: [KeyPress] = []
        var rest = held[...]
        while let step = Self.step(rest, isEnd: isEnd) {
            if let key = step.key { keys.append(key) }
            rest = rest.dropFirst(step.count)
        }
        held = Array(rest)
        return keys
    }

    /// A key, or nothing, and the bytes that it took: at least one.
    typealias Step = (key: KeyPress?, count: Int)

    /// `nil` when there are no more bytes, or too few to tell.
    private static func step(_ bytes: ArraySlice<UInt8>, isEnd: Bool) -> Step? {
        guard let first = bytes.first else { return nil }
        switch first {
        case 0x1B: return escape(bytes, isEnd: isEnd)
        case 0x00..<0x20, 0x7F: return (control(first), 1)
        case 0x20..<0x7F: return (.character(Character(Unicode.Scalar(first))), 1)
        default: return scalar(bytes, isEnd: isEnd)
        }
    }

    private static func control(_ byte: UInt8) -> KeyPress? {
        switch byte {
        case 0x0A, 0x0D: .enter
        case 0x09: .tab
        case 0x08, 0x7F: .backspace
        case 0x00: nil
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        default: .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }

    private static func escape(_ bytes: ArraySlice<UInt8>, isEnd: Bool) -> Step? {
        guard let second = bytes.dropFirst().first else { return isEnd ? (.escape, 1) : nil }
        let step: Step?
        switch second {
        case UInt8(ascii: "["): step = KeySequence.control(bytes)
        case UInt8(ascii: "O"): step = KeySequence.singleShift(bytes)
        default: step = (.escape, 1)
        }
        if step == nil, isEnd || bytes.count > limit { return (.escape, 1) }
        return step
    }

    /// One scalar of UTF-8. A byte that can't start or go on is dropped, as are C1 controls.
    private static func scalar(_ bytes: ArraySlice<UInt8>, isEnd: Bool) -> Step? {
        var decoder = Unicode.UTF8.ForwardParser()
        var input = bytes.prefix(4).makeIterator()
        switch decoder.parseScalar(from: &input) {
        case .valid(let encoded):
            let scalar = Unicode.UTF8.decode(encoded)
            let isControl = scalar.value < 0xA0
            return (isControl ? nil : .character(Character(scalar)), encoded.count)
        case .error(let length):
            let isCut = !isEnd && length == bytes.count && bytes.count < 4 && canGoOn(bytes)
            return isCut ? nil : (nil, max(1, length))
        case .emptyInput: return nil
        }
    }

    /// Whether the bytes, which are the valid start of a scalar, want more of them.
    private static func canGoOn(_ bytes: ArraySlice<UInt8>) -> Bool {
        let wanted: Int
        switch bytes.first! {
        case 0xC2...0xDF: wanted = 2
        case 0xE0...0xEF: wanted = 3
        case 0xF0...0xF4: wanted = 4
        default: wanted = 1
        }
        return bytes.count < wanted
    }
}
