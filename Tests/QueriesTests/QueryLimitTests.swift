import Testing

@testable import Queries

/// Both sides of each bound.
@Suite struct QueryLimitTests {
    private func error(_ text: String) -> QueryError? {
        #expect(throws: QueryError.self) { try Query(parsing: text) }
    }

    @Test func characters() throws {
        let query = "count() where a == \"\""
        func padded(_ count: Int) -> String {
            query.dropLast() + String(repeating: "é", count: count - query.count) + "\""
        }
        _ = try Query(parsing: padded(4096))
        #expect(error(padded(4097))?.column == 4097)
        let mark = "count() where a == \"" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(error(mark)?.message.contains("at most 4096 characters") == true)
    }

    @Test(arguments: ["(", "not ", "-"])
    func nesting(opener: String) throws {
        func nested(_ depth: Int) -> String {
            let closing = opener == "(" ? String(repeating: ")", count: depth) : ""
            let inner = String(repeating: opener, count: depth) + "a" + closing
            return opener == "not " ? "count() where \(inner)" : "sum(\(inner))"
        }
        _ = try Query(parsing: nested(64))
        let column = nested(0).count - (opener == "not " ? 0 : 1) + 64 * opener.count
        #expect(error(nested(65))?.column == column)
        #expect(error(nested(65))?.message.contains("at most 64 deep") == true)
        #expect(error(nested(1000))?.column == column)
    }

    @Test func calls() throws {
        func nested(_ depth: Int, _ inner: String) -> String {
            String(repeating: "abs(", count: depth) + inner + String(repeating: ")", count: depth)
        }
        _ = try Query(parsing: "sum(\(nested(64, "a")))")
        #expect(error("sum(\(nested(65, "a")))")?.message.contains("at most 64 deep") == true)
        _ = try Query(parsing: "\(nested(64, "count()")) as x")
        #expect(error("\(nested(65, "count()")) as x")?.message.contains("at most 64 deep") == true)
        #expect(error(nested(1000, "count()")) != nil)
    }

    @Test func operatorsBetweenAggregates() throws {
        func chain(_ count: Int) -> String {
            [String](repeating: "sum(a+a)", count: count + 1).joined(separator: "-") + " as x"
        }
        _ = try Query(parsing: chain(256))
        #expect(error(chain(257))?.message.contains("at most 256 operators") == true)
    }

    /// Each is an operator in the canonical text.
    @Test func matching() throws {
        func chain(_ count: Int) -> String {
            let one = "matches(a,'')"
            return "count() where "
                + [String](repeating: one, count: count).joined(separator: " or ")
        }
        let query = try Query(parsing: chain(128))
        #expect(try Query(parsing: query.description) == query)
        #expect(error(chain(129))?.message.contains("at most 256 operators") == true)
    }

    @Test func valuesOfTop() throws {
        _ = try Query(parsing: "top(1, a)")
        _ = try Query(parsing: "top(100, a)")
        #expect(error("top(0, a)")?.column == 5)
        #expect(error("top(101, a)")?.column == 5)
    }

    @Test(arguments: [" + ", " * ", " or ", " and "])
    func operators(sign: String) throws {
        func chain(_ count: Int) -> String {
            let inner = [String](repeating: "a", count: count + 1).joined(separator: sign)
            return sign.count == 3 && sign != " or " ? "sum(\(inner))" : "count() where \(inner)"
        }
        _ = try Query(parsing: chain(256))
        #expect(error(chain(257))?.message.contains("at most 256 operators") == true)
    }

    @Test func operatorsAreCountedInEachExpression() throws {
        let sum = [String](repeating: "a", count: 200).joined(separator: "+")
        _ = try Query(parsing: "sum(\(sum)), avg(\(sum)) where \(sum) > 0")
    }

    @Test func aggregates() throws {
        func list(_ count: Int) -> String {
            (0..<count).map { "count() as a\($0)" }.joined(separator: ", ")
        }
        _ = try Query(parsing: list(64))
        #expect(error(list(65))?.column == list(64).count + 3)
        #expect(error(list(65))?.message.contains("at most 64 aggregates") == true)
    }

    @Test func keys() throws {
        func list(_ count: Int) -> String {
            "count() by " + (0..<count).map { "k\($0)" }.joined(separator: ", ")
        }
        _ = try Query(parsing: list(8))
        #expect(error(list(9))?.column == list(8).count + 3)
        #expect(error(list(9))?.message.contains("at most 8 fields") == true)
    }
}
