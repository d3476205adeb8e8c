import Testing

@testable import Queries

/// Parts of the language that are of a later version: refused as such, and nothing else is.
@Suite struct LaterPartTests {
    @Test(arguments: [
        Refusal("top(5, path) over 1m", "^^^", "`top` is not built yet"),
        Refusal("count(), slope(x)", "         ^^^^^", "`slope` is not built yet"),
        Refusal("count() over session(30s)", "             ^^^^^^^", "session window is not built"),
        Refusal("count() where a =~ 'x'", "                ^^", "not built yet"),
        Refusal("100 * count(a > 1) / count() as p", "^^^", "arithmetic between aggregates"),
        Refusal("(count() + 1) as n", "^", "arithmetic between aggregates is not built yet"),
        Refusal("-count()", "^", "arithmetic between aggregates"),
        Refusal("count() / rate()", "        ^", "arithmetic between aggregates"),
        Refusal("count() where lower(a) == 'x'", "              ^^^^^", "`lower` is not built yet"),
        Refusal("sum(abs(a))", "    ^^^", "`abs` is not built yet"),
        Refusal("count() by lower(a)", "           ^^^^^", "`lower` is not built yet"),
        Refusal("count() where a > 250ms", "                  ^^^^^", "a number with a unit"),
        Refusal("count() where a > -4KiB", "                   ^^^^", "a number with a unit"),
        Refusal("sum(a / 1.5GB)", "        ^^^^^", "a number with a unit"),
        Refusal("avg(x) 10m ago", "       ^^^^^^^", "`ago` is not built yet"),
        Refusal("count() where a > 10m ago", "                  ^^^^^^^", "`ago` is not built yet"),
    ])
    func refused(_ refusal: Refusal) { refusal.check(kind: .notBuiltYet) }

    @Test(arguments: FunctionNames.laterAggregates)
    func laterAggregate(name: String) {
        let marks = String(repeating: "^", count: name.count)
        Refusal("\(name)(x)", marks, "`\(name)` is not built yet").check(kind: .notBuiltYet)
    }

    @Test(arguments: FunctionNames.laterFunctions)
    func laterFunction(name: String) {
        let marks = "    " + String(repeating: "^", count: name.count)
        Refusal("sum(\(name)(x))", marks, "`\(name)` is not built yet").check(kind: .notBuiltYet)
    }

    @Test(arguments: ["5", "(a)", "-5", "250ms"])
    func whatHoldsNoAggregateIsNoArithmetic(text: String) {
        let error = #expect(throws: QueryError.self) { try Query(parsing: text) }
        #expect(error?.kind == .syntax)
    }
}
