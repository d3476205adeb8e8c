import Events
import Testing

@testable import Queries

/// Conditions of alert rules: over columns, which are numbers.
@Suite struct ConditionTests {
    @Test(arguments: [
        ("heat.temp > 80", "heat.temp > 80", ["heat.temp"]),
        ("a.x>1 and not b.y<=a.x", "a.x > 1 and not b.y <= a.x", ["a.x", "b.y"]),
        ("a.x in [1, 2] or exists(b.y)", "a.x in [1, 2] or exists(b.y)", ["a.x", "b.y"]),
        ("abs(a.x - b.y) > 1", "abs(a.x - b.y) > 1", ["a.x", "b.y"]),
        ("round(a.x, 1) == clamp(a.y, 0, 1)", "round(a.x, 1) == clamp(a.y, 0, 1)", ["a.x", "a.y"]),
        (
            "coalesce(a.x, 0) > least(b.y, pow(b.z, 2))",
            "coalesce(a.x, 0) > least(b.y, pow(b.z, 2))", ["a.x", "b.y", "b.z"]
        ),
        ("if(a.x > 1, a.y, b.y) > 5", "if(a.x > 1, a.y, b.y) > 5", ["a.x", "a.y", "b.y"]),
        ("heat.p99_ms > 1.5s", "heat.p99_ms > 1500", ["heat.p99_ms"]),
    ])
    func read(text: String, canonical: String, columns: [String]) throws {
        let condition = try Condition(parsing: text)
        #expect(condition.expression.description == canonical)
        #expect(condition.columns.map(\.description) == columns)
        #expect(try Condition(parsing: canonical) == condition)
    }

    @Test(arguments: [
        Refusal(
            "lower(a.x) == 'x'", "^^^^^",
            "`lower` is of no use here: a view's columns are numbers"),
        Refusal("a.x > length(b.y)", "      ^^^^^^", "`length` is of no use here"),
        Refusal("contains(a.x, 'x')", "^^^^^^^^", "`contains` is of no use here"),
        Refusal("number(a.x) > 1", "^^^^^^", "`number` is of no use here"),
        Refusal("a.x =~ 'x'", "    ^^", "`=~` is of no use here"),
        Refusal("matches(a.x, 'x')", "^^^^^^^", "`matches` is of no use here"),
        Refusal("a.x == 'x'", "^^^^^^^^^^", "they are compared with numbers"),
        Refusal("if(a.x, 1, 2) > 1", "^^^^^^^^^^^^^^^^^", "compared with numbers"),
        Refusal("coalesce(a.x, a.y)", "^^^^^^^^^^^^^^^^^^", "compared with numbers"),
        Refusal("a.x == coalesce(b.y, 'x')", "^^^^^^^^^^^^^^^^^^^^^^^^^", "compared with numbers"),
        Refusal("round(a.x)", "^^^^^^^^^^", "a rule needs a condition"),
        Refusal("abs(1) > 0", "^^^^^^^^^^", "names a view's column"),
        Refusal(
            "heat.mean > 1.5s", "            ^^^^",
            "`heat.mean` has no unit: write a plain number"),
        Refusal("count() > 1", "^^^^^", "is an aggregate of many events"),
    ])
    func refused(_ refusal: Refusal) { refusal.checkCondition() }

    @Test(arguments: [
        (
            "load.rate < 0.5 * load.rate 10m ago", "load.rate < 0.5 * load.rate 10m ago",
            ["load.rate", "load.rate 10m ago"]
        ),
        // It binds more tightly than any operator.
        ("-a.x 90s ago > 1", "-a.x 90s ago > 1", ["a.x 90s ago"]),
        (
            "abs(anomaly(a.x)) > 4", "abs(anomaly(a.x, 1h)) > 4", ["anomaly(a.x, 1h)"]
        ),
        (
            "anomaly(a.x, 15m) > a.x 1h30m ago", "anomaly(a.x, 15m) > a.x 90m ago",
            ["anomaly(a.x, 15m)", "a.x 90m ago"]
        ),
    ])
    func readings(text: String, canonical: String, readings: [String]) throws {
        let condition = try Condition(parsing: text)
        #expect(condition.expression.description == canonical)
        #expect(condition.readings.map(\.written) == readings)
        #expect(try Condition(parsing: canonical) == condition)
    }

    @Test(arguments: [
        Refusal("a.x - 10m ago > 1", "      ^^^^^^^", "`ago` stands behind a view's column"),
        Refusal("a.x 0s ago > 1", "    ^^", "a duration here is longer than 0"),
        Refusal("a.x 10m", "    ^^^", "expected"),
        Refusal("anomaly(a.x, 3) > 1", "             ^", "has no unit: write `3s`"),
        Refusal("anomaly(1) > 1", "        ^", "expected a field, read"),
        Refusal("anomaly(a.x, 1h) > 2s", "                   ^^", "has no unit"),
        Refusal("anomaly(a.x)", "^^^^^^^^^^^^", "a rule needs a condition"),
    ])
    func notReadings(_ refusal: Refusal) { refusal.checkCondition() }

    @Test func columnsHaveUnitsWhereTheyAreTold() throws {
        let path = FieldPath(steps: [.name("t"), .name("freshness")])
        let condition = try Condition(parsing: "t.freshness > 1.5m", units: [path: .seconds])
        #expect(condition.expression.description == "t.freshness > 90")
    }
}
