import Events
import Testing

@testable import Queries

@Suite struct FieldUsesTests {
    /// Each field with `n` for numbers and `c` for codes.
    @Test(arguments: [
        ("count()", []), ("sum(a)", ["a n"]), ("sum(a), avg(a + b)", ["a n", "b n"]),
        ("count() by site, dev.ice", ["site c", "dev.ice c"]),
        ("sum(a) by a", ["a nc"]),
        ("count() where a", ["a c"]), ("count() where not exists(a)", ["a "]),
        ("count() where exists(a) and a > 1", ["a n"]),
        ("count() where a == 'x' or b == true", ["a c", "b c"]),
        ("count() where a == 1 and 2 < b", ["a n", "b n"]),
        ("count() where a == b", ["a c", "b c"]),
        ("count() where a > b * 2", ["a n", "b n"]),
        ("count() where a in [1, 'x']", ["a c"]), ("count() where a % 2 in [1]", ["a n"]),
        ("count(c == 'x'), p99(b) where a by d", ["c c", "b n", "a c", "d c"]),
        ("stddev(a), first(b), delta(c)", ["a n", "b n", "c n"]),
        ("distinct(a), distinct(a + b) as n", ["a nc", "b n"]),
        ("top(3, a)", ["a c"]), ("top(3, length(a)) as n by b", ["a c", "b c"]),
        ("100 * count(a == 'x') / count(b > 1) as p", ["a c", "b n"]),
        ("round(avg(a) - min(b), 1) as x, -coalesce(sum(c), 0) as y", ["a n", "b n", "c n"]),
        ("count() where lower(a) == 'x'", ["a c"]),
        ("count() where length(a) > b", ["a c", "b n"]),
        ("count() where a == lower(b)", ["a c", "b c"]),
        ("count() where a == abs(b)", ["a n", "b n"]),
        ("count() where a == coalesce(b, c)", ["a c", "b nc", "c nc"]),
        ("count() where contains(a, b)", ["a c", "b c"]),
        ("count() where a =~ 'x' and matches(trim(b), 'y')", ["a c", "b c"]),
        ("count() where split(a, '/', b) in ['x']", ["a c", "b n"]),
        ("count() where substring(a, b, c + d) == 'x'", ["a c", "b n", "c n", "d n"]),
        ("sum(number(a)), sum(number(lower(b))) as y", ["a nc", "b c"]),
        ("sum(abs(a)), avg(clamp(b, c, 1))", ["a n", "b n", "c n"]),
        ("sum(if(a == 'x', b, null)), avg(if(c, d, 0))", ["a c", "b n", "c c", "d n"]),
        ("sum(coalesce(a, b))", ["a n", "b n"]), ("distinct(coalesce(a, b))", ["a nc", "b nc"]),
        ("distinct(coalesce(a, 'x'))", ["a c"]),
        ("distinct(if(a > 1, b, c))", ["a n", "b nc", "c nc"]),
        ("distinct(concat(a, length(b), c * 2))", ["a c", "b c", "c n"]),
        ("count() where coalesce(a, b)", ["a nc", "b nc"]),
        ("count() where if(exists(a), b > 1, c)", ["a ", "b n", "c c"]),
        ("count() where coalesce(a, b) in [1, 'x']", ["a nc", "b nc"]),
        ("count() where not (a and round(b, 1) == 1)", ["a c", "b n"]),
    ])
    func uses(text: String, expected: [String]) throws {
        let uses = try Query(parsing: text).fieldUses.map {
            "\($0.path) " + ($0.asNumber ? "n" : "") + ($0.asCode ? "c" : "")
        }
        #expect(uses == expected)
    }
}
