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
        ("stddev(a), distinct(b)", "stddev(a), distinct(b)"),
        ("first(a), last(a), delta(a), slope(a)", "first(a), last(a), delta(a), slope(a)"),
        ("distinct('x'), distinct(1) as n", "distinct(\"x\"), distinct(1) as n"),
        ("distinct(lower(a)) as names", "distinct(lower(a)) as names"),
        ("sum(count), avg(top)", "sum(count), avg(top)"), ("(count())", "count()"),
        ("((p99(x))) as p99", "p99(x)"),
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
        ("over 60000ms every 1m", "over 1m"), ("over 10µs", "over 10us"),
        ("over session(30s)", "over session(30s)"), ("over session ( 1h30m )", "over session(90m)"),
        ("by session over session(1ns)", "by session over session(1ns)"),
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
        ("lower( a )=='x'", "lower(a) == \"x\""), ("lower(a) < upper(b)", "lower(a) < upper(b)"),
        ("contains(a, 'x')", "contains(a, \"x\")"), ("not contains(a, b)", "not contains(a, b)"),
        (
            "starts_with(trim(a), b) and ends_with(a, c)",
            "starts_with(trim(a), b) and ends_with(a, c)"
        ),
        ("substring(a, 1) == substring(a, 1, -2)", "substring(a, 1) == substring(a, 1, -2)"),
        (
            "split(replace(a, 'x', ''), '/', 1) in ['a']",
            "split(replace(a, \"x\", \"\"), \"/\", 1) in [\"a\"]"
        ),
        ("concat(a, 1, true, null) == b", "concat(a, 1, true, null) == b"),
        ("concat(a > 1) == 'true'", "concat(a > 1) == \"true\""),
        ("length(a) % 2 in [0]", "length(a) % 2 in [0]"),
        ("if(a > 1, b, c) == 'x'", "if(a > 1, b, c) == \"x\""), ("if(a, b, c)", "if(a, b, c)"),
        ("if(a, b > 1, c < 2) == true", "if(a, b > 1, c < 2) == true"),
        ("coalesce(a, b, 'x') in ['x', 'y']", "coalesce(a, b, \"x\") in [\"x\", \"y\"]"),
        ("coalesce(a, b) in ['x', 1, true]", "coalesce(a, b) in [\"x\", 1, true]"),
        ("coalesce(a, b)", "coalesce(a, b)"), ("number(a) > 1", "number(a) > 1"),
        ("-abs(a) + (round(b, 2)) > 0", "-abs(a) + round(b, 2) > 0"),
        ("abs(-(a)) > 0", "abs(-a) > 0"),
        ("pow(a, 2) + least(a, b, c) > 0", "pow(a, 2) + least(a, b, c) > 0"),
        ("clamp(a, 0, 1) == greatest(b, 0)", "clamp(a, 0, 1) == greatest(b, 0)"),
        ("lower == 1 and if == 2", "lower == 1 and if == 2"),
        ("round(a, 0) == round(a, 15)", "round(a, 0) == round(a, 15)"),
    ])
    func functions(text: String, canonical: String) throws {
        #expect(
            try Query(parsing: "count() where \(text)").description == "count() where \(canonical)")
    }

    @Test(arguments: [
        ("a =~ 'x'", "a =~ \"x\""), ("a=~\"^x$\"", "a =~ \"^x$\""),
        ("matches(a, 'x')", "a =~ \"x\""),
        ("not a =~ 'x'", "not a =~ \"x\""), ("not (a =~ 'x')", "not a =~ \"x\""),
        ("a =~ 'x' and b", "a =~ \"x\" and b"), ("lower(a) =~ ''", "lower(a) =~ \"\""),
        ("coalesce(a, b) =~ 'x'", "coalesce(a, b) =~ \"x\""), ("'ab' =~ 'a'", "\"ab\" =~ \"a\""),
        (#"a =~ '\\d+'"#, #"a =~ "\\d+""#), (#"a =~ "\"""#, #"a =~ "\"""#),
        ("matches =~ 'x'", "matches =~ \"x\""),
    ])
    func patterns(text: String, canonical: String) throws {
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

    @Test func theTreeOfFunctions() throws {
        let query = try Query(parsing: "count() where if(a =~ 'x', 1, null) > length(trim(b))")
        let choice = Expression.call(
            .choose, [.matches(.field(FieldPath("a")), "x"), .literal(.number(1)), .literal(.null)])
        let length = Expression.call(.length, [.call(.trim, [.field(FieldPath("b"))])])
        #expect(query.predicate == .binary(.greater, choice, length))
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
