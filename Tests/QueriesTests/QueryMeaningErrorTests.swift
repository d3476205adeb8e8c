import Testing

@testable import Queries

/// What reads well and can't be meant: names, types, windows, limits.
@Suite struct QueryMeaningErrorTests {
    @Test(arguments: [
        Refusal("count(), count()", "         ^^^^^", "named `count`; give this one another"),
        Refusal("p50(a), quantile(b, 0.5) as p50", "                            ^^^", "already"),
        Refusal("sum(a) as x, avg(a) as x", "                       ^", "named `x`"),
        Refusal("count() as site by site", "           ^^^^", "a field in `by`"),
        Refusal("count() by count", "^^^^^", "give the aggregate another one with `as`"),
        Refusal("rate() as a_b, sum(x) by `a_b`", "          ^^^", "also the name of a field"),
        Refusal("count() by a, a", "              ^", "names `a` twice"),
        Refusal("count() by a.b, `a.b`", "                ^^^^^", "twice"),
        Refusal("coutn()", "^^^^^", "there is no aggregate `coutn`; did you mean `count`?"),
        Refusal("COUNT()", "^^^^^", "did you mean `count`?"),
        Refusal("mean(x)", "^^^^", "did you mean `avg`?"),
        Refusal("median(x)", "^^^^^^", "did you mean `p50`?"),
        Refusal("frobnicate(x)", "^^^^^^^^^^", "there is no aggregate `frobnicate`"),
        Refusal("exists(x)", "^^^^^^", "looks at one event"),
        Refusal("lower(x)", "^^^^^", "looks at one event"),
        Refusal("contains(x, y)", "^^^^^^^^", "looks at one event"),
        Refusal("matches(x, 'y')", "^^^^^^^", "looks at one event"),
        Refusal("if(x, y, z)", "^^", "looks at one event"),
        Refusal("approx_distinct(x)", "^^^^^^^^^^^^^^^", "did you mean `distinct`?"),
        Refusal("dcount(x)", "^^^^^^", "did you mean `distinct`?"),
        Refusal("cardinality(x)", "^^^^^^^^^^^", "did you mean `distinct`?"),
        Refusal("uniq(x)", "^^^^", "did you mean `distinct`?"),
        Refusal("stdev_samp(x)", "^^^^^^^^^^", "did you mean `stddev`?"),
        Refusal("derivative(x)", "^^^^^^^^^^", "did you mean `slope`?"),
        Refusal("increase(x)", "^^^^^^^^", "did you mean `delta`?"),
        Refusal("topk(5, x)", "^^^^", "did you mean `top`?"),
        Refusal("p100(x)", "^^^^", "lies between 0 and 100"),
        Refusal("p0(x)", "^^", "lies between 0 and 100"),
        Refusal("p999(x)", "^^^^", "did you mean `p99.9`?"),
        Refusal("quantile(x)", "          ^", "expected an operator or `,`, read `)`"),
        Refusal("quantile(x, 1)", "            ^", "between 0 and 1, both excluded"),
        Refusal("quantile(x, 0)", "            ^", "between 0 and 1, both excluded"),
        Refusal("quantile(x, y)", "            ^", "expected a number between 0 and 1"),
        Refusal("quantile(x, 5s)", "            ^^", "between 0 and 1"),
    ])
    func names(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("count(x)", "      ^", "count(exists(x))"),
        Refusal("count((a.b))", "      ^^^^^", "count(a.b == true)"),
        Refusal(
            "count(a + 1)", "      ^^^^^", "`count` needs a condition, and `a + 1` is a number"),
        Refusal("sum(\"x\")", "    ^^^", "needs a number, and `\"x\"` is a string"),
        Refusal("sum(a > 1)", "    ^^^^^", "`a > 1` is a condition"),
        Refusal("avg(true)", "    ^^^^", "is true or false"),
        Refusal("quantile(not a, 0.5)", "         ^^^^^", "`quantile` needs a number"),
        Refusal("p99(null)", "    ^^^^", "is null"),
        Refusal("count() where 5", "              ^", "`where` needs a condition, and `5`"),
        Refusal("count() where 'x'", "              ^^^", "is a string"),
        Refusal("count() where a + 1", "              ^^^^^", "is a number"),
        Refusal("count() where not 5", "                  ^", "`not` needs a condition"),
        Refusal("count() where a and 'x'", "                    ^^^", "`and` needs a condition"),
        Refusal("count() where a * 2 or b", "              ^^^^^", "`or` needs a condition"),
        Refusal("count() where 'x' + 1 > 2", "              ^^^", "`+` needs a number"),
        Refusal("count() where a + (b > 1) > 2", "                  ^^^^^^^", "`+` needs a number"),
        Refusal("count() where -'x' == 1", "               ^^^", "`-` needs a number"),
        Refusal(
            "count() where a + 1 == 'x'", "                       ^^^", "a number with a string"),
        Refusal(
            "count() where 'x' < 1", "                    ^", "compares a string with a number"),
        Refusal(
            "count() where 1 == true", "                   ^^^^", "a number with true or false"),
        Refusal("count() where a < true", "                  ^^^^", "have no order"),
        Refusal("count() where (a > 1) == b", "              ^^^^^^^", "`(a > 1)` is a condition"),
        Refusal("count() where a == exists(b)", "                   ^^^^^^^^^", "is a condition"),
        Refusal("count() where a == null", "                   ^^^^", "write `not exists(a)`"),
        Refusal("count() where a.b != null", "                     ^^^^", "write `exists(a.b)`"),
        Refusal("count() where null < 1", "              ^^^^", "ask `exists(x)`"),
        Refusal("count() where a in [null]", "                    ^^^^", "ask `exists(x)`"),
        Refusal(
            "count() where a + 1 in ['x']", "                        ^^^", "looks for a number"),
        Refusal(
            "count() where 'x' in ['x']", "              ^^^",
            "a field, a number or a function's text on its left"),
        Refusal("distinct(a > 1)", "         ^^^^^", "`distinct` needs a value, and `a > 1` is a"),
        Refusal("distinct(contains(a, b))", "         ^^^^^^^^^^^^^^", "is a condition"),
        Refusal("distinct(null)", "         ^^^^", "is null"),
        Refusal("stddev('x')", "       ^^^", "`stddev` needs a number"),
        Refusal("delta(lower(a))", "      ^^^^^^^^", "`lower(a)` is a string"),
        Refusal("count(lower(a))", "      ^^^^^^^^", "`count` needs a condition"),
        Refusal("count() where (a > 1) in [true]", "              ^^^^^^^", "on its left"),
    ])
    func types(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("count() over", "            ^", "such as `10s` or `session(30s)`, read the end"),
        Refusal("count() over 10", "             ^^", "has no unit: write `10s` or `10ms`"),
        Refusal("count() over 10 s", "             ^^", "has no unit"),
        Refusal("count() over 10x", "             ^^^", "is not a duration like"),
        Refusal("count() over 1.5s", "             ^^^^", "is not a duration"),
        Refusal("count() over 5s1m", "             ^^^^", "is not a duration"),
        Refusal("count() over 99999999d", "             ^^^^^^^^^", "is not a duration"),
        Refusal("count() over 0s", "             ^^", "longer than 0"),
        Refusal("count() over -5s", "             ^", "expected a duration"),
        Refusal("count() over ten", "             ^^^", "read `ten`"),
        Refusal("count() over 10s every 0s", "                       ^^", "longer than 0"),
        Refusal("count() over 10s every 3s", "                       ^^", "not a multiple of 3s"),
        Refusal("count() over 10s every 11s", "                       ^^^", "longer than `over`"),
        Refusal("count() over 10s every", "                      ^", "a duration such as `1s`"),
        Refusal("count() over session", "             ^^^^^^^", "`session(30s)`, read `session`"),
        Refusal("count() over session()", "                     ^", "a duration such as `30s`"),
        Refusal("count() over session(0s)", "                     ^^", "longer than 0"),
        Refusal("count() over session(30)", "                     ^^", "has no unit"),
        Refusal("count() over session(30s", "                        ^", "expected `)`"),
        Refusal(
            "count() over session(30s) every 1s", "                          ^^^^^",
            "a session has no `every`"),
        Refusal("count() over sesion(30s)", "             ^^^^^^", "did you mean `session`?"),
    ])
    func windows(_ refusal: Refusal) { refusal.check() }
}
