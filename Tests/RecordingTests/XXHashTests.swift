import TestSeeds
import Testing

@testable import Recording

@Suite struct XXHashTests {
    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
        ] as [(String, UInt64)])
    func knownValues(_ text: String, _ value: UInt64) {
        var hash = XXHash()
        hash.update(Array(text.utf8))
        #expect(hash.value == value)
    }

    /// The checksum of a zstd frame is the lower half of the hash of its content; and where the
    /// bytes are cut makes no difference.
    @Test(arguments: seeds(20))
    func theSameAsOfAnotherHand(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<20 {
            let bytes = (0..<random.number(0..<300)).map { _ in
                UInt8(truncatingIfNeeded: random.next())
            }
            var hash = XXHash()
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = rest.prefix(random.number(0..<70))
                hash.update(Array(part))
                rest = rest.dropFirst(part.count)
            }
            let compressor = FrameCompressor()
            compressor.add(bytes)
            let frame = compressor.take(end: true)
            let sum = frame.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            #expect(UInt32(truncatingIfNeeded: hash.value) == sum, "seed \(seed)")
        }
    }

    @Test func hexadecimal() {
        #expect(UInt64(0xAB).hexText == "00000000000000ab")
        #expect(UInt64(hexText: "00000000000000ab") == 0xAB)
        for text in ["ab", "+0000000000000ab", "000000000000000g"] {
            #expect(UInt64(hexText: text) == nil)
        }
    }
}
