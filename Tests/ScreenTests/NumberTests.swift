import TestSeeds
import Testing

@testable import Screen

@Suite struct NumberTests {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (40, "40"), (812, "812"), (999, "999"), (999.4, "999"),
            (999.6, "1.0k"), (1000, "1.0k"), (6_200, "6.2k"), (18_400, "18.4k"), (99_949, "99.9k"),
            (99_951, "100k"), (812_345, "812k"), (999_499, "999k"), (999_500, "1.0M"),
            (3.2e6, "3.2M"),
            (5e9, "5.0G"), (7.7e12, "7.7T"), (1e15, "1.0P"), (2e18, "2.0E"), (1e21, "1e21"),
            (1.7e308, "2e308"), (-1.7e308, "-e308"), (0.31, "0.31"), (0.999, "1.0"), (0.05, "0.05"),
            (0.0031, "0.003"), (0.0001, "1e-4"), (4e-12, "4e-12"), (-4e-12, "~0"),
            (81.25, "81.3"), (8.12, "8.1"), (99.96, "100"), (-812, "-812"), (-6_200, "-6.2k"),
            (-18_400, "-18k"), (-0.31, "-0.31"),
            (-0.0031, "-3e-3"), (.nan, "–"), (.infinity, "inf"), (-.infinity, "-inf"), (nil, "–"),
        ] as [(Double?, String)])
    func numbers(_ value: Double?, _ text: String) {
        #expect(compactNumber(value) == text)
    }

    @Test(arguments: seeds(50)) func numbersNeverTakeMoreThanFive(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<400 {
            let any = Double(bitPattern: random.next())
            let near = Double.random(in: -2_000_000...2_000_000, using: &random)
            let small = Double.random(in: -2...2, using: &random)
            for value in [any, near, small, small * near * near] {
                #expect(compactNumber(value).count <= 5, "\(value)")
                #expect(compactNumber(value, width: 5).count == 5, "\(value)")
                #expect(compactPercent(value).count <= 5, "\(value)")
            }
        }
    }

    @Test(
        arguments: [
            (0, "0%"), (0.003, "0.3%"), (0.04, "4.0%"), (0.31, "31%"), (1, "100%"), (0.9999, "99%"),
            (0.00001, "~0%"), (-0.04, "-4.0%"), (-0.5, "-50%"), (2.5, "250%"), (80, ">999%"),
            (-80, "<-1k%"), (.nan, "–"), (.infinity, ">999%"), (nil, "–"),
        ] as [(Double?, String)])
    func percents(_ share: Double?, _ text: String) {
        #expect(compactPercent(share) == text)
        #expect(compactPercent(share, width: 7).count == 7)
    }

    @Test(
        arguments: [
            (0, "0s"), (812, "812ns"), (3_100, "3.1µs"), (41_000, "41µs"), (999_999, "999µs"),
            (3_140_000, "3.1ms"), (412_000_000, "412ms"), (3_199_999_999, "3.1s"),
            (59_999_999_999, "59s"), (60_000_000_000, "1m00s"), (134_000_000_000, "2m14s"),
            (3_900_000_000_000, "1h05m"), (86_400_000_000_000, "1d00h"),
            (1_051_200_000_000_000, "12d04h"), (.max, "106751d"), (.min, "-106751d"),
            (-3_100_000_000, "-3.1s"), (nil, "–"),
        ] as [(Int64?, String)])
    func durations(_ nanoseconds: Int64?, _ text: String) {
        #expect(compactDuration(nanoseconds) == text)
    }
}
