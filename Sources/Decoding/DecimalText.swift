/// A decimal number as it is written, so that 1700000000.123 seconds are 123 milliseconds and not
/// the nearest double: mantissa × 10^exponent, rounded to 19 digits.
struct DecimalText {
    private(set) var isNegative = false
    private(set) var mantissa: UInt64 = 0
    private(set) var exponent = 0
    private var digits = 0

    /// `-12.5e3`: JSON's grammar, but for zeros in front. Nil for anything else.
    init?(_ text: UnsafeRawBufferPointer) {
        var cursor = TextCursor(text)
        isNegative = cursor.take("-")
        guard append(digitsOf: &cursor, afterPoint: false) else { return nil }
        if cursor.take("."), !append(digitsOf: &cursor, afterPoint: true) { return nil }
        if cursor.take("e") || cursor.take("E"), !appendExponent(&cursor) { return nil }
        if !cursor.isAtEnd { return nil }
    }

    /// The whole number nearest to it × 10^power, halves away from zero; nil if that doesn't fit.
    func scaled(by power: Int) -> Int64? {
        if mantissa == 0 { return 0 }
        let shift = exponent + power
        var magnitude = mantissa
        if shift > 18 { return nil }
        if shift < -19 { return 0 }
        if shift >= 0 {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: powerOf10(shift))
            if overflow { return nil }
            magnitude = product
        } else {
            let divisor = powerOf10(-shift)
            let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: divisor)
            magnitude = rest >= divisor - rest ? quotient + 1 : quotient
        }
        if isNegative { return Int64(exactly: -Int128(magnitude)) }
        return Int64(exactly: magnitude)
    }

    /// False if there is none.
    private mutating func append(digitsOf cursor: inout TextCursor, afterPoint: Bool) -> Bool {
        var any = false
        while let digit = cursor.digit() {
            any = true
            append(digit)
            if afterPoint { exponent -= 1 }
        }
        return any
    }

    private mutating func append(_ digit: Int) {
        if digits < 19 {
            mantissa = mantissa * 10 + UInt64(digit)
            if mantissa > 0 { digits += 1 }
            return
        }
        exponent += 1
        // The twentieth rounds, those behind it are lost.
        if digits == 19, digit >= 5 { mantissa += 1 }
        digits += 1
    }

    private mutating func appendExponent(_ cursor: inout TextCursor) -> Bool {
        let isNegative = cursor.take("-")
        if !isNegative { _ = cursor.take("+") }
        var any = false
        var value = 0
        while let digit = cursor.digit() {
            any = true
            // Beyond this it is zero or out of range whatever the mantissa, and stays so.
            value = min(value * 10 + digit, 10_000_000)
        }
        exponent += isNegative ? -value : value
        return any
    }
}

/// 10^n, for n in 0...19.
private func powerOf10(_ n: Int) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<n { power *= 10 }
    return power
}
