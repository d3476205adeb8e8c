import Events
import Queries
import Testing

@testable import Engine

/// A snapshot is taken on the engine's thread, ten times a second, whatever it holds.
@Suite struct SnapshotCostTests {
    private static let keys = 10_000

    /// Ten thousand keys in each of three slices of windows that have not fired.
    private func engine() throws -> EngineFixture {
        let query = try Query(parsing: "count(), avg(x), p99(x) by key over 10s every 1s")
        var fixture = EngineFixture(query: query, bounded: false)
        for second in 0..<3 {
            for first in stride(from: 0, to: Self.keys, by: 100) {
                fixture.send(
                    (first..<first + 100).map {
                        TestEvent(time: Int64(second) * 1000, key: "k\($0)", x: Double($0))
                    })
            }
        }
        return fixture
    }

    /// The best of many, so that it doesn't matter what else the machine does. A debug build takes
    /// microseconds too; with the rows of windows that are open it would be sixty times too much.
    @Test func tenThousandKeysCostAMillisecondAtMost() throws {
        let engine = try engine()
        let clock = ContinuousClock()
        var best = Duration.seconds(1)
        for _ in 0..<20 {
            var rows = 0
            best = min(best, clock.measure { rows = engine.snapshot.views[0].keys.count })
            #expect(rows == Self.keys)
        }
        #expect(best <= .milliseconds(1), "\(best)")
        #expect(engine.snapshot.views[0].early.last?.slots.count == Self.keys)
    }
}
