import Events
import Testing

@testable import Engine

/// A regular expression that gives up on a text: the text doesn't match, and that is counted.
@Suite struct MatchLimitTests {
    /// Each `a` more doubles the ways in which there is no match.
    private static let evil = Scalar.string(String(repeating: "a", count: 300) + "!")
    private static let values: [Scalar] = [
        .string("aaa"), evil, .string("b"), .number(5), evil, .string("baa"),
    ]

    private func fixture(_ query: String, batch: Int) throws -> StreamFixture {
        var fixture = try StreamFixture(query, bounded: false)
        fixture.send(
            Self.values.enumerated().map {
                FieldEvent(time: Int64($0), fields: ["x": $1], offset: Int64($0))
            }, batch: batch)
        return fixture
    }

    @Test(arguments: [1, 6]) func theTextDoesNotMatchAndIsCounted(batch: Int) throws {
        var fixture = try fixture("count() where x =~ '(a|aa)+$' over 1s", batch: batch)
        let books = fixture.view().books
        #expect(books.matchLimits == 2 && books.aggregated == 2 && books.filtered == 4)
        #expect(fixture.engine.snapshot().streams[0].books.accepted == 6)
        // What comes then is taken as ever.
        fixture.send([FieldEvent(time: 5, fields: ["x": .string("ba")], offset: 6)])
        fixture.send([FieldEvent(time: 2_000_000_000, fields: [:], offset: 7)])
        #expect(fixture.rows(.onTime).map(\.count) == [3])
        #expect(fixture.view().books.matchLimits == 2)
    }

    /// Wherever it stands, and how often; `not` holds of it.
    @Test func itIsCountedInArgumentsToo() throws {
        let fixture = try fixture(
            """
            count(x =~ '(a|aa)+$') as good, count(not x =~ '(a|aa)+$') as bad, \
            distinct(if(matches(x, '(a|aa)+$'), 1, 0)) as kinds
            """, batch: 6)
        let early = fixture.view().early[0]
        #expect(early.values.map { $0[0] } == [2, 4, 2])
        #expect(fixture.view().books.matchLimits == 6)
        #expect(fixture.view().books.total == 6)
    }

    @Test func aTextWithinTheLimitIsNot() throws {
        let fixture = try fixture("count() where x =~ 'a+!$' over 1s", batch: 6)
        let books = fixture.view().books
        #expect(books.matchLimits == 0 && books.aggregated == 2)
    }
}
