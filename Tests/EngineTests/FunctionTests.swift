import Events
import Testing

@testable import Engine

/// What functions and operators give over many rows; of constants it stands on the page, which is
/// `PageValueTests`.
@Suite struct FunctionTests {
    /// Of each type, and each text in two batches.
    private static let batches: [[Scalar?]] = [
        [.string("GET /a"), .number(7), .null, nil, .string("GET /a"), .bool(true)],
        [.string(""), .string("GET /a"), .string("put /b/c"), .number(-2.5), .bool(false)],
    ]

    /// For which of those values, numbered through, the condition holds.
    private func rows(_ condition: String) throws -> [Int] {
        var result: [[Int]] = []
        // With dictionaries of their own and shared ones, in one batch and in two.
        for (sharing, limit) in [(true, 6), (false, 6), (true, 1), (false, 11)] {
            var fixture = try StreamFixture(
                "sum(place) as places, count() where \(condition)", sharing: sharing)
            let events = Self.batches.joined().enumerated().map { i, value in
                var event = FieldEvent(
                    time: 0, fields: ["place": .number(Double(1 << i)), "y": .string("/")],
                    offset: Int64(i))
                event.fields["x"] = value
                return event
            }
            fixture.send(events, batch: limit)
            fixture.end()
            let bits = Int(fixture.rows(.final).first?.values[0] ?? 0)
            result.append((0..<11).filter { bits >> $0 & 1 == 1 })
        }
        #expect(Set(result).count == 1, "\(condition): \(result)")
        return result[0]
    }

    /// Places: 0 "GET /a", 1 7, 2 null, 3 missing, 4 "GET /a", 5 true, 6 "", 7 "GET /a",
    /// 8 "put /b/c", 9 −2.5, 10 false. Null, and values of other types than a function takes, make
    /// a comparison false, and `not` makes that true.
    private static let conditions: [(String, [Int])] = [
        ("lower(x) == 'get /a'", [0, 4, 7]),
        ("lower(x) != 'get /a'", [6, 8]),
        ("not lower(x) == 'get /a'", [1, 2, 3, 5, 6, 8, 9, 10]),
        ("upper(x) < 'H'", [0, 4, 6, 7]),
        ("length(x) >= 0", [0, 4, 6, 7, 8]),
        ("length(x) == 0 or length(x) > 6", [6, 8]),
        ("contains(x, '/')", [0, 4, 7, 8]),
        ("not contains(x, '/')", [1, 2, 3, 5, 6, 9, 10]),
        ("contains(x, y)", [0, 4, 7, 8]),
        ("contains(y, x)", [6]),
        ("starts_with(x, '')", [0, 4, 6, 7, 8]),
        ("starts_with(x, 'GET') and ends_with(x, 'a')", [0, 4, 7]),
        ("ends_with(x, 'c')", [8]),
        ("substring(x, 4, 2) == '/a'", [0, 4, 7]),
        ("split(x, y, 1) == 'b'", [8]),
        ("split(x, ' ', 0) in ['GET', 'put', '']", [0, 4, 6, 7, 8]),
        ("replace(x, y, '') == 'GET a'", [0, 4, 7]),
        ("trim(x) == ''", [6]),
        ("x =~ '^(GET|put) '", [0, 4, 7, 8]),
        ("not x =~ '^(GET|put) '", [1, 2, 3, 5, 6, 9, 10]),
        ("x =~ ''", [0, 4, 6, 7, 8]),
        ("x =~ '7'", []),
        ("concat(x) =~ '7'", [1]),
        ("concat(x, y) =~ 'e/$|5/$'", [5, 9, 10]),
        ("concat(x, y) == 'GET /a/'", [0, 4, 7]),
        ("concat(x, z) == concat(x, z)", []),
        ("matches(upper(x), 'PUT')", [8]),
        ("if(x, 'yes', 'no') == 'yes'", [5]),
        ("if(x == 7, 'seven', x) == 'seven'", [1]),
        ("if(contains(x, '/'), length(x), x) > 6", [1, 8]),
        ("if(not exists(x), 1, 0) == 1", [2, 3]),
        ("coalesce(x, 'none') == 'none'", [2, 3]),
        ("coalesce(x, y) != '/'", [0, 1, 4, 5, 6, 7, 8, 9, 10]),
        ("coalesce(z, x) == true", [5]),
        ("coalesce(x, 0) == 0", [0, 2, 3, 4, 5, 6, 7, 8, 10]),
        ("number(x) > 0", [1]),
        ("abs(x) > 2", [1, 9]),
        ("not abs(x) > 2", [0, 2, 3, 4, 5, 6, 7, 8, 10]),
        ("round(x) == -3", [9]),
        ("x", [5]),
        ("not x", [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]),
        ("x != 7", [0, 4, 5, 6, 7, 8, 9, 10]),
        ("x == true or x == 7", [1, 5]),
        ("x in [7, 'GET /a', false]", [0, 1, 4, 7, 10]),
        ("lower(x) in ['', 'PUT /B/C', 'put /b/c']", [6, 8]),
        ("x == x", [0, 1, 4, 5, 6, 7, 8, 9, 10]),
        ("x + 0 == x", [1, 9]),
        ("x * 2 != 14", [9]),
        ("length(concat(x)) == 1", [1]),
    ]

    @Test(arguments: conditions) func whereHolds(condition: String, places: [Int]) throws {
        #expect(try rows(condition) == places)
    }
}
