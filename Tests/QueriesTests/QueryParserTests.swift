import Events
import Foundation
import Testing

@testable import Queries

@Suite struct QueryParserTests {
    /// Query, and the canonical text of what it was read as.
    @Test(arguments: [
        ("count()", "count() as `count`"),
        ("p99.9(a.b)", "quantile(a.b, 0.9990000000000001) as `p99_9`"),
        ("quantile(x, 0.5) as mid", "quantile(x, 0.5) as `mid`"),
        ("rate() by site over 10s every 1s", "rate() as `rate` by site over 10s every 1s"),
        ("rate(bytes) over 1500ms", "rate(bytes) as `rate` over 1500ms"),
        (
            "count(status >= 500) as errors from web where not exists(bot) "
                + "by `odd name`, items[0].sku",
            "count((status >= 500)) as `errors` from web where (not exists(bot)) "
                + "by `odd name`, items[0].sku"
        ),
        ("sum(-2 * (a + b) / 3)", "sum(((-2 * (a + b)) / 3)) as `sum`"),
        (
            "count() where a == 'x' or b in [1, -2, \"y\"] and c",
            "count() as `count` where ((a == \"x\") or ((b in [1, -2, \"y\"]) and c))"
        ),
    ])
    func reads(text: String, canonical: String) throws {
        let query = try Query(parsing: text)
        #expect(query.description == canonical)
        #expect(try Query(parsing: query.description) == query)
    }

    /// Query, column, and a part of the message.
    @Test(arguments: [
        ("", 1, "expected an aggregate"),
        ("cuont()", 1, "did you mean `count`?"),
        ("count() bye site", 9, "did you mean `by`?"),
        ("count() WHERE a", 9, "lower case: `where`"),
        ("count(), count()", 10, "give this one a name"),
        ("count(x)", 7, "count(exists(x))"),
        ("sum()", 5, "needs a number"),
        ("sum(a > 1)", 5, "is true or false"),
        ("count() where a + 1", 15, "is a number"),
        ("count() where a + 1 == \"x\"", 21, "compares a number with text"),
        ("count() where a == null", 17, "not exists(a)"),
        ("count() where a = 1", 17, "did you mean `==`?"),
        ("count() over 10", 14, "needs its unit: `10s`"),
        ("count() over 10s every 3s", 24, "doesn't divide it"),
        ("count() over 1s every 10s", 23, "doesn't divide it"),
        ("count() over 0s", 14, "more than 0"),
        ("count() where s == \"abc", 20, "no closing"),
        ("p100(x)", 1, "less than p100"),
        ("quantile(x, 1)", 13, "between 0 and 1"),
        ("count() by a, a", 15, "twice"),
        ("count() as a by a", 17, "named `a` twice"),
    ])
    func refuses(text: String, column: Int, message: String) {
        let error = #expect(throws: QueryError.self) { try Query(parsing: text) }
        #expect(error?.kind == .syntax && error?.column == column, "\(error.debugDescription)")
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("stddev(x)", 1), ("top(5, path)", 1), ("count() over session(30s)", 14),
        ("count() where a =~ \"x\"", 17), ("100 * count() as p", 1), ("count() / count()", 9),
        ("count() where lower(a) == \"x\"", 15), ("count() where a > 250ms", 19),
    ])
    func laterParts(text: String, column: Int) {
        let error = #expect(throws: QueryError.self) { try Query(parsing: text) }
        #expect(error?.kind == .notBuiltYet && error?.column == column)
        #expect(error?.message.contains("not built yet") == true)
    }

    /// Every example of the reference page is read, or refused, as the page says.
    @Test func thePageIsTrue() throws {
        var block = ""
        var examples = 0
        for line in try referencePage().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                block = block.isEmpty ? String(line.dropFirst(3)) + " " : ""
            } else if block == "weir " {
                #expect(throws: Never.self) { try Query(parsing: String(line)) }
                examples += 1
            } else if block == "weir-refused " {
                let error = #expect(throws: QueryError.self) { try Query(parsing: String(line)) }
                #expect(error?.kind == .notBuiltYet, "\(line)")
                examples += 1
            }
        }
        #expect(examples >= 12)
    }

    private func referencePage(_ file: String = #filePath) throws -> String {
        let root = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = (root + ["docs", "query-language.md"]).joined(separator: "/")
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func nestingIsBounded() throws {
        func nested(_ depth: Int) -> String {
            "sum(" + String(repeating: "(", count: depth) + "x"
                + String(repeating: ")", count: depth) + ")"
        }
        _ = try Query(parsing: nested(QueryParser.nestingLimit - 1))
        let error = #expect(throws: QueryError.self) {
            try Query(parsing: nested(QueryParser.nestingLimit))
        }
        #expect(error?.message.contains("nested deeper") == true)
    }

    /// A query with a character put in, left out or changed is read or refused at a place in it.
    @Test(arguments: 0..<200) func noTextCrashesIt(seed: Int) {
        var text = Array("count(a.b >= -1.5e3) as `n`, p99(x) where s in ['q', 1] by k over 9s")
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        func random(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        for _ in 0...random(4) {
            let at = random(text.count)
            let c = Array("()[]'\"`.,=<>-9eax \\u{é")[random(22)]
            if random(2) == 0 { text.insert(c, at: at) } else { text[at] = c }
        }
        do throws(QueryError) {
            _ = try Query(parsing: String(text))
        } catch {
            #expect(error.column >= 1 && error.column <= text.count + 1, "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("250ms", 250_000_000), ("1h30m", 5_400_000_000_000), ("7ns", 7),
        ("1d", 86_400_000_000_000),
    ])
    func durations(text: String, nanoseconds: Int64) {
        #expect(parseDuration(text)?.rawValue == nanoseconds)
    }

    @Test(arguments: ["", "5", "s", "5x", "-5s", "5 s", "9999999d", "1.5s"])
    func notDurations(text: String) { #expect(parseDuration(text) == nil) }

    @Test func nearNames() {
        #expect(nearestName(to: "out_of_oderness", in: ["from", "out_of_orderness"]) != nil)
        #expect(nearestName(to: "form", in: ["from", "id"]) == "from")
        #expect(nearestName(to: "zebra", in: ["from", "id"]) == nil)
    }
}
