import Events
import Queries
import Testing

@testable import Engine

private let s: Int64 = 1_000_000_000

/// Both sides of each boundary of a session. The gap is 10 s.
@Suite struct SessionBoundaryTests {
    struct Case: CustomStringConvertible {
        var rule: String
        var outOfOrderness: Int64 = 0
        var lateness: Int64 = 0
        /// Key and event time in nanoseconds. With neither allowance an event moves the watermark
        /// to 1 ns before it.
        var events: KeyValuePairs<String, Int64>
        /// On time and late, with the end of the stream.
        var rows: [String]
        var late: UInt64 = 0
        var description: String { rule }
    }

    static let cases = [
        Case(
            rule: "a gap of exactly the gap is one session, of 1 ns more two",
            events: ["a": 0, "a": 10 * s, "a": 20 * s + 1],
            rows: [
                "on_time [0,20) a n=2 [2]", "on_time [20.000000001,30.000000001) a n=1 [1]",
            ]),
        Case(
            rule: "a window that touches on both sides joins",
            outOfOrderness: 30 * s, events: ["a": 0, "a": 20 * s, "a": 10 * s],
            rows: ["on_time [0,30) a n=3 [3]"]),
        Case(
            rule: "1 ns later it touches the second alone",
            outOfOrderness: 30 * s, events: ["a": 0, "a": 20 * s, "a": 10 * s + 1],
            rows: ["on_time [0,10) a n=1 [1]", "on_time [10.000000001,30) a n=2 [2]"]),
        Case(
            rule: "1 ns earlier the first alone",
            outOfOrderness: 30 * s, events: ["a": 0, "a": 20 * s, "a": 10 * s - 1],
            rows: ["on_time [0,19.999999999) a n=2 [2]", "on_time [20,30) a n=1 [1]"]),
        Case(
            rule: "there is no seam at the epoch",
            events: ["a": -5 * s, "a": 5 * s, "a": 15 * s],
            rows: ["on_time [-5,25) a n=3 [3]"]),
        Case(
            rule: "it fires when the watermark is 1 ns before its end",
            lateness: 60 * s, events: ["a": 0, "b": 10 * s - 1, "a": 1, "b": 10 * s],
            rows: [
                "on_time [0,10.000000001) a n=2 [2]", "on_time [9.999999999,20) b n=2 [2]",
            ]),
        Case(
            rule: "a fired session takes what touches it, as long as it is kept",
            lateness: 1, events: ["a": 0, "b": 10 * s, "a": 10 * s],
            rows: [
                "on_time [0,10) a n=1 [1]", "on_time [0,20) a n=2 [2] for [0,10)",
                "on_time [10,20) b n=1 [1]",
            ]),
        Case(
            rule: "one that isn't kept takes nothing",
            events: ["a": 0, "b": 10 * s, "a": 10 * s],
            rows: [
                "on_time [0,10) a n=1 [1]", "on_time [10,20) a n=1 [1]",
                "on_time [10,20) b n=1 [1]",
            ]),
        Case(
            rule: "an event alone is late from the last instant of the allowed lateness on",
            lateness: 5 * s, events: ["b": 15 * s - 1, "a": 0, "b": 15 * s, "c": 0],
            rows: ["late [0,10) a n=1 [1]", "on_time [14.999999999,25) b n=2 [2]"], late: 1),
        Case(
            rule: "an event that would be late alone is taken by the open session that it touches",
            lateness: 5 * s, events: ["a": 0, "a": 8 * s, "b": 17 * s, "a": 1, "c": 1],
            rows: ["on_time [0,18) a n=3 [3]", "on_time [17,27) b n=1 [1]"], late: 1),
        Case(
            rule: "by a fired one until its allowed lateness is over",
            lateness: 5 * s, events: ["a": 0, "a": 8 * s, "b": 23 * s - 1, "a": 1],
            rows: [
                "on_time [0,18) a n=2 [2]", "late [0,18) a n=3 [3] for [0,18)",
                "on_time [22.999999999,32.999999999) b n=1 [1]",
            ]),
        Case(
            rule: "and not from its last instant on",
            lateness: 5 * s, events: ["a": 0, "a": 8 * s, "b": 23 * s, "a": 1],
            rows: ["on_time [0,18) a n=2 [2]", "on_time [23,33) b n=1 [1]"], late: 1),
        Case(
            rule: "a late event bridges two that have fired",
            lateness: 60 * s, events: ["a": 0, "a": 15 * s, "b": 25 * s, "a": 7 * s],
            rows: [
                "on_time [0,10) a n=1 [1]", "on_time [15,25) a n=1 [1]",
                "late [0,25) a n=3 [3] for [0,10) [15,25)", "on_time [25,35) b n=1 [1]",
            ]),
        Case(
            rule: "a late event bridges one that has fired and one that hasn't",
            lateness: 60 * s, events: ["a": 0, "a": 15 * s, "a": 7 * s],
            rows: ["on_time [0,10) a n=1 [1]", "on_time [0,25) a n=3 [3] for [0,10)"]),
        Case(
            rule: "what grew twice replaces what was shown",
            lateness: 60 * s,
            events: [
                "a": 0, "b": 10 * s, "a": 5 * s, "a": 7 * s, "b": 17 * s, "a": 2 * s,
            ],
            rows: [
                "on_time [0,10) a n=1 [1]", "on_time [0,17) a n=3 [3] for [0,10)",
                "late [0,17) a n=4 [4] for [0,17)", "on_time [10,27) b n=2 [2]",
            ]),
        Case(
            rule: "sessions of different keys have nothing to do with each other",
            events: ["a": 0, "b": 5 * s, "a": 9 * s, "b": 15 * s],
            rows: ["on_time [0,19) a n=2 [2]", "on_time [5,25) b n=2 [2]"]),
    ]

    @Test(arguments: cases) func theBoundary(case: Case) throws {
        var fixture = try Self.fixture {
            $0.outOfOrderness = Nanoseconds(rawValue: `case`.outOfOrderness)
            $0.allowedLateness = Nanoseconds(rawValue: `case`.lateness)
        }
        fixture.send(Self.events(`case`.events))
        fixture.end()
        #expect(fixture.rows(.onTime, .late).map(\.description) == `case`.rows)
        #expect(fixture.view().books.late == `case`.late)
        // What was replaced is neither kept nor printed.
        let replaced = fixture.rows().flatMap { row in row.replaces.map { [$0] + [row.window] } }
        let left = fixture.history().inOrder.map(\.window)
        for (old, new) in replaced.map({ ($0[0], $0[1]) }) where old != new {
            #expect(!left.contains(old))
        }
        #expect(fixture.rows(.final).inOrder == fixture.history().inOrder)
    }

    static func fixture(
        _ aggregates: String = "count()", bounded: Bool = true,
        _ change: (inout StreamRules) -> Void
    ) throws -> StreamFixture {
        try StreamFixture(
            "\(aggregates) by key over session(10s)", bounded: bounded, change)
    }

    static func events(
        _ events: KeyValuePairs<String, Int64>, from offset: Int64 = 0
    ) -> [FieldEvent] {
        events.enumerated().map { i, event in
            FieldEvent(
                time: event.value, fields: ["key": .string(event.key)],
                offset: offset + Int64(i))
        }
    }
}
