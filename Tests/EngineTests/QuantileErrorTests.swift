import Glibc
import TestSeeds
import Testing

@testable import Engine

/// DDSketch against quantiles by nearest rank from the sorted values.
@Suite struct QuantileErrorTests {
    enum Shape: CaseIterable {
        case uniform, exponential, bimodal, constant, oneOutlier, negative, mixedSigns, withZeros
    }

    /// u is in 0..<1.
    private func value(_ shape: Shape, _ i: Int, _ u: Double) -> Double {
        switch shape {
        case .uniform: 100 * u
        case .exponential: -20 * log1p(-u)
        case .bimodal: i % 2 == 0 ? 10 + u : 5_000 + 40 * u
        case .constant: 42
        case .oneOutlier: i == 17 ? 1e5 : 1 + u
        case .negative: -exp2(10 * u)
        // A span that both signs have buckets for: nothing collapses.
        case .mixedSigns: i % 3 == 0 ? -1 - 400 * u : 1 + 400 * u * u
        case .withZeros: i % 3 == 0 ? 0 : u - 0.5 + (u < 0.5 ? -1 : 1)
        }
    }

    static let quantiles = [0.01, 0.05, 0.1, 0.25, 0.333, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]

    private func exact(_ q: Double, _ sorted: [Double]) -> Double {
        sorted[Int((q * Double(sorted.count)).rounded(.up)) - 1]
    }

    @Test(arguments: Shape.allCases, seeds(2))
    func everyQuantileIsWithinOnePercent(shape: Shape, seed: UInt64) {
        var random = SplitMix(seed: seed)
        var (worst, place) = (0.0, "")
        for n in [1, 2, 99, 3_000] {
            let values = (0..<n).map { value(shape, $0, .random(in: 0..<1, using: &random)) }
            var (whole, halves) = (DDSketch(), [DDSketch(), DDSketch()])
            for (i, x) in values.enumerated() {
                whole.add(x)
                halves[i % 2].add(x)
            }
            halves[0].merge(halves[1])
            let sorted = values.sorted()
            for sketch in [whole, halves[0]] {
                for q in Self.quantiles {
                    let exact = exact(q, sorted)
                    let off = abs((sketch.quantile(q) ?? .infinity) - exact)
                    let error = off == 0 ? 0 : off / abs(exact)
                    if error > worst { (worst, place) = (error, "q \(q) of \(n): \(exact)") }
                }
            }
        }
        #expect(worst <= 0.01 + 1e-9, "\(shape), seed \(seed): off by \(worst), \(place)")
    }
}
