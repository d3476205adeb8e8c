import CSimdjson

/// Values of JSON as they stand in a record, sixteen bytes at a time. Each function takes the first
/// byte and returns the one behind the value; nil: not here, or not as simply as is read here.
///
/// Little-endian: the first byte is the lowest. The trick with words is that of Johnny Lee (eight
/// digits by three products).
enum JSONText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The closing quote of a string without escapes. `wide` collects whether a byte is beyond
    /// ASCII.
    @inline(__always)
    static func endOfString(
        _ start: UnsafeRawPointer, _ wide: inout UInt32
    ) -> UnsafeRawPointer? {
        var p = start
        while true {
            let masks = json_string_masks(p)
            if masks.quotes != 0 {
                let before = masks.quotes &- 1 & ~masks.quotes
                if masks.others & before != 0 { return nil }
                wide |= masks.wide & before
                return p + masks.quotes.trailingZeroBitCount
            }
            if masks.others != 0 { return nil }
            wide |= masks.wide
            p += 16
        }
    }

    /// A number that nobody asks for, without an exponent.
    @inline(__always)
    static func endOfNumber(_ start: UnsafeRawPointer) -> UnsafeRawPointer? {
        let first = start.byte == UInt8(ascii: "-") ? start + 1 : start
        let digits = json_digit_mask(first)
        let whole = (~digits).trailingZeroBitCount
        if whole == 0 || whole > 14 { return endOfLongNumber(first) }
        if whole > 1, first.byte == UInt8(ascii: "0") { return nil }
        let end = first + whole
        guard end.byte == UInt8(ascii: ".") else { return end }
        let fraction = (~(digits >> UInt32(whole + 1))).trailingZeroBitCount
        if fraction == 0 { return nil }
        return whole + 1 + fraction < 16 ? end + 1 + fraction : endOfLongNumber(first)
    }

    @inline(never)
    private static func endOfLongNumber(_ first: UnsafeRawPointer) -> UnsafeRawPointer? {
        let end = endOfDigits(first)
        if end == first || (first.byte == UInt8(ascii: "0") && end - first > 1) { return nil }
        guard end.byte == UInt8(ascii: ".") else { return end }
        let fraction = endOfDigits(end + 1)
        return fraction == end + 1 ? nil : fraction
    }

    /// A number that is exact in 64 bits, or as a quotient of two doubles that are: then the
    /// quotient is the nearest double (Clinger, "How to Read Floating Point Numbers Accurately").
    @inline(__always)
    static func readNumber(
        _ start: UnsafeRawPointer, into cell: UnsafeMutablePointer<JSONCell>,
        _ powers: PowersOfTen
    ) -> UnsafeRawPointer? {
        let isNegative = start.byte == UInt8(ascii: "-")
        let first = isNegative ? start + 1 : start
        let mask = json_digit_mask(first)
        let whole = (~mask).trailingZeroBitCount
        guard whole > 0, whole < 15 else {
            return readLongNumber(start, first, into: cell, powers)
        }
        if whole > 1, first.byte == UInt8(ascii: "0") { return nil }
        var mantissa = value(ofDigits: whole, at: first)
        var (p, places) = (first + whole, 0)
        if p.byte == UInt8(ascii: ".") {
            places = (~(mask >> UInt32(whole + 1))).trailingZeroBitCount
            if places == 0 { return nil }
            if whole + 1 + places > 15 { return readLongNumber(start, first, into: cell, powers) }
            mantissa = mantissa &* powers.whole(places) &+ value(ofDigits: places, at: p + 1)
            p += 1 + places
        }
        if p.byte | 0x20 == UInt8(ascii: "e") { return nil }
        return finish(start, p, mantissa, places, isNegative, cell, powers)
    }

    /// Of 1 to 15 digits.
    @inline(__always)
    private static func value(ofDigits count: Int, at p: UnsafeRawPointer) -> UInt64 {
        let zeros = ones &* 0x30
        if count <= 8 {
            // Zeros in front of them make eight.
            let values = p.loadUnaligned(as: UInt64.self) &- zeros
            return eightDigits(values << UInt64(64 &- 8 &* count))
        }
        let high = p.loadUnaligned(as: UInt64.self) &- zeros
        let low = (p + (count &- 8)).loadUnaligned(as: UInt64.self) &- zeros
        return eightDigits(high << UInt64(64 &- 8 &* (count &- 8))) &* 100_000_000
            &+ eightDigits(low)
    }

    /// One whose digits are more than are looked at once, or that has none.
    @inline(never)
    private static func readLongNumber(
        _ start: UnsafeRawPointer, _ first: UnsafeRawPointer,
        into cell: UnsafeMutablePointer<JSONCell>, _ powers: PowersOfTen
    ) -> UnsafeRawPointer? {
        var p = first
        var mantissa: UInt64 = 0
        digits(&p, &mantissa, powers)
        let whole = p - first
        if whole == 0 || (whole > 1 && first.byte == UInt8(ascii: "0")) { return nil }
        var places = 0
        if p.byte == UInt8(ascii: ".") {
            p += 1
            let fraction = p
            digits(&p, &mantissa, powers)
            places = p - fraction
            if places == 0 { return nil }
        }
        // Twenty digits may not fit, and what is written with an exponent isn't over.
        if whole + places > 19 || p.byte | 0x20 == UInt8(ascii: "e") { return nil }
        return finish(start, p, mantissa, places, first > start, cell, powers)
    }

    @inline(__always)
    private static func finish(
        _ start: UnsafeRawPointer, _ p: UnsafeRawPointer, _ mantissa: UInt64, _ places: Int,
        _ isNegative: Bool, _ cell: UnsafeMutablePointer<JSONCell>, _ powers: PowersOfTen
    ) -> UnsafeRawPointer? {
        var result = JSONCell()
        result.kind = .number
        result.text = start.assumingMemoryBound(to: CChar.self)
        result.length = UInt32(truncatingIfNeeded: p - start)
        if places == 0 {
            guard mantissa <= UInt64(Int64.max) else { return nil }
            result.isInteger = 1
            result.integer = isNegative ? -Int64(mantissa) : Int64(mantissa)
        } else {
            guard mantissa <= 1 << 53 else { return nil }
            let size = Double(mantissa) / powers[places]
            result.real = isNegative ? -size : size
        }
        cell.pointee = result
        return p
    }

    /// Appends digits to the mantissa, which may overflow: whoever asks counts them.
    @inline(__always)
    private static func digits(
        _ p: inout UnsafeRawPointer, _ mantissa: inout UInt64, _ powers: PowersOfTen
    ) {
        while true {
            let word = p.loadUnaligned(as: UInt64.self)
            let others = nonDigits(word)
            let values = word &- ones &* 0x30
            if others == 0 {
                mantissa = mantissa &* 100_000_000 &+ eightDigits(values)
                p += 8
                continue
            }
            let count = others.trailingZeroBitCount >> 3
            if count > 0 {
                // Zeros in front of them make eight.
                let padded = values << UInt64(64 &- 8 &* count)
                mantissa = mantissa &* powers.whole(count) &+ eightDigits(padded)
                p += count
            }
            return
        }
    }

    /// The high bit of each byte that is no digit; exact up to the first one.
    @inline(__always)
    private static func nonDigits(_ word: UInt64) -> UInt64 {
        ((word &+ ones &* 0x46) | (word &- ones &* 0x30)) & highs
    }

    /// The number whose decimal digits are these bytes, the lowest one first.
    @inline(__always)
    private static func eightDigits(_ values: UInt64) -> UInt64 {
        let pairs = values &* 10 &+ (values >> 8)
        let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (low &+ high) >> 32
    }

    @inline(__always)
    private static func endOfDigits(_ start: UnsafeRawPointer) -> UnsafeRawPointer {
        var p = start
        while true {
            let others = nonDigits(p.loadUnaligned(as: UInt64.self))
            if others != 0 { return p + others.trailingZeroBitCount >> 3 }
            p += 8
        }
    }

    @inline(__always)
    static func readAtom(
        _ start: UnsafeRawPointer, into cell: UnsafeMutablePointer<JSONCell>?
    ) -> UnsafeRawPointer? {
        var result = JSONCell()
        let word = start.loadUnaligned(as: UInt32.self)
        var length = 4
        switch word {
        case 0x6C6C_756E: result.kind = .null
        case 0x6575_7274:
            result.kind = .bool
            result.integer = 1
        case 0x736C_6166 where (start + 4).byte == UInt8(ascii: "e"):
            result.kind = .bool
            length = 5
        default: return nil
        }
        cell?.pointee = result
        return start + length
    }
}

extension UnsafeRawPointer {
    @inline(__always)
    fileprivate var byte: UInt8 { load(as: UInt8.self) }
}

/// 10^0 to 10^19, all of which are exact as doubles and fit 64 bits.
struct PowersOfTen {
    private let doubles: UnsafeMutablePointer<Double>
    private let integers: UnsafeMutablePointer<UInt64>

    /// To be freed by whoever makes it.
    init() {
        doubles = .allocate(capacity: 20)
        integers = .allocate(capacity: 20)
        var power: UInt64 = 1
        for i in 0..<20 {
            (doubles + i).initialize(to: Double(power))
            (integers + i).initialize(to: power)
            power = power &* 10
        }
    }

    func deallocate() {
        doubles.deallocate()
        integers.deallocate()
    }

    @inline(__always)
    subscript(n: Int) -> Double { doubles[n] }

    @inline(__always)
    func whole(_ n: Int) -> UInt64 { integers[n] }
}
