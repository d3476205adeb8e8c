import Events
import Testing

@testable import Queries

/// Numbers and functions around aggregates.
@Suite struct AggregateArithmeticTests {
    @Test(arguments: [
        ("100*count(a>1)/count() as p", "100 * count(a > 1) / count() as p"),
        ("(count() + 1) as n", "count() + 1 as n"), ("-count() as n", "-count() as n"),
        ("- 5 + count() as n", "-5 + count() as n"), ("count() - -5 as n", "count() - -5 as n"),
        ("-(5) * count() as n", "-(5) * count() as n"),
        ("--count() as n", "--count() as n"), ("-(count() * 2) as n", "-(count() * 2) as n"),
        ("(max(a) - min(a)) / avg(a) as n", "(max(a) - min(a)) / avg(a) as n"),
        ("max(a) - (min(a) - 1) as n", "max(a) - (min(a) - 1) as n"),
        ("sum(a) % 7 as n, sum(b) % (1 + 2) as m", "sum(a) % 7 as n, sum(b) % (1 + 2) as m"),
        ("round(avg(x), 1) as mean", "round(avg(x), 1) as mean"),
        ("coalesce(sum(a), last(a), 0) as n", "coalesce(sum(a), last(a), 0) as n"),
        ("clamp(abs(slope(a)), 0, 1) as n", "clamp(abs(slope(a)), 0, 1) as n"),
        ("least(p99(a), p50(a) * 2) as n", "least(p99(a), p50(a) * 2) as n"),
        ("log10(sqrt(pow(sum(a), 2))) as n", "log10(sqrt(pow(sum(a), 2))) as n"),
        ("quantile(a, 0.99) + 1 as n", "p99(a) + 1 as n"),
        ("p0.001(a) + 1 as n", "quantile(a, 1e-05) + 1 as n"),
        ("count() + 1 as n, count()", "count() + 1 as n, count()"),
    ])
    func read(text: String, canonical: String) throws {
        #expect(try Query(parsing: text).description == canonical)
    }

    @Test func theTree() throws {
        let query = try Query(parsing: "-round(100 * count(a > 1) / count(), 1) as share")
        let errors = AggregateCall(
            .count, .binary(.greater, .field(FieldPath("a")), .literal(.number(1))))
        let share = AggregateValue.binary(
            .divide, .binary(.multiply, .number(100), .call(errors)), .call(AggregateCall(.count)))
        #expect(
            query.aggregates
                == [Aggregate(.negate(.apply(.round, [share, .number(1)])), name: "share")])
        #expect(query.columnNames == ["share"])
    }

    @Test(arguments: [
        Refusal("count() / rate()", "^^^^^^^^^^^^^^^^", "give it one with `as`"),
        Refusal("sum(a), 1 + count() by b", "        ^^^^^^^^^^^", "`1 + count()` has no name of"),
        Refusal("-count()", "^^^^^^^^", "give it one with `as`"),
        Refusal("round(avg(x), 1)", "^^^^^^^^^^^^^^^^", "give it one with `as`"),
        Refusal("1 + 2 as x", "^^^^^", "`1 + 2` holds no aggregate such as `count()`"),
        Refusal("5", "^", "`5` holds no aggregate"),
        Refusal("abs(-5) as x", "^^^^^^^", "`abs(-5)` holds no aggregate"),
        Refusal("(a)", " ^", "expected an aggregate such as `count()` or a number, read `a`"),
        Refusal("a + count() as x", "^", "expected an aggregate such as `count()`, read `a`"),
        Refusal("count() + a as x", "          ^", "`a` is a field of one event"),
        Refusal("round(avg(x) + y) as z", "               ^", "such as `sum(y)`"),
        Refusal("abs(x)", "^^^", "`abs` looks at one event; here stands an aggregate of many"),
        Refusal("1 + abs(x * 2) as y", "    ^^^", "`abs` looks at one event"),
        Refusal("1 + lower(x) as y", "    ^^^^^", "`lower` looks at one event"),
        Refusal("if(count() > 1, 2, 3) as y", "^^", "`if` looks at one event"),
        Refusal("round(sum(p99(a))) as y", "          ^^^", "is an aggregate of many events"),
        Refusal("count() + 'x' as y", "          ^^^", "expected an aggregate such as `count()`"),
        Refusal("count() + as y", "          ^^", "or a number, read `as`"),
        Refusal("round(count(), 2.5) as y", "               ^^^", "0 to 15 decimal places"),
        Refusal("round(count(), 1, 2) as y", "                  ^", "too many arguments"),
        Refusal("pow(count()) as y", "           ^", "too few arguments: write `pow(x, y)`"),
        Refusal("rond(avg(x)) as y", "^^^^", "there is no aggregate `rond`; did you mean `round`?"),
        Refusal("1 + ceiling(avg(x)) as y", "    ^^^^^^^", "did you mean `ceil`?"),
        Refusal("not count() as y", "^^^", "stands before a whole condition"),
        Refusal("count() + 1 as count, count()", "                      ^^^^^", "already"),
        Refusal("count() and rate()", "        ^^^", "expected an operator, `as`"),
        Refusal("count() + count as x", "          ^^^^^", "write `count()`"),
        Refusal("count() ++ 1 as x", "         ^", "or a number, read `+`"),
    ])
    func refused(_ refusal: Refusal) { refusal.check() }
}
