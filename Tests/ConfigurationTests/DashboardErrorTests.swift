import Configuration
import Testing

/// A file, and what is said about it: each expectation is the beginning of one error, in order.
struct WrongFile: Sendable, CustomTestStringConvertible {
    var text: String
    var errors: [String]

    init(_ text: String, _ errors: String...) {
        self.text = text
        self.errors = errors
    }

    var testDescription: String { text }
}

/// The problems of a file as `line:column: message`; empty if it is right.
func problems(of text: String) -> [DashboardError] {
    do throws(DashboardErrors) {
        _ = try Dashboard(reading: text, file: "f")
        return []
    } catch {
        return error.errors
    }
}

func check(_ file: WrongFile) {
    let found = problems(of: file.text).map { String($0.description.dropFirst(2)) }
    #expect(found.count == file.errors.count, "\(found)")
    for (found, expected) in zip(found, file.errors) {
        #expect(found.hasPrefix(expected), "\(found)")
    }
}

private func stream(_ rest: String) -> String {
    "version: 1\nstreams:\n  s:\n\(rest)\nviews: { v: count() over 1s }"
}

private func views(_ rest: String) -> String {
    "version: 1\nstreams: { s: { from: stdin } }\nviews:\n\(rest)"
}

private func panels(_ rest: String) -> String {
    """
    version: 1
    streams: { s: { from: stdin } }
    views:
      load: rate() by site over 1s
      heat: avg(t) as temp, max(t) as peak by site over 1s
    panels:
    \(rest)
    """
}

@Suite struct DashboardErrorTests {
    @Test(arguments: [
        WrongFile("", "1:1: the file holds nothing; a dashboard begins with `version: 1`"),
        WrongFile("# a comment\n", "1:1: the file holds nothing"),
        WrongFile("---\n", "1:1: the file holds nothing"),
        WrongFile("- a\n- b", "1:1: expected the keys of a dashboard, found a list"),
        WrongFile("hello", "1:1: expected the keys of a dashboard, found text"),
        WrongFile(minimal, "1:1: `version` is missing"),
        WrongFile("version: 2\n" + minimal, "1:10: `version` is `2`; this weir reads version 1"),
        WrongFile("version:\n" + minimal, "1:1: `version` has no value"),
        WrongFile("version: 1\ntitle: null\n" + minimal, "2:1: `title` has no value"),
        WrongFile("version: 1\ntitle: [a]\n" + minimal, "2:8: `title` takes one value, found a"),
        WrongFile(
            "version: 1\n" + minimal + "pannels: []",
            "6:1: `pannels` is not a key of a dashboard; did you mean `panels`?"),
        WrongFile("version: 1\n" + minimal + "tables: {}", "6:1: `tables` is not built yet"),
        WrongFile("version: 1\n" + minimal + "<<: {}", "6:1: `<<` merges mappings"),
        WrongFile(
            "version: 1\n", "1:1: `streams` is missing; a dashboard names at least one",
            "1:1: `views` is missing"),
        WrongFile(
            "version: 1\nstreams:\nviews:\n",
            "2:1: `streams` is empty; expected names below it, like `name: { from: stdin }`",
            "3:1: `views` is empty; expected names below it, like `name: count() over 1s`"),
        WrongFile(
            "version: 1\nstreams: [s]\nviews: count()", "2:10: `streams` is a list",
            "3:8: `views` is text"),
    ])
    func top(file: WrongFile) { check(file) }

