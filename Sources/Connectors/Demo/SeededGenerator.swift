/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine.
///
/// What is made of them uses only operations that IEEE 754 rounds exactly, for a sine or
/// a logarithm differs between C libraries.
struct SeededGenerator: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// In [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func within(_ range: Range<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    /// In 0..<bound.
    mutating func below(_ bound: Int) -> Int { min(Int(unit() * Double(bound)), bound - 1) }

    /// An index by its share of the weights, which are not all zero.
    mutating func index(by weights: [Double]) -> Int {
        var chance = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() where weight > 0 {
            chance -= weight
            if chance < 0 { return index }
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }

    /// Like a normal deviate, from −2 to 2: the sum of four uniform ones.
    mutating func noise() -> Double { unit() + unit() + unit() + unit() - 2 }
}
