import Configuration
import Engine
import Events
import Queries

/// A readable test of a stream on virtual time: what comes when, and which windows fire.
///
///     stream out_of_orderness=5s allowed_lateness=3s   keys of a stream; `bounded`; or `fill`
///     query count() by k over 10s
///     at 3s event k=a t=1s                                at processing time 3 s, event time 1 s
///     at 20s tick
///     end
///     expect window [0s,10s) a count=2 on_time            the next row that fired, as printed
///     expect window [0s,9s) a count=3 late for [0s,8s)    the same of one that replaces another
///     expect nothing                                      no row is left
///     expect late=1 dup=0 wm=4999999999ns                 the books, the watermark, the state
///
/// With `fill` there are rows of empty windows too. An empty line, and one that begins with `#`,
/// is no step.
struct StreamScript {
    struct Failure: Error {
        var words: String
    }

    /// A day's beginning, so that windows lie as if time began there.
    private static let base: Int64 = 1_577_836_800_000_000_000

    private static let longest = Nanoseconds.seconds(80 * 365 * 86_400)

    private var driver: Driver?
    private var options = ""
    private var isBounded = false
    private var fills = false
    private var number: UInt64 = 0
    private var offset: Int64 = 0
    private var now: Int64 = 0
    /// Rows that fired and no `expect` has taken yet.
    private var rows: [String] = []

