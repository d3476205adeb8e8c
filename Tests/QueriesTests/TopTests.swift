import Events
import Testing

@testable import Queries

@Suite struct TopTests {
    @Test(arguments: [
        ("top(5, path)", "top(5, path)", "path"),
        ("top( 5 ,path ) as path", "top(5, path)", "path"),
        ("top(1, a.b) as page", "top(1, a.b) as page", "page"),
        ("top(100, a.b)", "top(100, a.b)", "a.b"),
        ("top(3, lower(a)) as name", "top(3, lower(a)) as name", "name"),
        ("top(3, a % 10) as digit", "top(3, a % 10) as digit", "digit"),
        ("top(3, coalesce(a, b)) as x", "top(3, coalesce(a, b)) as x", "x"),
        ("top(3, `odd name`)", "top(3, `odd name`)", "odd name"),
        ("top(2e1, x) by y", "top(20, x) by y", "x"),
        (
            "top(3, count) as n where a > 1 by b over 1m",
            "top(3, count) as n where a > 1 by b over 1m", "n"
        ),
        ("top(3, x) over session(5m)", "top(3, x) over session(5m)", "x"),
    ])
    func read(text: String, canonical: String, name: String) throws {
        let query = try Query(parsing: text)
        #expect(query.description == canonical)
        #expect(query.aggregates.isEmpty)
        #expect(query.top?.name == name)
        #expect(query.keyNames == query.keys.map(\.name) + [name])
        #expect(query.columnNames == ["count", "error"])
    }

    @Test(arguments: [
        Refusal("top", "^^^", "`top` is a function: write `top(5, x)`"),
        Refusal("top()", "    ^", "expected how many values, as in `top(5, x)`, read `)`"),
        Refusal("top(path, 5)", "    ^^^^", "expected how many values"),
        Refusal("top(0, x)", "    ^", "`top` gives 1 to 100 values; read `0`"),
        Refusal("top(101, x)", "    ^^^", "1 to 100 values"),
        Refusal("top(2.5, x)", "    ^^^", "1 to 100 values"),
        Refusal("top(5s, x)", "    ^^", "1 to 100 values"),
        Refusal("top(-1, x)", "    ^", "expected how many values"),
        Refusal("top(5)", "     ^", "expected `,`, read `)`"),
        Refusal("top(5, )", "       ^", "expected a value"),
        Refusal("top(5, x, y)", "        ^", "read `,`"),
        Refusal("top(5, a > 1)", "       ^^^^^", "`top` needs a value, and `a > 1` is a condition"),
        Refusal("top(5, null)", "       ^^^^", "is null"),
        Refusal("top(5, sum(x))", "       ^^^", "is an aggregate of many events"),
        Refusal("top(5, x), count()", "         ^", "`top` stands alone"),
        Refusal("top(5, x) as y, count()", "              ^", "`top` stands alone"),
        Refusal("count(), top(5, x)", "         ^^^", "`top` stands alone"),
        Refusal("top(5, x) * 2 as y", "          ^", "`top` stands alone"),
        Refusal("2 * top(5, x) as y", "    ^^^", "`top` stands alone"),
        Refusal("round(top(5, x)) as y", "      ^^^", "`top` stands alone"),
        Refusal("(top(5, x))", " ^^^", "`top` stands alone"),
        Refusal("top(5, lower(x))", "       ^^^^^^^^", "`lower(x)` has no name of its own"),
        Refusal("top(5, count)", "       ^^^^^", "has a column `count` of its own"),
        Refusal("top(5, error)", "       ^^^^^", "has a column `error` of its own"),
        Refusal("top(5, x) as count", "             ^^^^^", "has a column `count` of its own"),
        Refusal("top(5, pane)", "       ^^^^", "every row has a `pane`"),
        Refusal("top(5, x) as pane", "             ^^^^", "every row has one"),
        Refusal("top(5, x) by x", "       ^", "also the name of a field in `by`"),
        Refusal("top(5, x) as y by y", "             ^", "also the name of a field in `by`"),
        Refusal("top(5, x) by a, count", "                ^^^^^", "can't group by a field of this"),
        Refusal("top(5, x) by error", "             ^^^^^", "can't group by a field of this"),
    ])
    func refused(_ refusal: Refusal) { refusal.check() }
}
