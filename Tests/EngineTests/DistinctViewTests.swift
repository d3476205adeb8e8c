import Events
import Testing

@testable import Engine

private let s: Int64 = 1_000_000_000

@Suite struct DistinctViewTests {
    private func events(_ values: [Scalar?], time: (Int) -> Int64 = { Int64($0) }) -> [FieldEvent] {
        values.enumerated().map { i, value in
            var event = FieldEvent(time: time(i), fields: [:], offset: Int64(i))
            event.fields["x"] = value
            return event
        }
    }

    /// What the only window came to.
    private func count(_ query: String, _ values: [Scalar?]) throws -> Double? {
        var fixture = try StreamFixture(query)
        fixture.send(events(values), batch: 100)
        fixture.end()
        let rows = fixture.rows(.final)
        #expect(rows.count == 1 && rows[0].count == UInt64(values.count))
        return rows[0].values[0]
    }

    @Test(arguments: [1, 255, 256]) func exactUpTo256(n: Int) throws {
        let values = (0..<3 * n).map { Scalar.string("user \($0 % n)") }
        #expect(try count("distinct(x) over 1s", values) == Double(n))
    }

    @Test(arguments: [257, 2_000]) func thenWithinFourStandardErrors(n: Int) throws {
        let got = try count("distinct(x) over 1s", (0..<n).map { .number(Double($0)) })!
        #expect(abs(got / Double(n) - 1) < 4 * DistinctCounter.standardError)
    }

    /// Of any type; of null and of what isn't there nothing is counted.
    @Test func valuesOfDifferentTypesDiffer() throws {
        let values: [Scalar?] = [
            .string("1"), .number(1), .bool(true), .string("true"), .null, nil, .number(0),
            .number(-0.0), .string(""), .string("1"),
        ]
        #expect(try count("distinct(x) over 1s", values) == 6)
        #expect(try count("distinct(x) over 1s", [nil, .null]) == 0)
        #expect(try count("distinct(lower(x)) over 1s", [.string("A"), .string("a"), nil]) == 1)
        #expect(try count("distinct(concat(x)) over 1s", [.number(1), .string("1")]) == 1)
    }

    /// A window is the union of its slices.
    @Test func whatIsInTwoSlicesCountsOnce() throws {
        var fixture = try StreamFixture("distinct(x) as users, count() over 3s every 1s")
        let values = (0..<600).map { Scalar.number(Double($0 % 200)) }
        fixture.send(events(values) { Int64($0 / 200) * s })
        fixture.end()
        let rows = fixture.rows(.final)
        #expect(rows.map { $0.values[0] } == [200, 200, 200, 200, 200])
        #expect(rows.map { $0.values[1] } == [200, 400, 600, 400, 200])
    }

    /// Of 200 and 200 more there are too many to be exact, and of each alone not.
    @Test func slicesThatAreExactMakeAWindowThatIsNot() throws {
        var fixture = try StreamFixture("distinct(x) over 2s every 1s")
        fixture.send(events((0..<400).map { .number(Double($0)) }) { Int64($0 / 200) * s })
        fixture.end()
        let counts = fixture.rows(.final).map { $0.values[0]! }
        #expect(counts[0] == 200 && counts[2] == 200)
        #expect(abs(counts[1] / 400 - 1) < 4 * DistinctCounter.standardError)
    }

    @Test func lateOnesAndBridgedSessionsAreUnionsToo() throws {
        var fixture = try StreamFixture(
            "distinct(x) as n over 1s", "distinct(x) as n over session(1s)", bounded: false
        ) { $0.allowedLateness = .seconds(10) }
        let values: [Scalar?] = [.number(1), .number(2), .number(3), .number(1), .number(2)]
        let times = [0, 1_800_000_000, 4 * s, 900_000_000, 500_000_000]
        fixture.send(events(values) { times[$0] })
        #expect(fixture.rows(.late).map { $0.values[0] } == [1, 2])
        #expect(fixture.rows(.late, view: 1).map { $0.values[0] } == [2, 2])
    }

    /// 0, where others are null; also in arithmetic.
    @Test func ofAnEmptyWindow() throws {
        var fixture = try StreamFixture(
            "distinct(x), distinct(x) + 1 as more, count() / distinct(x) as each, last(x) over 1s",
            bounded: false)
        fixture.send(events([.number(5), .number(5), .number(6)]) { Int64($0) * s })
        fixture.send([FieldEvent(time: 5 * s, fields: [:], offset: 3)])
        let rows = fixture.rows(.onTime, empty: true)
        #expect(rows.map(\.count) == [1, 1, 1, 0, 0])
        #expect(rows[0].values == [1, 2, 1, 5] && rows[3].values == [0, 1, nil, nil])
    }
}
