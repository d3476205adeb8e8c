/// How many different 64-bit fingerprints were added, in at most 4 KB.
///
/// Up to `exactLimit` of them the fingerprints themselves are kept, and the number is exact. From
/// the next one on there are 2^12 registers of one byte: the first 12 bits of a fingerprint choose
/// a register, and it keeps the highest rank of a first 1 among the other 52. The standard error is
/// then at most 1.04/√4096. It is a function of the set of fingerprints alone: any order, repeats,
/// and any split into counters that are merged give an equal counter and the same estimate to the
/// bit. An add is O(1), amortised while exact; a merge and the estimate are O(4096).
///
/// Fingerprints are mixed first, so that consecutive numbers do as well as random ones. Values that
/// share a fingerprint are one: among n values, n²/2^65 pairs do. Source: Flajolet, Fusy, Gandouet,
/// Meunier, "HyperLogLog" (AofA 2007); for the estimate, see there.
package struct DistinctCounter: Sendable {
    package static let exactLimit = 256
    package static let standardError = 0.01625

    /// The bits of a fingerprint that choose its register.
    static let precision = 12
    /// 512: of both the registers, eight in a word, and the largest table.
    static let wordLimit = (1 << precision) / 8

    /// While exact a table with open addressing, at least half of it free; then the registers.
    private(set) var words: [UInt64] = []
    /// How many are kept; 0 when not exact.
    private(set) var members = 0
    package private(set) var isExact = true
    /// Whether 0 is among them, which marks a free place in the table.
    private(set) var hasZero = false

    package init() {}

    /// Everything it holds, in bytes: at most 4,152.
    package var byteCount: Int {
        MemoryLayout<Self>.stride + (words.isEmpty ? 0 : 32 + 8 * words.count)
    }

    @inline(__always)
    package mutating func add(_ fingerprint: UInt64) { take(Self.mix(fingerprint)) }

    package mutating func merge(_ other: DistinctCounter) {
        if isExact && members == 0 {
            self = other
        } else if other.isExact {
            if other.hasZero { take(0) }
            for bits in other.words where bits != 0 { take(bits) }
        } else {
            if isExact { beginEstimating() }
            for i in words.indices { words[i] = Self.highest(words[i], other.words[i]) }
        }
    }

    /// Keeps its memory.
    package mutating func clear() {
        isExact = true
        members = 0
        hasZero = false
        for i in words.indices { words[i] = 0 }
    }

    /// The finalizer of MurmurHash3: one to one, and 0 stays 0.
    @inline(__always)
    private static func mix(_ fingerprint: UInt64) -> UInt64 {
        var bits = fingerprint
        bits = (bits ^ bits >> 33) &* 0xff51_afd7_ed55_8ccd
        bits = (bits ^ bits >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return bits ^ bits >> 33
    }

    @inline(__always)
    private mutating func take(_ bits: UInt64) {
        if isExact { keep(bits) } else { raise(bits) }
    }
}

// While exact.
extension DistinctCounter {
    private mutating func keep(_ bits: UInt64) {
        guard bits != 0 else { return keepZero() }
        guard let place = place(for: bits) else { return }
        guard members < Self.exactLimit else {
            beginEstimating()
            return raise(bits)
        }
        members += 1
        words[place] = bits
        if 2 * members >= words.count, words.count < Self.wordLimit { grow() }
    }

    private mutating func keepZero() {
        guard !hasZero else { return }
        guard members < Self.exactLimit else {
            beginEstimating()
            return raise(0)
        }
        members += 1
        hasZero = true
    }

    /// The free place for it; nil when it is there.
    private mutating func place(for bits: UInt64) -> Int? {
        if words.isEmpty { words = [UInt64](repeating: 0, count: 8) }
        let place = probe(bits)
        return words[place] == 0 ? place : nil
    }

    /// Where it is, or the first free place after where it should be.
    private func probe(_ bits: UInt64) -> Int {
        let mask = words.count - 1
        var place = Int(truncatingIfNeeded: bits) & mask
        while words[place] != 0 && words[place] != bits { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = words
        words = [UInt64](repeating: 0, count: 2 * old.count)
        for bits in old where bits != 0 { words[probe(bits)] = bits }
    }

    func keeps(_ bits: UInt64) -> Bool { !words.isEmpty && words[probe(bits)] == bits }
}

// While not exact.
extension DistinctCounter {
    private mutating func beginEstimating() {
        let (old, hadZero) = (words, hasZero)
        (isExact, members, hasZero) = (false, 0, false)
        words = [UInt64](repeating: 0, count: Self.wordLimit)
        for bits in old where bits != 0 { raise(bits) }
        if hadZero { raise(0) }
    }

    @inline(__always)
    private mutating func raise(_ bits: UInt64) {
        let register = bits >> UInt64(64 - Self.precision)
        let (word, shift) = (Int(register / 8), register % 8 * 8)
        // A 1 after the last bit ends the count there: ranks are 1 to 53.
        let rest = bits << UInt64(Self.precision) | 1 << UInt64(Self.precision - 1)
        let rank = UInt64(rest.leadingZeroBitCount + 1)
        let old = words[word] >> shift & 0xFF
        if rank > old { words[word] += (rank - old) << shift }
    }

    /// Of eight registers each.
    private static func highest(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let a = unsafeBitCast(a, to: SIMD8<UInt8>.self)
        let b = unsafeBitCast(b, to: SIMD8<UInt8>.self)
        return unsafeBitCast(pointwiseMax(a, b), to: UInt64.self)
    }
}
