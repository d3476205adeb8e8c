/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// Of all of Unicode, but leaning to what is difficult: controls, joiners, wide and combining.
    mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x9F, 0x20...0x7E, 0x300...0x36F, 0x590...0x6FF, 0x900...0x97F, 0x1100...0x11FF,
            0x2000...0x206F, 0x2190...0x28FF, 0x3000...0x30FF, 0x4E00...0x4E20, 0xAC00...0xAC20,
            0xE000...0xE010, 0xFE00...0xFE0F, 0xFEFF...0xFFFF, 0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF,
            0xE0000...0xE0080, 0x0...0x10FFFF,
        ]
        while true {
            let range = ranges.randomElement(using: &self)!
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { return scalar }
        }
    }

    mutating func string(upTo count: Int) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) { view.append(scalar()) }
        return String(view)
    }
}
