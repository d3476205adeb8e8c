import Events
import Testing

@testable import Engine

/// Events at the beginning of time, in 1677, and days before its end: arithmetic on it saturates.
@Suite struct TimeExtremesTests {
    private static let queries = [
        "count(), rate() over 10s", "sum(x), stddev(x) by key over 1h every 1m",
        "first(x), delta(x), slope(x) over 1s", "slope(x)", "top(2, x) over 1d",
        "distinct(x), last(x) by key over session(1h)", "slope(x) over session(1s)",
    ]

    @Test(arguments: queries, [false, true])
    func nothingOverflows(query: String, isBackward: Bool) throws {
        let last = Int64.max - 200_000_000_000_000
        var times: [Int64] = [.min, .min + 1, -1, 0, last, last + 1]
        if isBackward { times.reverse() }
        var fixture = try StreamFixture(query) {
            $0.id = FieldPath("id")
            $0.outOfOrderness = .seconds(5)
            $0.allowedLateness = .seconds(5)
        }
        fixture.send(
            times.enumerated().map { i, time in
                let fields: [String: Scalar] = [
                    "x": .number(Double(i)), "key": .string("a"), "id": .number(Double(i)),
                ]
                return FieldEvent(time: time, fields: fields, offset: Int64(i))
            }, batch: 1)
        #expect(fixture.view().early.count >= 0)
        fixture.end()
        let books = fixture.view().books
        #expect(books.total == 6 && books.overflowed == 0)
        let rows = fixture.rows(.final)
        if query.hasPrefix("count()") {
            #expect(rows.reduce(0) { $0 + $1.count } == books.aggregated)
        }
        #expect(!rows.isEmpty && rows.allSatisfy { !$0.window.isEmpty })
    }
}
