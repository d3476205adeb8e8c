import Events
import Testing

@testable import Queries

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("1ns", 1, "1ns"), ("10us", 10000, "10us"), ("10µs", 10000, "10us"),
        ("10μs", 10000, "10us"), ("250ms", 250_000_000, "250ms"), ("5s", 5_000_000_000, "5s"),
        ("2m", 120_000_000_000, "2m"), ("1h", 3_600_000_000_000, "1h"),
        ("1d", 86_400_000_000_000, "24h"), ("1h30m", 5_400_000_000_000, "90m"),
        ("1d1ns", 86_400_000_000_001, "86400000000001ns"), ("0s", 0, "0s"), ("0h0m", 0, "0s"),
        ("9223372036854775807ns", Int64.max, "9223372036854775807ns"),
        ("007s", 7_000_000_000, "7s"),
    ])
    func durations(text: String, nanoseconds: Int64, canonical: String) {
        #expect(parseDuration(text) == Nanoseconds(rawValue: nanoseconds))
        #expect(durationText(Nanoseconds(rawValue: nanoseconds)) == canonical)
        #expect(parseDuration(canonical[...]) == Nanoseconds(rawValue: nanoseconds))
    }

    @Test(arguments: [
        "", "5", "s", "-5s", "+5s", "5 s", " 5s", "5s ", "1.5s", "5x", "5S", "1m1h", "1s1s", "5s6",
        "9223372036854775808ns", "106752d", "9223372036s854775808ns", "٥s", "5s\u{301}",
    ])
    func refused(text: String) { #expect(parseDuration(text) == nil) }
}

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("bye", "by"), ("oevr", "over"), ("fromm", "from"), ("heigth", "height"),
        ("Title", "title"), ("out_of_oderness", "out_of_orderness"), ("ss", "s"), ("from", "from"),
    ])
    func near(text: String, name: String) {
        let names = ["s", "by", "over", "from", "height", "title", "out_of_orderness"]
        #expect(nearestName(to: text, in: names) == name)
    }

    @Test(arguments: ["", "x", "zz", "frobnicate", "ove_r_rr"])
    func far(text: String) {
        #expect(nearestName(to: text, in: ["a", "by", "over", "from"]) == nil)
    }

    @Test func theFirstOfEqualOnes() {
        #expect(nearestName(to: "heat", in: ["heap", "hear"]) == "heap")
        #expect(nearestName(to: "heat", in: []) == nil)
    }

    @Test func longNamesCostNothing() {
        let long = String(repeating: "x", count: 100_000)
        #expect(nearestName(to: long, in: [long, "x"]) == nil)
    }
}

@Suite struct PercentileTests {
    @Test(arguments: [
        ("p50", 0.5, "p50"), ("p99", 0.99, "p99"), ("p99.9", 0.999, "p99_9"), ("p5", 0.05, "p5"),
        ("p0.5", 0.005, "p0_5"), ("p99.99", 0.9999, "p99_99"), ("p12.5", 0.125, "p12_5"),
    ])
    func isItsQuantile(name: String, q: Double, column: String) {
        #expect(Percentile.quantile(named: name) == q)
        #expect(Percentile.name(of: q) == name)
        #expect(Percentile.columnName(of: name) == column)
    }

    @Test(arguments: [
        "p", "p0", "p0.0", "p100", "p05", "p00.5", "p1.", "p.5", "p999", "q50", "px", "p1.5.5",
        "p99.99999999999999999999",
    ])
    func isNone(name: String) { #expect(Percentile.quantile(named: name) == nil) }
}
