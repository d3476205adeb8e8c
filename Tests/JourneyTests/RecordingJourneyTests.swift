import Foundation
import Testing

/// The program records, is killed or runs out of room, and shows the same again.
@Suite struct RecordingJourneyTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-journey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private let dashboard = """
        version: 1
        streams: { web: { from: stdin, time: ts, out_of_orderness: 1s } }
        views: { load: "count(), max(ms) as slowest by route over 1s" }
        alerts: { slow: { when: load.slowest > 90 } }
        """

    private func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    private func records(_ count: Int) -> String {
        (0..<count).map { i in
            "{\"ts\":\(1_767_268_800_000 + i * 7),\"route\":\"/\(i % 5)\",\"ms\":\(i * 31 % 97)}\n"
        }.joined() + "#no record\n"
    }

    /// What is recorded is what came in, and can be taken out with zstdcat and grep.
    @Test func otherProgramsCanReadIt() throws {
        defer { remove() }
        let input = records(5000)
        let file = try write(dashboard, to: "web.yaml")
        let run = try runWeir(
            ["record", "-d", file, "-o", path("a.weir"), "--no-follow"], input: input)
        #expect(run.status == 0 && run.err.contains("5001 records in \(path("a.weir"))"))
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "zstdcat '\(path("a.weir"))' | grep -v '^#'"]
        let out = Pipe()
        shell.standardOutput = out
        try shell.run()
        let text = String(
            decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(text == String(input.dropLast("#no record\n".count)))
        // And weir takes it for a file of records.
        let query = ["query", "count(), max(ms) by route over 1s", "-O", "time=ts"]
        let answer = try runWeir(query + [path("a.weir")])
        #expect(answer.out == (try runWeir(query, input: input).out) && answer.status == 0)
        #expect(try runWeir(["record", "-d", file, "-o", path("a.weir")]).status == 74)
    }

    /// Those of a file of CSV, whose header comes long before them, and of another dashboard.
    @Test func deadLettersAreDecodedAgain() throws {
        defer { remove() }
        func dashboard(_ time: String) -> String {
            "version: 1\nstreams: { s: { from: stdin, format: csv, time: \(time) } }\n"
                + "views: { v: count() }\n"
        }
        let first = try write(dashboard("a"), to: "first.yaml")
        let second = try write(dashboard("b"), to: "second.yaml")
        let good = String(repeating: "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z\n", count: 500)
        let input = "a,b\n" + good + "never,2026-01-01T00:00:01Z\nnever,\n2026-01-01T00:00:02Z,\n"
        let run = ["record", "-d", first, "-o", path("a.weir"), "--no-follow"]
        #expect(try runWeir(run, input: input).status == 0)
        let list = try runWeir(["dead", path("a.weir"), "--format", "csv"])
        #expect(list.status == 0 && list.out.split(separator: "\r\n").count == 3)
        #expect(list.err.contains("2 of 503 records could not be used"))
        let again = try runWeir(["dead", path("a.weir"), "-d", second, "--format", "csv"])
        let verdicts = again.out.split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)[5...7].joined(separator: " ")
        }
        #expect(verdicts == ["bad_time 0 usable", "bad_time 0 no_time"])
        #expect(again.err.contains("second.yaml 1 of them can be, and 1 others can't"))
        #expect(again.status == 3)
        let same = try runWeir(["dead", path("a.weir"), "-d", first])
        #expect(same.status == 3 && same.err.contains("0 of them can be\n"))
    }

    /// What was printed on the day is printed again: at any speed, on one core, anywhere.
    @Test func aReplayPrintsTheSame() throws {
        defer { remove() }
        let file = try write(dashboard, to: "web.yaml")
        let live = try runWeir(
            ["watch", file, "--no-follow", "--record", path("a.weir")], input: records(3000))
        #expect(live.out.contains("\"alert\":\"slow\"") && live.status == 0)
        for zone in ["UTC", "Pacific/Apia"] {
            for launcher in [[], ["/usr/bin/taskset", "-c", "0"]] {
                for speed in ["max", "50"] {
                    let replay = try runWeir(
                        ["replay", path("a.weir"), "--speed", speed],
                        launcher: ["/usr/bin/env", "TZ=\(zone)"] + launcher)
                    #expect(replay.out == live.out, "\(zone) \(launcher) \(speed)")
                }
            }
        }
        let verify = try runWeir(["verify", path("a.weir")])
        #expect(verify.status == 0 && verify.out.contains("the same as recorded"))
    }

    /// Killed at any moment: what is there is sound, and a new run begins at once.
    @Test func killed() throws {
        defer { remove() }
        let isSoak = ProcessInfo.processInfo.environment["WEIR_SOAK"] != nil
        for i in 0..<(isSoak ? 200 : 4) {
            let file = path("\(i).weir")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: weirProgram)
            process.arguments = ["record", "demo:plant", "-o", file]
            process.standardError = FileHandle.nullDevice
            try process.run()
            // Once there is something to compare, at a size that is another each time.
            while try runWeir(["verify", file]).out.contains("the same") == false { sched_yield() }
            let size = try attributes(file) + i * 17_011 % 60_000
            while try attributes(file) < size { sched_yield() }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let verify = try runWeir(["verify", file])
            #expect(verify.out.contains("the same as recorded"), "\(verify.out) \(verify.err)")
            #expect(verify.out.contains("it was not closed"))
            try FileManager.default.removeItem(atPath: file)
        }
    }

    private func attributes(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    /// No room: that is said, what was written is sound, and watching goes on.
    @Test func theDiskIsFull() throws {
        defer { remove() }
        let limited = ["/bin/sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"]
        let record = try runWeir(
            ["record", "demo:plant", "-o", path("a.weir"), "--duration", "20s"],
            launcher: limited)
        #expect(record.status == 74 && record.err.contains("File too large"))
        let verify = try runWeir(["verify", path("a.weir")])
        #expect(verify.out.contains("the same as recorded"))
        let file = try write(dashboard, to: "web.yaml")
        let watch = try runWeir(
            ["watch", file, "--no-follow", "--record", path("b.weir")], input: records(400_000),
            launcher: limited)
        #expect(watch.err.contains("no more is recorded"))
        #expect(watch.out.split(separator: "\n").count > 5000)
    }

    @Test func damageIsSaid() throws {
        defer { remove() }
        let file = try write(dashboard, to: "web.yaml")
        _ = try runWeir(
            ["record", "-d", file, "-o", path("a.weir"), "--no-follow"], input: records(3000))
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path("a.weir"))))
        bytes[bytes.count / 2] ^= 4
        try Data(bytes).write(to: URL(fileURLWithPath: path("a.weir")))
        let verify = try runWeir(["verify", path("a.weir")])
        #expect(verify.status == 3 && verify.out.contains("damaged, byte "))
        let replay = try runWeir(["replay", path("a.weir"), "--speed", "max"])
        #expect(replay.err.contains("the recording is damaged: byte "))
    }
}
