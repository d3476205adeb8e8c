import Foundation
import Testing

/// The built program in pipes: what it prints, and how it ends.
@Suite struct CommandJourneyTests {
    private func weir(_ arguments: [String], input: String = "") throws -> ProgramResult {
        try runWeir(arguments, input: input)
    }

    private let records = """
        {"ts":1700000000000,"k":"b","x":1.5}
        {"ts":1700000000500,"k":"a","x":2}
        broken
        {"ts":1700000011000,"k":"a","x":9}
        """

    @Test func aQueryAnswersAPipe() throws {
        let result = try weir(
            ["query", "count(), avg(x) as mean by k over 10s", "-O", "time=ts"], input: records)
        #expect(
            result.out == """
                {"window_start":"2023-11-14T22:13:20.000Z","window_end":"2023-11-14T22:13:30.000Z",\
                "pane":"final","k":"a","count":1,"mean":2}
                {"window_start":"2023-11-14T22:13:20.000Z","window_end":"2023-11-14T22:13:30.000Z",\
                "pane":"final","k":"b","count":1,"mean":1.5}
                {"window_start":"2023-11-14T22:13:30.000Z","window_end":"2023-11-14T22:13:40.000Z",\
                "pane":"final","k":"a","count":1,"mean":9}

                """)
        #expect(result.err.contains("1 of 4 records") && result.err.contains("stdin:3"))
        #expect(result.status == 0)
    }

    @Test func aCommandIsASource() throws {
        let source = "exec:echo '{\"ts\":1700000000000,\"x\":1}'; echo '{\"ts\":1700000000001}'"
        func run(_ end: String) throws -> ProgramResult {
            try weir(["query", "count(), sum(x)", source + end, "-O", "time=ts"])
        }
        let result = try run("")
        #expect(result.status == 0 && result.out.hasSuffix("\"count\":2,\"sum\":1}\n"))
        let failed = try run("; echo no such host >&2; exit 3")
        #expect(failed.status == 69)
        #expect(failed.err.contains("ended with status 3; it said: no such host"))
        let missing = try weir(["query", "count()", "exec: "])
        #expect(missing.status == 64 && missing.err.contains("the command is missing"))
    }

    /// An event at `--since` counts, one at `--until` doesn't.
    @Test func aSpanOfEventTime() throws {
        let times = ["-O", "time=ts", "--until", "2023-11-14T22:13:31Z", "--since"]
        func counted(since: String) throws -> String {
            try weir(["query", "count(), sum(x)"] + times + [since], input: records).out
        }
        #expect(try counted(since: "2023-11-14T22:13:20.5Z").hasSuffix("\"count\":1,\"sum\":2}\n"))
        #expect(try counted(since: "2023-11-14").hasSuffix("\"count\":2,\"sum\":3.5}\n"))
        #expect(try counted(since: "2023-11-14T22:13:20.501Z") == "")
        let wrong = try weir(["query", "count()"] + times + ["noon"], input: records)
        #expect(wrong.status == 64 && wrong.err.contains("'noon' is invalid for '--since"))
    }

    /// Each record that can't be used, with its place; a second run appends.
    @Test func deadLettersInAFile() throws {
        let file = path("ndjson")
        defer { try? FileManager.default.removeItem(at: file) }
        for _ in 1...2 {
            let result = try weir(
                ["query", "count()", "-O", "time=ts", "--dead-letters", file.path], input: records)
            #expect(result.status == 0)
        }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2 && lines[0] == lines[1])
        let place = #"{"source":"stdin","partition":0,"offset":2,"reason":"malformed""#
        #expect(lines[0].hasPrefix(place))
        #expect(lines[0].hasSuffix(#""record":"broken"}"#))
        let nowhere = try weir(
            ["query", "count()", "--dead-letters", "/nowhere/x"], input: records)
        #expect(nowhere.status == 74 && nowhere.err.contains("/nowhere/x: No such file"))
    }

    /// No dashboard: what was assumed is said, and the windows are printed.
    @Test func aPipeWithoutDashboard() throws {
        let lines = (0..<40).map {
            #"{"ts":\#(1_700_000_000_000 + $0 * 500),"type":"\#($0 % 2 == 0 ? "a" : "b")","#
                + #""n":\#($0)}"#
        }.joined(separator: "\n")
        let result = try weir(["--no-follow", "--headless"], input: lines)
        #expect(result.status == 0)
        #expect(result.err.contains("time `ts`: epoch in ms"))
        #expect(result.err.contains("grouped by `type`: 2 values in the sample"))
        let rates = result.out.split(separator: "\n").filter { $0.contains(#""view":"load""#) }
        #expect(rates.contains { $0.contains(#""type":"a","rate":1}"#) }, "\(result.out)")
        #expect(try weir(["--headless"], input: "").status == 66)
    }

    @Test func csvAndNumbersForTimes() throws {
        let result = try weir(
            [
                "query", "count() over 10s", "-O", "time=ts", "--format", "csv", "--times",
                "epoch-ms", "--limit", "1",
            ], input: records)
        #expect(
            result.out
                == "window_start,window_end,pane,count\r\n1700000000000,1700000010000,final,2\r\n")
    }

    @Test(
        arguments: [
            (["query", "cuont()"], 64, "did you mean `count`?"),
            (["query", "sttdev(x)"], 64, "did you mean `stddev`?"),
            (["query", "count()", "/nowhere"], 66, "No such file"),
            (["query", "count()", "/"], 66, "is a directory"),
            (["query", "count()", "-O", "tme=ts"], 64, "did you mean `time`?"),
            (["query", "count()", "--strict"], 65, "could not be used"),
            (["check", "/nowhere.yaml"], 66, "No such file"),
            (["frobnicate", "--no-such-option"], 64, ""),
        ] as [([String], Int32, String)])
    func endings(arguments: [String], status: Int32, message: String) throws {
        let result = try weir(arguments, input: "broken\n")
        #expect(result.status == status, "\(result.err)")
        #expect(message.isEmpty || result.err.contains(message), "\(result.err)")
    }

    /// At any speed a replay of a file prints what a query of it does.
    @Test(arguments: ["max", "20", "5"])
    func aReplayPrintsWhatAQueryDoes(speed: String) throws {
        let (dashboard, file) = (path("yaml"), path("ndjson"))
        defer { for path in [dashboard, file] { try? FileManager.default.removeItem(at: path) } }
        let records = (0..<400).map {
            #"{"ts":\#(1_700_000_000_000 + ($0 * 7919) % 4000),"k":"\#($0 % 3)","x":\#($0)}"#
        }
        try records.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        let query = "count(), sum(x), p50(x) by k over 1s"
        try """
        version: 1
        streams: { s: { from: stdin, time: ts, out_of_orderness: 5s } }
        views: { v: "\(query)" }
        """.write(to: dashboard, atomically: true, encoding: .utf8)
        let asked = try weir(
            ["query", query, file.path, "-O", "time=ts", "-O", "out_of_orderness=5s"])
        let played = try weir([
            "replay", file.path, "--dashboard", dashboard.path, "--speed", speed, "--headless",
            "--format", "ndjson",
        ])
        #expect(played.status == 0, "\(played.err)")
        let rows = played.out.replacingOccurrences(of: #""kind":"window","view":"v","#, with: "")
        #expect(rows == asked.out && asked.out.split(separator: "\n").count == 12)
    }

    @Test func aReaderThatLeaves() throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let command = "\(weirProgram) demo --headless --format ndjson; echo $? >&2"
        shell.arguments = ["-c", "{ \(command); } | head -n 1"]
        let (out, err) = (Pipe(), Pipe())
        shell.standardOutput = out
        shell.standardError = err
        try shell.run()
        let rows = out.fileHandleForReading.readDataToEndOfFile()
        let words = err.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(rows.split(separator: 10).count == 1)
        #expect(String(decoding: words, as: UTF8.self) == "0\n")
    }

    private func path(_ ending: String) -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent(
            "weir-journey-\(UUID().uuidString).\(ending)")
    }

    @Test func aBadDashboardSaysWhere() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "weir-journey-\(getpid()).yaml")
        try "version: 1\nstreams: { s: { from: stdin } }\nviews: { v: \"cuont()\" }\n"
            .write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try weir(["check", file.path])
        #expect(result.status == 78)
        #expect(result.err.contains(":3:"), "\(result.err)")
    }
}
