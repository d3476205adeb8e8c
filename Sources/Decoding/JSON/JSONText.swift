import CSimdjson

/// Values of JSON as they stand in a record, eight bytes at a time. Each function takes the first
/// byte and returns the one behind the value; nil: not here, or not as simply as is read here.
///
/// Little-endian: the first byte is the lowest. The tricks with words are those of "Bit Twiddling
/// Hacks" (a byte that is zero or below n) and of Johnny Lee (eight digits by three products).
enum JSONText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The closing quote of a string without escapes. `wide` collects the bits that only bytes
    /// beyond ASCII have.
    @inline(__always)
    static func endOfString(
        _ start: UnsafeRawPointer, _ wide: inout UInt64
    ) -> UnsafeRawPointer? {
        var p = start
        while true {
            let word = p.loadUnaligned(as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            let hit = (quotes &- ones) & ~quotes & highs
            let bad =
                ((slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & highs
            if hit != 0 {
                // Up to the first one the bits are exact: what lies above may be a carry.
                let before = (hit & (0 &- hit)) &- 1
                if bad & before != 0 { return nil }
                wide |= word & before
                return p + hit.trailingZeroBitCount >> 3
            }
            if bad != 0 { return nil }
            wide |= word
            p += 8
        }
    }

    /// A number that nobody asks for, without an exponent.
    @inline(__always)
    static func endOfNumber(_ start: UnsafeRawPointer) -> UnsafeRawPointer? {
        var p = start
        if p.byte == UInt8(ascii: "-") { p += 1 }
        let first = p
        while p.byte.isDigit { p += 1 }
        if p == first || (first.byte == UInt8(ascii: "0") && p - first > 1) { return nil }
        guard p.byte == UInt8(ascii: ".") else { return p }
        p += 1
        let fraction = p
        while p.byte.isDigit { p += 1 }
        return p == fraction ? nil : p
    }

    /// A number that is exact in 64 bits, or as a quotient of two doubles that are: then the
    /// quotient is the nearest double (Clinger, "How to Read Floating Point Numbers Accurately").
    @inline(__always)
    static func readNumber(
        _ start: UnsafeRawPointer, into cell: UnsafeMutablePointer<JSONCell>
    ) -> UnsafeRawPointer? {
        var p = start
        let isNegative = p.byte == UInt8(ascii: "-")
        if isNegative { p += 1 }
        let first = p
        var mantissa: UInt64 = 0
        digits(&p, &mantissa)
        let whole = p - first
        if whole == 0 || (whole > 1 && first.byte == UInt8(ascii: "0")) { return nil }
        var places = 0
        if p.byte == UInt8(ascii: ".") {
            p += 1
            let fraction = p
            digits(&p, &mantissa)
            places = p - fraction
            if places == 0 { return nil }
        }
        // Twenty digits may not fit, and what is written with an exponent isn't over.
        if whole + places > 19 || p.byte | 0x20 == UInt8(ascii: "e") { return nil }
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
            let size = Double(mantissa) / powerOfTen(places)
            result.real = isNegative ? -size : size
        }
        cell.pointee = result
        return p
    }

    /// Appends digits to the mantissa, which may overflow: whoever asks counts them.
    @inline(__always)
    private static func digits(_ p: inout UnsafeRawPointer, _ mantissa: inout UInt64) {
        let word = p.loadUnaligned(as: UInt64.self)
        let excess = word &- ones &* 0x30
        if ((word &+ ones &* 0x46) | excess) & highs == 0 {
            let pairs = excess &* 10 &+ (excess >> 8)
            let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
            let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
            mantissa = mantissa &* 100_000_000 &+ (low &+ high) >> 32
            p += 8
        }
        while p.byte.isDigit {
            mantissa = mantissa &* 10 &+ UInt64(p.byte &- 0x30)
            p += 1
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

extension UInt8 {
    @inline(__always)
    fileprivate var isDigit: Bool { self &- 0x30 < 10 }
}

/// 10^n, exact as a double up to n = 22.
@inline(__always)
private func powerOfTen(_ n: Int) -> Double {
    powersOfTen.withUnsafeBufferPointer { $0[n] }
}

private let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19,
]
