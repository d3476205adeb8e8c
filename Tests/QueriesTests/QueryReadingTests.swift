import Events
import Testing

@testable import Queries

/// A query as somebody may write it, and its canonical text.
@Suite struct QueryReadingTests {
    @Test(arguments: [
        ("count()", "count()"),
        (" count ( ) ", "count()"),
        ("rate(),rate(bytes)as volume", "rate(), rate(bytes) as volume"),
        ("sum(a), avg(a), min(a), max(a)", "sum(a), avg(a), min(a), max(a)"),
        ("p50(x), p99(x), p99.9(x), p5(x)", "p50(x), p99(x), p99.9(x), p5(x)"),
        ("p99.90(x) as p99_9", "p99.9(x)"), ("p50.0(x)", "p50(x)"), ("p0.5(x)", "p0.5(x)"),
        ("p0.001(x)", "quantile(x, 1e-05) as p0_001"),
        ("quantile(x, 0.25)", "quantile(x, 0.25)"),
        ("quantile(x, 25e-2 )", "quantile(x, 0.25)"),
        ("quantile(x, 0.999) as tail", "p99.9(x) as tail"),
        ("p99(x) as quantile", "quantile(x, 0.99)"),
        ("quantile(x, 0.99) as p99", "p99(x)"),
        ("count() as count", "count()"),
        ("count(), count(a > 1) as errors", "count(), count(a > 1) as errors"),
        ("count(a > 1) as n, count()", "count(a > 1) as n, count()"),
    ])
    func aggregates(text: String, canonical: String) throws {
        #expect(try Query(parsing: text).description == canonical)
    }

    @Test(arguments: [
        ("from s", "from s"), ("from plant-floor", "from plant-floor"),
        ("from `two words`", "from `two words`"), ("from `by`", "from `by`"),
        ("from a-b-2c", "from a-b-2c"), ("from `a-`", "from `a-`"),
        ("by site", "by site"), ("by a , b.c", "by a, b.c"), ("by items[0].sku", "by items[0].sku"),
        ("by `odd name`", "by `odd name`"), ("by `site`", "by site"), ("by `a.b`", "by `a.b`"),
        ("by `from`", "by `from`"), ("by `FROM`", "by `FROM`"), ("by a.by", "by a.`by`"),
        ("by größe", "by größe"), ("by `2xx`", "by `2xx`"), ("by count", "by count"),
        ("over 10s", "over 10s"), ("over 10s every 10s", "over 10s"),
        ("over 30s every 1s", "over 30s every 1s"), ("over 1h30m", "over 90m"),
        ("over 1d every 12h", "over 24h every 12h"), ("over 1500us", "over 1500us"),
        ("over 60000ms every 1m", "over 1m"),
        ("where a by b over 1s", "where a by b over 1s"),
    ])
    func clauses(text: String, canonical: String) throws {
        #expect(try Query(parsing: "rate() \(text)").description == "rate() \(canonical)")
    }

    @Test(arguments: [
        ("a", "a"), ("true", "true"), ("not ok", "not ok"), ("not not ok", "not not ok"),
        ("a==1", "a == 1"), ("a != 'x'", "a != \"x\""), ("a<b", "a < b"), ("a <= 1.50", "a <= 1.5"),
        ("a > 1e3", "a > 1000"), ("a >= -2", "a >= -2"), ("a == - 2", "a == -2"),
        ("a == -(2)", "a == -(2)"), ("a == --b", "a == --b"), ("a == - (b)", "a == -b"),
        ("-a * b > 0", "-a * b > 0"), ("-(a * b) > 0", "-(a * b) > 0"),
        ("a - b - c > 0", "a - b - c > 0"), ("a - (b - c) > 0", "a - (b - c) > 0"),
        ("(a + b) * c > 0", "(a + b) * c > 0"), ("a + (b * c) > 0", "a + b * c > 0"),
        ("a / b % c > 0", "a / b % c > 0"), ("a / (b % c) > 0", "a / (b % c) > 0"),
        ("a or b and c", "a or b and c"), ("(a or b) and c", "(a or b) and c"),
        ("a or (b or c)", "a or (b or c)"), ("((a or b) or c)", "a or b or c"),
        ("not a == 1", "not a == 1"), ("not (a and b)", "not (a and b)"),
        ("not a and b", "not a and b"), ("(not a) and b", "not a and b"),
        ("(a == 1) and (b < 2)", "a == 1 and b < 2"),
        ("a in [1, -2, 'x', true]", "a in [1, -2, \"x\", true]"),
        ("a % 7 in [0]", "a % 7 in [0]"), ("not a in [1]", "not a in [1]"),
        ("exists(stages.broker)", "exists(stages.broker)"),
        ("not exists(a) or b", "not exists(a) or b"),
        ("exists == 1", "exists == 1"), ("a\n  and\tb", "a and b"),
        ("1 < a", "1 < a"), ("a == 1e300", "a == 1e+300"), ("a == 0.1", "a == 0.1"),
        ("a == 9007199254740993", "a == 9007199254740992.0"),
    ])
    func predicates(text: String, canonical: String) throws {
        #expect(
            try Query(parsing: "count() where \(text)").description == "count() where \(canonical)")
    }

    @Test(arguments: [
        (#""a\"b""#, "a\"b"), (#"'a\'b'"#, "a'b"), (#"'a"b'"#, "a\"b"), (#""a\\b""#, "a\\b"),
        (#""a\nb\tc""#, "a\nb\tc"), (#""\u00e9\u00E9""#, "éé"), (#""\ud83d\ude00""#, "😀"),
        ("\"`\"", "`"), ("\"\"", ""), ("\"\u{301}a\"", "\u{301}a"), (#""\u001b[2J""#, "\u{1B}[2J"),
    ])
    func strings(text: String, value: String) throws {
        let query = try Query(parsing: "count() where a == \(text)")
        let wanted = Expression.binary(.equal, .field(FieldPath("a")), .literal(.string(value)))
        #expect(query.predicate == wanted)
        #expect(query.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        #expect(try Query(parsing: query.description) == query)
    }

    @Test func theWholeTree() throws {
        let query = try Query(
            parsing: "p99.9(ms), count(not a.b[2] + 1 > -3) as n from s where t in ['x'] "
                + "by site, `a b` over 30s every 10s")
        let path = FieldPath(steps: [.name("a"), .name("b"), .index(2)])
        let sum = Expression.binary(.add, .field(path), .literal(.number(1)))
        #expect(
            query
                == Query(
                    aggregates: [
                        Aggregate(
                            function: .quantile(0.999), argument: .field(FieldPath("ms")),
                            name: "p99_9"),
                        Aggregate(
                            function: .count,
                            argument: .not(.binary(.greater, sum, .literal(.number(-3)))), name: "n"
                        ),
                    ], stream: "s", predicate: .isIn(.field(FieldPath("t")), [.string("x")]),
                    keys: [FieldPath("site"), FieldPath("a b")],
                    window: Window(size: .seconds(30), hop: .seconds(10))))
    }
}
