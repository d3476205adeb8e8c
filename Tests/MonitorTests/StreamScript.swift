import Configuration
import Engine
import Events
import Queries

@testable import Monitor

/// A readable test of a stream on virtual time: what comes when, and which windows fire.
///
///     stream out_of_orderness=5s allowed_lateness=3s   keys of a stream; or `bounded`
///     query count() by k over 10s
///     at 3s event k=a t=1s                                at processing time 3 s, event time 1 s
///     at 20s tick
///     end
///     expect window [0s,10s) a count=2 on_time            the next row that fired
///     expect nothing                                      no row is left
///     expect late=1 dup=0 wm=4999999999ns                 the books and the watermark
struct StreamScript {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// A day's beginning, so that windows lie as if time began there.
    private static let base: Int64 = 1_577_836_800_000_000_000

    private var driver: Driver?
    private var options = ""
    private var isBounded = false
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
            if word == "bounded" {
                isBounded = true
            } else {
                options += "    \(pair[0]): \(pair[1])\n"
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
            rows += fired.pane.slots.indices.filter { fired.pane.counts[$0] > 0 }.map {
                text(fired, $0)
            }
        }
    }

    private func text(_ fired: FiredPane, _ row: Int) -> String {
        let view = driver!.engine.plan.views[0].query
        let key = fired.keys[Int(fired.pane.slots[row])]?.description ?? ""
        let values = view.aggregates.enumerated().map {
            "\($1.name)=\(plainNumber(fired.pane.values[$0][row]))"
        }
        let bounds =
            "[\(relative(fired.pane.start)),\(relative(fired.pane.end)))"
        return
            (["window", bounds] + (key.isEmpty ? [] : [key]) + values
            + [fired.pane.kind.rawValue]).joined(separator: " ")
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
            let stream = driver!.engine.snapshot().streams[0]
            let found = [
                "late=\(stream.books.late)", "dup=\(stream.books.duplicate)",
                "dead=\(stream.books.deadLettered)", "wm=\(relative(stream.watermark))",
            ]
            for word in words where !found.contains(word) {
                throw Failure(description: "found \(found)")
            }
        }
    }

    private func time(_ text: String) throws -> Int64 {
        guard let value = parseDuration(text) else {
            throw Failure(description: "`\(text)` is no length of time")
        }
        return value.rawValue
    }
}
