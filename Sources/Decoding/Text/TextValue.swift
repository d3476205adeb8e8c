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

    private mutating func setBool(_ value: Bool) {
        kind = .bool
        integer = value ? 1 : 0
    }

    private mutating func readNumber(_ text: UnsafeRawBufferPointer) {
        kind = .string
        guard !text.hasLeadingZero, let decimal = DecimalText(text) else { return }
        if decimal.exponent == 0, let whole = decimal.scaled(by: 0) {
            kind = .number
            isInteger = 1
            integer = whole
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
