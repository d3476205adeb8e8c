import Events
import Testing

@testable import Queries

/// Literals with units, and the plain numbers that they become.
@Suite struct UnitTests {
    private let units: [FieldPath: Unit] = [
        FieldPath("latency"): .milliseconds, FieldPath("age"): .seconds, FieldPath("size"): .bytes,
        FieldPath("wait_ms"): .seconds,
    ]

    private func predicate(_ text: String) throws -> String? {
        try Query(parsing: "count() where \(text)", units: units).predicate?.description
    }

    @Test(arguments: [
        ("a_ms > 250ms", "a_ms > 250"), ("a_ms > 1.5s", "a_ms > 1500"),
        ("a_s > 250ms", "a_s > 0.25"),
        ("a_us > 1ms", "a_us > 1000"), ("a_ns > 1us", "a_ns > 1000"), ("a_ns > 1µs", "a_ns > 1000"),
        ("a_s > 1h30m", "a_s > 5400"), ("a_s > 1d", "a_s > 86400"), ("a_ms > 0.07s", "a_ms > 70"),
        ("a_s > 1ns", "a_s > 1e-09"), ("a_s > 0.3ms", "a_s > 0.0003"),
        ("a_ms > 9007199254740993ns", "a_ms > 9007199254.740993"), ("a_ms > -250ms", "a_ms > -250"),
        ("a_ms > - 1s", "a_ms > -1000"), ("a_ms > -(1s)", "a_ms > -1000"),
        ("a_ms > --1s", "a_ms > 1000"),
        ("a_ms > 0s", "a_ms > 0"), ("a_ms > 1000000000000d", "a_ms > 8.64e+19"),
        ("a_bytes > 4KiB", "a_bytes > 4096"), ("a_bytes > 1.5KiB", "a_bytes > 1536"),
        ("a_bytes > 7B", "a_bytes > 7"), ("a_bytes > 1kB", "a_bytes > 1000"),
        ("a_bytes > 1KB", "a_bytes > 1000"), ("a_bytes > 10MB", "a_bytes > 10000000"),
        ("a_bytes > 1MiB", "a_bytes > 1048576"), ("a_bytes > 2GB", "a_bytes > 2000000000"),
        ("a_bytes > 1GiB", "a_bytes > 1073741824"), ("a_bytes > 1TB", "a_bytes > 1000000000000"),
        ("a_bytes > 1TiB", "a_bytes > 1099511627776"),
    ])
    func literals(text: String, plain: String) throws { #expect(try predicate(text) == plain) }

    @Test(arguments: [
        ("latency > 1s", "latency > 1000"), ("age > 1s", "age > 1"), ("size > 1kB", "size > 1000"),
        ("wait_ms > 1s", "wait_ms > 1"), ("stages.broker_ms > 1s", "stages.broker_ms > 1000"),
        ("a_ms[0] > 1s", "a_ms[0] > 1000"), ("`x y_s` > 1m", "`x y_s` > 60"),
        ("`b_ms`.c_s > 1m", "b_ms.c_s > 60"), ("_ms > 1s", "_ms > 1000"),
    ])
    func unitsOfFields(text: String, plain: String) throws {
        #expect(try predicate(text) == plain)
    }

    @Test(arguments: [
        ("250ms < latency", "250 < latency"), ("latency == 1s", "latency == 1000"),
        ("latency in [1s, 5, -2s]", "latency in [1000, 5, -2000]"),
        ("latency + 1s > 2s", "latency + 1000 > 2000"), ("1s - latency < 5", "1000 - latency < 5"),
        ("latency - 5 > 1s", "latency - 5 > 1000"), ("-latency < -1s", "-latency < -1000"),
        ("(latency) > (1s)", "latency > 1000"), ("latency - a_ms > 1s", "latency - a_ms > 1000"),
        ("abs(latency) > 1s", "abs(latency) > 1000"),
        ("round(latency, 1) > 1s", "round(latency, 1) > 1000"),
        ("floor(ceil(trunc(latency))) > 1s", "floor(ceil(trunc(latency))) > 1000"),
        ("least(latency, 1s) > 5ms", "least(latency, 1000) > 5"),
        ("greatest(1s, latency, 7) > 5ms", "greatest(1000, latency, 7) > 5"),
        ("clamp(latency, 0s, 1m) > 5ms", "clamp(latency, 0, 60000) > 5"),
        ("clamp(5, 0, latency) > 5ms", "clamp(5, 0, latency) > 5"),
        ("coalesce(latency, null, 1s) > 5ms", "coalesce(latency, null, 1000) > 5"),
        ("if(latency > 1s, latency, 1s) > 5ms", "if(latency > 1000, latency, 1000) > 5"),
        ("if(size > 1kB, latency, null) > 5ms", "if(size > 1000, latency, null) > 5"),
        ("latency > age", "latency > age"), ("latency + size > 5", "latency + size > 5"),
        ("latency * 2 > 5", "latency * 2 > 5"), ("latency > x", "latency > x"),
    ])
    func meetings(text: String, plain: String) throws { #expect(try predicate(text) == plain) }

    @Test(arguments: [
        ("avg(latency) - 1s as d", "avg(latency) - 1000 as d"),
        ("clamp(p99(latency + 5ms), 0s, 1s) as d", "clamp(p99(latency + 5), 0, 1000) as d"),
        ("delta(age) + 1m as d", "delta(age) + 60 as d"),
        ("coalesce(max(size), 4KiB) as d", "coalesce(max(size), 4096) as d"),
        ("quantile(latency, 0.25) + 1s as d", "p25(latency) + 1000 as d"),
        ("sum(least(size, 4KiB))", "sum(least(size, 4096))"),
        ("count(latency > 1s) as slow", "count(latency > 1000) as slow"),
    ])
    func aggregates(text: String, plain: String) throws {
        #expect(try Query(parsing: text, units: units).description == plain)
    }

    @Test(arguments: [
        Refusal(
            "count() where a > 250ms", "                  ^^^^^",
            "`a` has no unit: name one with `units: { a: ms }`, or write a plain number"),
        Refusal("count() where a.b > 1h", "                    ^^", "`units: { a.b: s }`"),
        Refusal("count() where a > 4KiB", "                  ^^^^", "`units: { a: bytes }`"),
        Refusal("count() where 1ns < a", "              ^^^", "`units: { a: ns }`"),
        Refusal("count() where ms > 1s", "                   ^^", "`ms` has no unit"),
        Refusal("count() where a_ms.b > 1s", "                       ^^", "`a_ms.b` has no unit"),
        Refusal("count() where a_MS > 1s", "                     ^^", "has no unit"),
        Refusal(
            "count() where a_ms * 2 > 1s", "                         ^^",
            "`a_ms * 2` has no unit: write"),
        Refusal("count() where a_ms / b_ms > 1s", "                            ^^", "has no unit"),
        Refusal(
            "count() where a_ms + b > 1s", "                         ^^", "`a_ms + b` has no unit"),
        Refusal("count() where a_ms + b_s > 1s", "                           ^^", "has no unit"),
        Refusal("count() where sqrt(a_ms) > 1s", "                           ^^", "has no unit"),
        Refusal(
            "count() where length(a_ms) > 1s", "                             ^^", "has no unit"),
        Refusal(
            "count() where 5 > 1s", "                  ^^", "`1s` meets nothing that has a unit"),
        Refusal("count() where 2s > 1s", "              ^^", "meets nothing that has a unit"),
        Refusal(
            "count() where a_ms > 4KiB", "                     ^^^^",
            "`4KiB` is an amount of bytes, and `a_ms` is in ms"),
        Refusal(
            "count() where a_bytes < 1s", "                        ^^",
            "`1s` is a time, and `a_bytes` is in bytes"),
        Refusal(
            "count() where a_ms in [1s, 1B]", "                           ^^", "amount of bytes"),
        Refusal("count() where a in [1s]", "                    ^^", "`a` has no unit"),
        Refusal("count() where 1s in [1s]", "              ^^", "meets nothing"),
        Refusal(
            "count() where a_ms * 2s > 1", "                     ^^",
            "`*` needs a plain number, and `2s` has a unit"),
        Refusal(
            "count() where a_ms / 1s > 1", "                     ^^", "`/` needs a plain number"),
        Refusal(
            "count() where a_ms % 1s > 1", "                     ^^", "`%` needs a plain number"),
        Refusal(
            "count() where pow(a_ms, 1s) > 1", "                        ^^",
            "`pow` needs a plain number"),
        Refusal("count() where concat(1s) == '1s'", "                     ^^", "meets nothing"),
        Refusal(
            "count() where least(a_ms, b_s, 1m) > 1", "                               ^^",
            "`a_ms` is in ms and `b_s` in s, so `1m` can't be both"),
        Refusal("count() where least(1s, 2s) > a_ms", "                    ^^", "meets nothing"),
        Refusal(
            "count() where a_ms == 'x' or 1s", "                             ^^",
            "needs a condition"),
        Refusal("sum(250ms)", "    ^^^^^", "`250ms` meets nothing that has a unit"),
        Refusal("distinct(250ms)", "         ^^^^^", "meets nothing"),
        Refusal("top(5, 250ms) as x", "       ^^^^^", "meets nothing"),
        Refusal("rate(a_ms) - 1s as d", "             ^^", "`rate(a_ms)` has no unit: write"),
        Refusal("slope(a_ms) - 1s as d", "              ^^", "has no unit"),
        Refusal("count() - 1s as d", "          ^^", "`count()` has no unit"),
        Refusal(
            "count() where a_ms > 250Ms", "                     ^^^^^",
            "did you mean the unit `ms`?"),
        Refusal(
            "count() where a_ms > 5kb", "                     ^^^",
            "is no number; did you mean the unit"),
        Refusal(
            "count() where a_ms > 1m1h", "                     ^^^^",
            "is no number; `250ms`, `1.5s`"),
        Refusal("count() where a_ms > 1.5h30m", "                     ^^^^^^^", "is no number"),
        Refusal("count() where a_ms > 1e3ms", "                     ^^^^^", "is no number"),
        Refusal("count() where a_ms > 1.5.2s", "                     ^^^^^^", "is no number"),
        Refusal(
            "count() where a_ms > 99999999999999999999999999s",
            "                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^", "is no number"),
    ])
    func refused(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: Unit.allCases)
    func named(unit: Unit) { #expect(Unit(named: unit.name) == unit) }

    @Test(arguments: ["", "m", "MS", "byte", "KiB", " ms", "milliseconds"])
    func noUnit(name: String) { #expect(Unit(named: name) == nil) }
}
