import Testing

@testable import Engine

@Suite struct DDSketchTests {
    private func values(_ shape: String, _ random: inout SeededGenerator) -> [Double] {
        (0..<5_000).map { i in
            let u = Double.random(in: 1e-9..<1, using: &random)
            switch shape {
            case "uniform": return u * 100
            case "negative": return u * 200 - 100
            case "bimodal": return i % 2 == 0 ? 10 + u : 5_000 + u
            case "constant": return 42
            case "outlier": return i == 17 ? 1e4 : 1 + u
            case "zeros": return i % 3 == 0 ? 0 : u
            default: return 1 / (u * u)
            }
        }
    }

    @Test(arguments: ["uniform", "negative", "bimodal", "constant", "outlier", "zeros"])
    func everyQuantileIsWithinOnePercent(shape: String) {
        var random = SeededGenerator(state: 11)
        let values = values(shape, &random)
        var sketch = DDSketch()
        for x in values { sketch.add(x) }
        let sorted = values.sorted()
        #expect(sketch.collapsed == 0 || shape == "negative" || shape == "zeros")
        for q in [0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999] where sketch.collapsed == 0 {
            let exact = sorted[max(1, Int((q * Double(sorted.count)).rounded(.up))) - 1]
            let got = sketch.quantile(q)!
            #expect(abs(got - exact) <= 0.01 * abs(exact) * 1.000001, "\(shape) q=\(q)")
        }
    }

    @Test func mergedInAnyOrderIsTheSame() {
        var random = SeededGenerator(state: 5)
        let values = values("bimodal", &random)
        var whole = DDSketch()
        var parts = [DDSketch(), DDSketch(), DDSketch()]
        for (i, x) in values.enumerated() {
            whole.add(x)
            parts[i % 3].add(x)
        }
        for order in [[0, 1, 2], [2, 0, 1]] {
            var merged = DDSketch()
            for i in order { merged.merge(parts[i]) }
            for q in [0.01, 0.5, 0.99] { #expect(merged.quantile(q) == whole.quantile(q)) }
        }
    }

    @Test func atMostSoManyBucketsAndTheUpperQuantilesStayRight() {
        var random = SeededGenerator(state: 3)
        let values = (0..<20_000).map { _ in
            10 * Double.random(in: -300...300, using: &random).magnitude.squareRoot()
        }.map { x in x * x * x }
        var sketch = DDSketch()
        for x in [1e-300, -1e-300, 1e300] + values { sketch.add(x) }
        #expect(sketch.buckets <= DDSketch.bucketLimit)
        #expect(sketch.collapsed > 0)
        #expect(abs(sketch.quantile(0.99999)! / 1e300 - 1) <= 0.010001)
        #expect(sketch.count == 20_003)
    }

    @Test func emptyHasNoQuantile() { #expect(DDSketch().quantile(0.5) == nil) }
}
