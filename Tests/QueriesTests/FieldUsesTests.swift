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
    ])
    func uses(text: String, expected: [String]) throws {
        let uses = try Query(parsing: text).fieldUses.map {
            "\($0.path) " + ($0.asNumber ? "n" : "") + ($0.asCode ? "c" : "")
        }
        #expect(uses == expected)
    }
}
