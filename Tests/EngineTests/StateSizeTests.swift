import Events
import Queries
import TestSeeds
import Testing

@testable import Engine

/// What one key costs in one window with count, mean and p99.
struct StateSizeTests {
    private static let query = Query(
        aggregates: [
            Aggregate(function: .count, name: "n"),
            Aggregate(function: .avg, argument: .field(FieldPath("x")), name: "mean"),
            Aggregate(function: .quantile(0.99), argument: .field(FieldPath("x")), name: "p99"),
        ], keys: [FieldPath("key")], window: Window(size: .seconds(1), hop: .seconds(1)))

    /// The row and the sketch.
    private func bytes(_ values: [Double]) -> Int {
        var sketch = DDSketch()
        for x in values { sketch.add(x) }
        return StateCost(Self.query).rowBytes + sketch.byteCount
    }

    /// From one event to two hundred, log-normal as latencies are.
    @Test func theMedianKeyTakesLittle() {
        var random = SplitMix(seed: 4)
        func normal() -> Double {
            (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        }
        let sizes = (1...200).map { events in
            bytes((0..<events).map { _ in pow(2, 4 + normal()) })
        }.sorted()
        #expect(sizes[sizes.count / 2] <= 512, "\(sizes[sizes.count / 2])")
    }

    @Test func noKeyTakesMoreThanThis() {
        let wide = (0..<5000).map { pow(1.01, Double($0)) }
        #expect(bytes(wide) <= 28 * 1024 / 10, "\(bytes(wide))")
        #expect(bytes(wide.reversed()) <= 28 * 1024 / 10)
        #expect(bytes(wide + wide.map { -$0 }) <= 28 * 1024 / 10)
    }

    private func pow(_ x: Double, _ y: Double) -> Double { Function.pow.number(of: [x, y]) }
}