    @Test(arguments: [
        WrongFile(
            stream("    fromm: stdin"), "3:3: stream `s` has no `from`",
            "4:5: `fromm` is not a key of a stream; did you mean `from`?"),
        WrongFile(
            stream("    from: stdin\n    colour: red"),
            "5:5: `colour` is not a key of a stream; there is `from`, `format`, `time`"),
        WrongFile(stream("    from: x\n    join: a on b"), "5:5: `join` is not built yet"),
        WrongFile(
            stream("    from: x\n    stages: a"), "5:13: `stages` is a list of 1 to 16 fields"),
        WrongFile(stream("    from: x\n    stages: [a, a]"), "5:17: `a` stands twice in `stages`"),
        WrongFile(stream("    from: '-'"), "4:11: in a dashboard the standard input is written"),
        WrongFile(stream("    from: nats://b/t"), "4:11: `nats://` sources are not built yet"),
        WrongFile(stream("    from: tls://b/t"), "4:11: `tls://` sources are not built yet"),
        WrongFile(stream("    from: 'exec: '"), "4:11: the command is missing; it is written"),
        WrongFile(stream("    from: udp://h"), "4:11: the port is missing; it is written"),
        WrongFile(stream("    from: udp://h:1/x"), "4:11: nothing comes after the port"),
        WrongFile(stream("    from: kafkaa://b"), "4:11: `kafkaa://` is no source; did you mean"),
        WrongFile(stream("    from: gopher://b"), "4:11: `gopher://` is no source; there is"),
        WrongFile(stream("    from: demo:plants"), "4:11: there is no demo `demo:plants`"),
        WrongFile(stream("    from: tcp://host"), "4:11: `tcp://host` names no socket"),
        WrongFile(stream("    from:"), "4:5: `from` has no value"),
        WrongFile(
            stream("    from: x\n    idle_after: 10"),
            "5:17: `idle_after` is `10`, not a duration like `5s` or `250ms`; a number alone"),
        WrongFile(
            stream("    from: x\n    idle_after: 10ms"),
            "5:17: `idle_after` is `10ms`; expected 100ms to 8784h"),
        WrongFile(stream("    from: x\n    time: a..b"), "5:11: `time` is `a..b`, not a field"),
        WrongFile(stream("    from: x\n    time: 1a"), "5:11: `time` is `1a`, not a field"),
        WrongFile(stream("    from: x\n    time: a[x]"), "5:11: `time` is `a[x]`, not a field"),
        WrongFile(stream("    from: x\n    time: '`a'"), "5:11: `time` is ``a`, not a field"),
        WrongFile(stream("    from: x\n    time_unit: ms"), "5:5: `time_unit` does nothing"),
        WrongFile(
            stream("    from: x\n    time: t\n    time_unit: min"),
            "6:16: `time_unit` is `min`; expected `s`, `ms`, `us` or `ns`"),
        WrongFile(
            stream("    from: x\n    time: t\n    time_zone: Europe/Berlin"),
            "6:16: a named time zone, `Europe/Berlin`, is not built yet"),
        WrongFile(
            stream("    from: x\n    time: t\n    time_zone: +14:01"),
            "6:16: `time_zone` is `+14:01`; expected `UTC` or an offset"),
        WrongFile(stream("    from: x\n    dedup_window: 1m"), "5:5: `dedup_window` does nothing"),
        WrongFile(
            stream(
                """
                    from: x
                    id: id
                    out_of_orderness: 30s
                    allowed_lateness: 31s
                    dedup_window: 60s
                """), "8:19: `dedup_window` is 1m; it must be at least out_of_orderness + "),
        WrongFile(
            stream("    from: x\n    id: id\n    allowed_lateness: 11m"),
            "5:9: `dedup_window` is 10m"),
        WrongFile(
            stream("    from: x\n    forget_after: 500ms"),
            "5:19: `forget_after` is 500ms; view `v` needs at least its window"),
        WrongFile(
            "version: 1\nstreams:\n  2fast: { from: x }\nviews: { v: count() }",
            "3:3: `2fast` can't be the name of a stream"),
    ])
    func streams(file: WrongFile) { check(file) }

    @Test(arguments: [
        WrongFile(views("  v: cuont() over 1s"), "4:6: "),
        WrongFile(views("  v: count() over x"), "4:19: "),
        WrongFile(views("  v: 'count() over x'"), "4:20: "),
        WrongFile(views("  v: \"count() over x\""), "4:20: "),
        WrongFile(views("  v: \"count\\x28) over x\""), "4:23: "),
        WrongFile(views("  v: &q count() over x"), "4:22: "),
        WrongFile(views("  v: |\n    count()\n      over x"), "6:12: "),
        WrongFile(views("  v: >\n    count()\n    over x"), "6:10: "),
        WrongFile(views("  v: count()\n    over x"), "5:10: "),
        WrongFile(views("  v: 'count()\n    over x'"), "5:10: "),
        WrongFile(views("  v: count() over session(1)"), "4:27: "),
        WrongFile(views("  v:"), "4:3: view `v` has no query"),
        WrongFile(views("  v: ''"), "4:6: the query of `v` is empty"),
        WrongFile(views("  v: #1"), "4:3: view `v` has no query; after ` #` YAML reads a comment"),
        WrongFile(views("  v: [a]"), "4:6: view `v` takes a query, found a list"),
        WrongFile(views("  über-all: count()"), "4:3: `über-all` can't be the name of a view"),
        WrongFile(views("  v: count() from x over 1s"), "4:19: there is no stream `x`"),
        WrongFile(views("  v: count() from ss over 1s"), "4:19: there is no stream `ss`; did you"),
        WrongFile(
            "version: 1\nstreams: { s: { from: x }, t: { from: y } }\nviews:\n  v: count()",
            "4:6: view `v` doesn't say which stream it reads; with several write `from` and one"),
        WrongFile(
            "version: 1\nstreams: { s: { from: x } }\nviews: { v: count() by a, b }",
            "3:27: `b` has no query; inside braces a comma ends a query"),
    ])
    func queries(file: WrongFile) { check(file) }

