/// XXH64, fed piece by piece: a checksum that costs next to nothing beside compression.
///
/// Gives the same number on any machine and in any process, which Swift's `Hasher` doesn't. It
/// finds damage, not forgers. After Yann Collet's specification
/// (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
package struct XXHash: Sendable {
    private static let p1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let p3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let p5: UInt64 = 0x27D4_EB2F_1656_67C5
    private static let stripe = 32

    private var lanes: SIMD4<UInt64>
    /// Bytes that don't fill a stripe yet.
    private var held: [UInt8] = []
    private var count: UInt64 = 0

    package init() { lanes = [Self.p1 &+ Self.p2, Self.p2, 0, 0 &- Self.p1] }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !held.isEmpty {
            let part = rest.prefix(Self.stripe - held.count)
            held.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            guard held.count == Self.stripe else { return }
            lanes = held.withUnsafeBytes { Self.mix(lanes, $0) }
            held.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / Self.stripe * Self.stripe
        lanes = Self.mix(lanes, UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        held.append(contentsOf: rest.dropFirst(whole))
    }

    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// Little-endian, whatever the machine.
    package mutating func update(_ word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { update($0) }
    }

    /// Of the bytes so far; more may follow.
    package var value: UInt64 {
        var hash = count < Self.stripe ? Self.p5 : joined
        hash &+= count
        held.withUnsafeBytes { tail in
            var i = 0
            while i + 8 <= tail.count {
                hash ^= Self.round(0, UInt64(littleEndian: tail.word(at: i)))
                hash = Self.turn(hash, 27) &* Self.p1 &+ Self.p4
                i += 8
            }
            if i + 4 <= tail.count {
                let half = UInt32(littleEndian: tail.word(at: i))
                hash ^= UInt64(half) &* Self.p1
                hash = Self.turn(hash, 23) &* Self.p2 &+ Self.p3
                i += 4
            }
            for byte in tail[i...] {
                hash ^= UInt64(byte) &* Self.p5
                hash = Self.turn(hash, 11) &* Self.p1
            }
        }
        hash = (hash ^ hash >> 33) &* Self.p2
        hash = (hash ^ hash >> 29) &* Self.p3
        return hash ^ hash >> 32
    }

    private var joined: UInt64 {
        var hash =
            Self.turn(lanes[0], 1) &+ Self.turn(lanes[1], 7)
            &+ Self.turn(lanes[2], 12) &+ Self.turn(lanes[3], 18)
        for i in 0..<4 { hash = (hash ^ Self.round(0, lanes[i])) &* Self.p1 &+ Self.p4 }
        return hash
    }

    /// Whole stripes.
    private static func mix(
        _ lanes: SIMD4<UInt64>, _ bytes: UnsafeRawBufferPointer
    ) -> SIMD4<UInt64> {
        var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
        var i = 0
        while i < bytes.count {
            a = round(a, UInt64(littleEndian: bytes.word(at: i)))
            b = round(b, UInt64(littleEndian: bytes.word(at: i + 8)))
            c = round(c, UInt64(littleEndian: bytes.word(at: i + 16)))
            d = round(d, UInt64(littleEndian: bytes.word(at: i + 24)))
            i += stripe
        }
        return [a, b, c, d]
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        turn(lane &+ word &* p2, 31) &* p1
    }

    @inline(__always)
    private static func turn(_ x: UInt64, _ bits: UInt64) -> UInt64 {
        x &<< bits | x &>> (64 &- bits)
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    fileprivate func word<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> T {
        loadUnaligned(fromByteOffset: offset, as: T.self)
    }
}

extension UInt64 {
    /// Sixteen hexadecimal digits.
    package var hexText: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// From sixteen hexadecimal digits and nothing else.
    package init?(hexText text: some StringProtocol) {
        guard text.utf8.count == 16, text.utf8.first != UInt8(ascii: "+"),
            let value = UInt64(text, radix: 16)
        else { return nil }
        self = value
    }
}
