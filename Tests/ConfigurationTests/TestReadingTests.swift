import Events
import Foundation
import Testing

@testable import Configuration

/// `tests` of a dashboard file.
@Suite struct TestReadingTests {
    private func test(_ text: String, stream: String = "from: stdin") throws -> TestDefinition {
        let text = """
            version: 1
            streams: { s: { \(stream) } }
            views: { load: rate() by site over 1s }
            alerts: { a: { when: load > 1 } }
            tests:
              - name: T
                \(text)
            """
        return try #require(try Dashboard(reading: text, file: "test.yaml").tests.first)
    }

    @Test func everything() throws {
        let test = try test(
            """
            feed: feeds/hot.ndjson
                expect:
                  - { alert: a, pending_at: 1s, firing_at: 2m1s, resolved_at: 2026-01-01T12:00:00Z,
                      groups: [berlin, '5'], value: 8.5 }
                  - { view: load, window: [-29s, 1s], group: { site: 5 }, values: { rate: null } }
            """)
        var alert = AlertExpectation(alert: 0)
        alert.pendingAt = .sinceFirst(.seconds(1))
        alert.firingAt = .sinceFirst(.seconds(121))
        alert.resolvedAt = .at(Timestamp(rawValue: 1_767_268_800_000_000_000))
        alert.groups = .names([["berlin"], ["5"]])
        alert.value = 8.5
        let window = ViewExpectation.Window(
            start: .sinceFirst(.seconds(-29)), end: .sinceFirst(.seconds(1)))
        var view = ViewExpectation(view: 0, window: window, group: ["5"])
        view.values = [ViewExpectation.Value(column: 0, number: nil)]
        #expect(test.feed == .file("feeds/hot.ndjson"))
        #expect(test.expectations == [.alert(alert), .view(view)])
    }

    /// As YAML has them, and what JSON would not take for a number is text.
    @Test func recordsInBracesAreJSON() throws {
        let test = try test(
            #"""
            feed:
                  - { a: 1, b: -0.5e3, c: true, d: null, e: ~, f: "1", g: 01, h: .5, i: +1,
                      j: a"b\ }
                  - { "é 1": [x, { y: [] }], t: 2026-01-01T12:00:00Z, n: NO, l: "\t" }
                  - 'as it is: "{"'
                expect: { alert: a, never: true }
            """#)
        #expect(
            test.feed
                == .records([
                    #"{"a":1,"b":-0.5e3,"c":true,"d":null,"e":null,"f":"1","g":"01","h":".5","#
                        + #""i":"+1","j":"a\"b\\"}"#,
                    #"{"é 1":["x",{"y":[]}],"t":"2026-01-01T12:00:00Z","n":"NO","l":"\u0009"}"#,
                    #"as it is: "{""#,
                ]))
    }

    @Test func aStreamOfAnotherFormatTakesLines() throws {
        let expect = "expect: { alert: a, never: true }"
        let lines = "feed: ['ts,site', '5,x']\n    " + expect
        #expect(
            try test(lines, stream: "from: x.csv").feed == .records(["ts,site", "5,x"]))
        #expect(throws: DashboardErrors.self) {
            try test("feed: [{ a: 1 }]\n    " + expect, stream: "from: x.csv")
        }
    }

    @Test func twoOfOneName() {
        let test = "{ name: T, feed: f, expect: { alert: a, never: true } }"
        let text = DashboardPart.test.dashboard("")
            .replacingOccurrences(of: "[ {  } ]", with: "[ \(test), \(test) ]")
        #expect(problems(of: text).map(\.message) == ["there are two tests called `T`"])
    }

    @Test func withSeveralStreamsOneIsNamed() {
        let text = """
            version: 1
            streams: { s: { from: x }, t: { from: y } }
            views: { v: count() from s over 1s }
            tests: [ { name: T, feed: f, expect: { view: v, window: [0s, 1s], never: true } } ]
            """
        let said = problems(of: text).map(\.message)
        #expect(
            said == [
                "this test doesn't say which stream it feeds; with several write `stream` and one "
                    + "of `s`, `t`"
            ])
    }
}