    /// What doesn't hold, or can't be read, and in which line; nil: all is as expected.
    static func problem(in text: String) -> String? {
        var script = StreamScript()
        for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            do throws(Failure) {
                try script.step(line.split(separator: " ").map(String.init), String(line))
            } catch {
                return "line \(i + 1): \(line)\n  \(error.words)"
            }
        }
        return script.rows.isEmpty
            ? nil : "at the end: nobody expected\n  " + script.rows.joined(separator: "\n  ")
    }

    private mutating func step(_ words: [String], _ line: String) throws(Failure) {
        switch words.first {
        case "stream" where driver == nil: try read(options: words.dropFirst())
        case "query" where driver == nil: try open(String(line.dropFirst(6)))
        case "stream", "query":
            throw Failure(words: "a script has one query, and its stream comes before it")
        case "at", "end", "expect":
            guard driver != nil else { throw Failure(words: "`query` comes before what happens") }
            try go(on: words)
        default:
            throw Failure(words: "expected `stream`, `query`, `at`, `end` or `expect`")
        }
    }

    private mutating func go(on words: [String]) throws(Failure) {
        switch words[0] {
        case "at":
            guard words.count >= 3 else {
                throw Failure(words: "expected a time, and `event` or `tick`: `at 3s tick`")
            }
            let time = try time(words[1])
            guard time >= now else { throw Failure(words: "it is later already") }
            now = time
            switch words[2] {
            case "tick": apply(.tick(stamp))
            case "event": try send(words.dropFirst(3))
            default: throw Failure(words: "expected `event` or `tick` after the time")
            }
        case "end": apply(.source(SourceChange(stream: 0, source: "script", state: .ended)))
        default: try expect(Array(words.dropFirst()))
        }
    }

    private mutating func read(options words: ArraySlice<String>) throws(Failure) {
        for word in words {
            let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
            switch word {
            case "bounded": isBounded = true
            case "fill": fills = true
            case _ where pair.count == 2: options += "    \(pair[0]): \(pair[1])\n"
            default:
                throw Failure(words: "expected `bounded`, `fill` or a key like `idle_after=5s`")
            }
        }
    }

    private mutating func open(_ query: String) throws(Failure) {
        let text =
            "version: 1\nstreams:\n  s:\n    from: stdin\n    time: t\n    time_unit: ns\n"
            + options + "views:\n  v: |\n    \(query)\n"
        let dashboard: Dashboard
        do throws(DashboardErrors) {
            dashboard = try Dashboard(reading: text, file: "script")
        } catch {
            throw Failure(words: error.errors.map(\.message).joined(separator: "\n  "))
        }
        let program = Program(dashboard) { [isBounded] _ in isBounded }
        driver = Driver(program, openedAt: Timestamp(rawValue: Self.base))
        apply(.source(SourceChange(stream: 0, source: "script", state: .opened(partitions: [0]))))
    }

    private var stamp: Timestamp { Timestamp(rawValue: Self.base + now) }

    private mutating func send(_ fields: ArraySlice<String>) throws(Failure) {
        var parts: [String] = []
        for field in fields {
            let pair = field.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else {
                throw Failure(words: "`\(field)` is no field; expected one like `k=a` or `t=3s`")
            }
            let value =
                pair[0] == "t"
                ? String(Self.base + (try time(pair[1])))
                : Double(pair[1]).map { $0.isFinite ? pair[1] : quoted(pair[1]) }
                    ?? quoted(pair[1])
            parts.append(quoted(pair[0]) + ":" + value)
        }
        let chunk = Chunk(
            stream: 0, origin: Origin(source: "script"), firstOffset: offset, lines: 1,
            bytes: RecordBytes(Array("{\(parts.joined(separator: ","))}\n".utf8)),
            receivedAt: stamp)
        offset += 1
        apply(.chunk(chunk))
    }

    private mutating func apply(_ input: Input) {
        number += 1
        let effects = driver!.apply(
            NumberedInput(number: number, receivedAt: stamp, input: input))
        for case .pane(let fired) in effects where fired.pane.kind != .final || isBounded {
            let view = driver!.engine.plan.views[0]
            rows += PrintedRow.rows(
                of: fired, view: view, labelled: false, times: .rfc3339, fill: fills
            ).map { text($0, fired.pane, keys: view.query.keyNames.count) }
        }
    }

    /// The row's key and columns stand last in it.
    private func text(_ row: PrintedRow, _ pane: Pane, keys: Int) -> String {
        let columns = driver!.engine.plan.views[0].query.columnNames.count
        let key = row.fields.dropLast(columns).suffix(keys).map(\.value.description)
        var words = ["window", bounds(pane.start..<pane.end)]
        if keys > 0 { words.append(key.joined(separator: " · ")) }
        words += row.fields.suffix(columns).map { "\($0.name)=\($0.value)" }
        words.append(pane.kind.rawValue)
        if !pane.replaces.isEmpty { words += ["for"] + pane.replaces.map(bounds) }
        return words.joined(separator: " ")
    }

    private func bounds(_ window: Range<Timestamp>) -> String {
        "[\(relative(window.lowerBound)),\(relative(window.upperBound)))"
    }

    private func relative(_ time: Timestamp) -> String {
        if time == .beginning || time == .end { return time == .end ? "end" : "beginning" }
        let rest = time.rawValue - Self.base
        return rest == 0 ? "0s" : durationText(Nanoseconds(rawValue: rest))
    }

    private mutating func expect(_ words: [String]) throws(Failure) {
        if words == ["nothing"] {
            guard rows.isEmpty else {
                throw Failure(words: "fired: " + rows.joined(separator: "\n  "))
            }
        } else if words.first == "window" {
            guard rows.first == words.joined(separator: " ") else {
                throw Failure(words: "fired: \(rows.first ?? "nothing")")
            }
            rows.removeFirst()
        } else {
            let snapshot = driver!.engine.snapshot()
            let (stream, books) = (snapshot.streams[0], snapshot.views[0].books)
            let found = [
                "late=\(stream.books.late)", "dup=\(stream.books.duplicate)",
                "dead=\(stream.books.deadLettered)", "filtered=\(books.filtered)",
                "aggregated=\(books.aggregated)", "wm=\(relative(stream.watermark))",
                "state=\(stream.partitions[0].state)",
            ]
            guard !words.isEmpty, words.allSatisfy(found.contains) else {
                throw Failure(words: "found: " + found.joined(separator: " "))
            }
        }
    }

    private func time(_ text: String) throws(Failure) -> Int64 {
        guard let value = parseDuration(text.drop { $0 == "-" }), value <= Self.longest else {
            throw Failure(
                words: "`\(text)` is no length of time up to 80 years; expected one like `3s`")
        }
        return text.hasPrefix("-") ? -value.rawValue : value.rawValue
    }
}
