import CSimdjson
import Events

extension JSONCell {
    /// What a text looks like: nothing or `null`, `true` and `false`, a number as JSON writes it
    /// (so `0123` and `+5` are texts), else a text.
    init(text: UnsafeRawBufferPointer) {
        self.init()
        self.text = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        length = UInt32(text.count)
        guard let first = text.first else {
            kind = .null
            return
        }
        switch first {
        case UInt8(ascii: "t") where text.elementsEqual("true".utf8): setBool(true)
        case UInt8(ascii: "f") where text.elementsEqual("false".utf8): setBool(false)
        case UInt8(ascii: "n") where text.elementsEqual("null".utf8): kind = .null
        case UInt8(ascii: "-"), 0x30...0x39: readNumber(text)
        default: kind = .string
        }
    }

    /// What stands in quotes is text, also if it is empty or says `null`.
    init(quoted text: UnsafeRawBufferPointer) {
        self.init(text: text)
        if kind == .null { kind = .string }
    }

    /// A number as JSON writes it, else a text.
    init(numberOrText text: UnsafeRawBufferPointer) {
        self.init(text: text)
        if kind == .null || kind == .bool { kind = .string }
    }

    /// A text, whatever it looks like; but a hyphen alone is how logs write that there is none.
    init(loggedText text: UnsafeRawBufferPointer) {
        self.init(plainText: text)
        if text.isHyphen { kind = .null }
    }

    /// A text, whatever it looks like.
    init(plainText text: UnsafeRawBufferPointer) {
        self.init()
        self.text = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        length = UInt32(text.count)
        kind = .string
    }

    /// A whole number of digits, where a hyphen alone stands for none; nil: it is neither, or too
    /// large for 64 bits.
    init?(loggedNumber text: UnsafeRawBufferPointer) {
        self.init(loggedText: text)
        if kind == .null { return }
        guard text.allSatisfy({ 0x30...0x39 ~= $0 }),
            let number = Int64(String(decoding: text, as: UTF8.self))
        else { return nil }
        set(number)
    }

    static var null: JSONCell {
        var cell = JSONCell()
        cell.kind = .null
        return cell
    }

    init(number: Int) {
        self.init()
        set(Int64(number))
    }

    private mutating func set(_ number: Int64) {
        kind = .number
        isInteger = 1
        integer = number
    }

    private mutating func setBool(_ value: Bool) {
        kind = .bool
        integer = value ? 1 : 0
    }

    private mutating func readNumber(_ text: UnsafeRawBufferPointer) {
        kind = .string
        guard !text.hasLeadingZero, let decimal = DecimalText(text) else { return }
        if decimal.exponent == 0, let whole = decimal.scaled(by: 0) {
            set(whole)
            return
        }
        // One that is too large for a double has its text, and no value.
        guard let number = decimal.double ?? Double(String(decoding: text, as: UTF8.self)),
            number.isFinite
        else {
            kind = .missing
            return
        }
        kind = .number
        real = number
    }
}

extension UnsafeRawBufferPointer {
    var isHyphen: Bool { count == 1 && self[0] == UInt8(ascii: "-") }

    /// `007` and `-01`: numbers of things, not quantities.
    fileprivate var hasLeadingZero: Bool {
        let digits = first == UInt8(ascii: "-") ? dropFirst() : self[...]
        return digits.count > 1 && digits.first == UInt8(ascii: "0")
            && digits.dropFirst().first.map { 0x30...0x39 ~= $0 } == true
    }
}

extension DecimalText {
    /// Exactly the nearest double, where mantissa and power of ten are doubles themselves; else
    /// nil (Clinger, "How to read floating point numbers accurately", PLDI 1990).
    fileprivate var double: Double? {
        guard mantissa <= 1 << 53, -22...22 ~= exponent else { return nil }
        var power = 1.0
        for _ in 0..<abs(exponent) { power *= 10 }
        let magnitude = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return isNegative ? -magnitude : magnitude
    }
}
