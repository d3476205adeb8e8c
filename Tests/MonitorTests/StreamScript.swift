import Configuration
import Engine
import Events
import Queries

@testable import Monitor

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
/// With `fill` there are rows of empty windows too.
struct StreamScript {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// A day's beginning, so that windows lie as if time began there.
    private static let base: Int64 = 1_577_836_800_000_000_000

    private var driver: Driver?
    private var options = ""
    private var isBounded = false
    private var fills = false
    private var number: UInt64 = 0
    private var offset: Int64 = 0
    private var now: Int64 = 0
    /// Rows that fired and no `expect` has taken yet.
    private var rows: [String] = []

    static func run(_ text: String) throws {
        var script = StreamScript()
        for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            do {
                try script.step(line.split(separator: " ").map(String.init), String(line))
            } catch {
                throw Failure(description: "line \(i + 1): \(line)\n\(error)")
            }
        }
        guard script.rows.isEmpty else {
            throw Failure(description: "at the end nobody expected \(script.rows)")
        }
    }

    private mutating func step(_ words: [String], _ line: String) throws {
        switch words[0] {
        case "stream": read(options: words.dropFirst())
        case "query": try open(String(line.dropFirst(6)))
        case "at":
            now = try time(words[1])
            if words[2] == "tick" { apply(.tick(stamp)) } else { try send(words.dropFirst(3)) }
        case "end": apply(.source(SourceChange(stream: 0, source: "script", state: .ended)))
        case "expect": try expect(Array(words.dropFirst()))
        default: throw Failure(description: "`\(words[0])` is no step")
        }
    }

    private mutating func read(options words: ArraySlice<String>) {
        for word in words {
            let pair = word.split(separator: "=").map(String.init)
            switch word {
            case "bounded": isBounded = true
            case "fill": fills = true
            default: options += "    \(pair[0]): \(pair[1])\n"
            }
        }
    }

    private mutating func open(_ query: String) throws {
        let dashboard = try Dashboard(
            reading: "version: 1\nstreams:\n  s:\n    from: stdin\n    time: t\n    time_unit: ns\n"
                + options + "views:\n  v: |\n    \(query)\n", file: "script")
        let program = Program(dashboard) { [isBounded] _ in isBounded }
        driver = Driver(program, openedAt: Timestamp(rawValue: Self.base))
        apply(.source(SourceChange(stream: 0, source: "script", state: .opened(partitions: [0]))))
    }

    private var stamp: Timestamp { Timestamp(rawValue: Self.base + now) }

    private mutating func send(_ fields: ArraySlice<String>) throws {
        let parts = try fields.map { field in
            let pair = field.split(separator: "=").map(String.init)
            if pair[0] == "t" { return "\"t\":\(Self.base + (try time(pair[1])))" }
            return "\"\(pair[0])\":" + (Double(pair[1]) == nil ? "\"\(pair[1])\"" : pair[1])
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
        let rest = time.rawValue - Self.base
        return rest == 0 ? "0s" : durationText(Nanoseconds(rawValue: rest))
    }

    private mutating func expect(_ words: [String]) throws {
        if words == ["nothing"] {
            guard rows.isEmpty else { throw Failure(description: "fired: \(rows)") }
        } else if words[0] == "window" {
            let wanted = words.joined(separator: " ")
            guard rows.first == wanted else {
                throw Failure(description: "fired: \(rows.first ?? "nothing")")
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
            for word in words where !found.contains(word) {
                throw Failure(description: "found \(found)")
            }
        }
    }

    private func time(_ text: String) throws -> Int64 {
        guard let value = parseDuration(text.drop { $0 == "-" }) else {
            throw Failure(description: "`\(text)` is no length of time")
        }
        return text.hasPrefix("-") ? -value.rawValue : value.rawValue
    }
}
