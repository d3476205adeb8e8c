import Events
import TestSeeds
import Testing

@testable import Engine

private let second: Int64 = 1_000_000_000

/// How far sums and what is made of them may be off, where numbers are no whole ones.
///
/// They are whole multiples of 2^−20, so that exact integers tell what is true.
@Suite struct AggregateBoundTests {
    private static let scale = 0x1p20

    /// What a window's values are without any rounding but the last.
    private struct Truth {
        /// In event time; `x` is scaled to a whole number.
        private let events: [FieldEvent]
        private let whole: [Int128]

        init(_ events: [FieldEvent]) {
            self.events = events.map { event in
                var event = event
                event.fields["x"] = .number(event.x! * scale)
                return event
            }.sorted { $0.time < $1.time }
            whole = self.events.map { Int128($0.x!) }
        }

        var sum: Double { Double(whole.reduce(0, +)) / scale }
        /// Σ|x|
        var magnitude: Double { Double(whole.reduce(0) { $0 + abs($1) }) / scale }
        var mean: Double { sum / Double(whole.count) }
        var deviation: Double { NaiveAggregates.deviation(events.map { $0.x! }) / scale }
        var slope: Double { NaiveAggregates.slope(events) / scale }
    }

    /// The rows of each window in some orders of arrival, with its events.
    private func forEachWindow(
        _ seed: UInt64, x: (Int64, inout SplitMix) -> Double,
        _ body: (_ row: ViewRow, _ truth: Truth, _ story: Comment) -> Void
    ) throws {
        var random = SplitMix(seed: seed)
        let start: Int64 = random.pick([0, 1_699_999_998, -2]) * second
        let times = (0..<400).map { _ in
            start + Int64.random(in: 0..<4 * second, using: &random)
        }.sorted()
        let draw = StreamDraw(count: 400, delay: second, times: times, &random) { time, random in
            ["x": .number((x(time - start, &random) * Self.scale).rounded() / Self.scale)]
        }
        for limit in [1, 50] {
            let query = "sum(x), avg(x), stddev(x), slope(x) over 1s every 200ms"
            var fixture = try StreamFixture(query, origins: draw.origins) {
                $0.outOfOrderness = .seconds(1)
            }
            let arrivals = draw.arrivals(&random)
            fixture.send(arrivals, batch: limit)
            fixture.end()
            for row in fixture.rows(.final) where row.count > 2 {
                let events = arrivals.filter { row.window.contains($0.time) }
                #expect(UInt64(events.count) == row.count)
                body(row, Truth(events), "seed \(seed), batches of \(limit): \(row)")
            }
        }
    }

    /// Of numbers from 2^−20 to 2^50, with their signs. What compensation gives is far inside of
    /// what is promised, 1e−12 of Σ|x|; a sum without it isn't.
    @Test(arguments: seeds(4)) func sumsAreAboutAsExactAsOneNumber(seed: UInt64) throws {
        let wide = { (_: Int64, random: inout SplitMix) in
            let digits = Double.random(in: 1..<2, using: &random)
            return (random.once(in: 2) ? 1 : -1)
                * Double(sign: .plus, exponent: random.number(-20..<50), significand: digits)
        }
        try forEachWindow(seed, x: wide) { row, truth, story in
            let slack = 1e-28 * truth.magnitude
            #expect(abs(row.values[0]! - truth.sum) <= 0x1p-52 * abs(truth.sum) + slack, story)
            #expect(abs(row.values[1]! - truth.mean) <= 0x1p-51 * abs(truth.mean) + slack, story)
        }
    }

    /// Where the spread is a millionth of the mean, or more.
    @Test(arguments: seeds(2), [0, 1e6, -1e9])
    func deviationsAreWithinABillionth(seed: UInt64, level: Double) throws {
        let spread = 2e3
        let noisy = { (_: Int64, random: inout SplitMix) in
            level + Double.random(in: -spread...spread, using: &random)
        }
        try forEachWindow(seed, x: noisy) { row, truth, story in
            #expect(abs(row.values[2]! / truth.deviation - 1) < 1e-9, story)
        }
    }

    /// Where x goes with time, on a level that is up to a million times the change.
    @Test(arguments: seeds(2), [0, 1e6, -1e9])
    func slopesAreWithinABillionth(seed: UInt64, level: Double) throws {
        let perSecond = seed % 2 == 0 ? 1e3 : -1e3
        let rising = { (time: Int64, random: inout SplitMix) in
            let change = perSecond * Double(time) / 1e9
            return level + change + perSecond * Double.random(in: -0.1...0.1, using: &random)
        }
        try forEachWindow(seed, x: rising) { row, truth, story in
            // A few events near to each other may go any way.
            guard truth.slope / perSecond > 0.1 else { return }
            #expect(abs(row.values[3]! / truth.slope - 1) < 1e-9, story)
        }
    }

    /// One number has no spread, and equal ones have next to none.
    @Test func ofOneAndOfEqualNumbers() throws {
        var fixture = try StreamFixture(
            "stddev(x) as spread, slope(x) as trend, delta(x) as change by key over 1s")
        var events: [FieldEvent] = []
        for (key, times) in [("one", [5]), ("same time", [7, 7]), ("equal", [1, 2, 3])] {
            for time in times {
                events.append(
                    FieldEvent(
                        time: Int64(time), fields: ["key": .string(key), "x": .number(0.1)],
                        offset: Int64(events.count)))
            }
        }
        fixture.send(events)
        fixture.end()
        let values = Dictionary(
            uniqueKeysWithValues: fixture.rows(.final).map { ($0.key.description, $0.values) })
        #expect(values["one"] == [nil, nil, 0])
        #expect(values["same time"] == [0, nil, 0])
        #expect(values["equal"]![0]! < 1e-16 && values["equal"]!.dropFirst() == [0, 0])
    }
}