    @Test(arguments: [
        WrongFile(panels("  - table: heats"), "7:12: there is no view `heats`; did you mean `h"),
        WrongFile(panels("  - table: heat.temp"), "7:12: `table` takes a whole view: `heat`"),
        WrongFile(panels("  - sparkline: heat"), "7:16: view `heat` has several columns; name"),
        WrongFile(
            panels("  - sparkline: heat.tempe"),
            "7:16: view `heat` has no `tempe`; did you mean `temp`?"),
        WrongFile(panels("  - gauge: load"), "7:5: a gauge needs `max`"),
        WrongFile(panels("  - gauge: load\n    max: 0"), "8:10: `max` must be more than `min`"),
        WrongFile(
            panels("  - sparkline: load\n    min: 5\n    max: 5"), "9:10: `max` must be more"),
        WrongFile(
            panels("  - gauge: load\n    max: 9\n    warn: high"),
            "9:11: `warn` is `high`, not a number"),
        WrongFile(panels("  - gauge: load\n    max: nan"), "8:10: `max` is `nan`, not a number"),
        WrongFile(panels("  - table: load\n    max: 9"), "8:5: `max` is of no use to a table"),
        WrongFile(
            panels("  - table: heat\n    sort: -tempe"),
            "8:11: view `heat` has no column `tempe`; did you mean `temp`?"),
        WrongFile(
            panels("  - sparkline: load\n    sort: rate"),
            "8:5: `sort` belongs to a table or a heatmap"),
        WrongFile(panels("  - table: heat\n    width: 21"), "8:12: `width` is `21`; expected a"),
        WrongFile(panels("  - table: heat\n    height: 0"), "8:13: `height` is `0`; expected a"),
        WrongFile(panels("  - row: [{ table: heat, height: 2 }]"), "7:26: `height` belongs to"),
        WrongFile(panels("  - row: [{ table: heat, page: x }]"), "7:26: `page` belongs to"),
        WrongFile(panels("  - top: heat"), "7:10: `top` takes a view with `top(n, x)`"),
        WrongFile(
            panels("  - { area: heat.temp, log: true, min: 0 }"),
            "7:40: a scale of powers of ten begins above 0"),
        WrongFile(panels("  - health: heat"), "7:13: `health` is `all`, found `heat`"),
        WrongFile(panels("  - tabel: heat"), "7:5: `tabel` is not a key of a row of one panel; "),
        WrongFile(panels("  - title: x"), "7:5: a panel says what it shows: one of `sparkline`"),
        WrongFile(panels("  - table: heat\n    gauge: load\n    max: 1"), "8:5: `gauge` and `ta"),
        WrongFile(panels("  - row: []"), "7:10: `row` is a list of panels, like"),
        WrongFile(panels("  - row:"), "7:5: `row` is a list of panels"),
        WrongFile(panels("  - heat"), "7:5: expected a row, `row: [ … ]`, or a panel; found text"),
        WrongFile(panels("  []"), "7:3: `panels` is a list of rows"),
        WrongFile(panels(""), "6:1: `panels` is a list of rows"),
    ])
    func panelErrors(file: WrongFile) {
        check(file)
    }

    /// What only follows from another problem is left out.
    @Test func aWrongViewIsReportedOnce() {
        let text = panels("  - table: load\n  - sparkline: load.rate")
        check(
            WrongFile(text.replacing("rate() by site", with: "nonsense("), "4:9: "))
    }

    @Test func allProblemsInTheFilesOrder() {
        let text = """
            panels: [ { table: nowhere } ]
            views: { v: count() over x }
            streams: { s: { from: '-' } }
            """
        let found = problems(of: text)
        #expect(found.map(\.line) == [1, 1, 2, 3])
        #expect(found.map(\.column) == [1, 20, 26, 23])
    }

    @Test func atMostTwenty() {
        let keys = (0..<50).map { "x\($0)q: 1\n" }.joined()
        #expect(problems(of: "version: 1\n" + minimal + keys).count == 20)
    }

    @Test func kinds() {
        let text = "version: 1\n" + minimal + "tables: {}\nallerts: {}\n"
        #expect(problems(of: text).map(\.kind) == [.notBuiltYet, .invalid])
    }

    @Test func rendered() {
        let text = "version: 1\n" + minimal + "pannels: []\n"
        #expect(
            problems(of: text)[0].rendered(in: text) == """
                f:6:1: `pannels` is not a key of a dashboard; did you mean `panels`?
                  6 | pannels: []
                    | ^^^^^^^
                """)
    }

    @Test func renderedWithWhatToWrite() {
        let text = views("  hash: count() where tag == \"a #1\" over 1s")
        #expect(
            problems(of: text)[0].rendered(in: text) == """
                f:4:33: YAML takes ` #` and what follows for a comment, so the query ends inside \
                a string: `count() where tag == "a`; a `|` block keeps a query as it is:
                  4 |   hash: count() where tag == "a #1" over 1s
                    |                                 ^^^^^^^^^^^
                  hash: |
                    count() where tag == "a #1" over 1s
                """)
    }

    @Test func renderingIsHarmless() throws {
        let text =
            "version: 1\n" + minimal + "\"\u{202E}x\\e[2J\": " + String(repeating: "z", count: 999)
        let shown = try #require(problems(of: text).first).rendered(in: text)
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        #expect(!shown.contains("\u{202E}"))
        #expect(shown.split(separator: "\n").allSatisfy { $0.count < 200 })
    }
}
