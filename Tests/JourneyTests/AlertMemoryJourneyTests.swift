import Foundation
import Testing

/// A run that is killed and begun again: nothing is forgotten, and nothing is told twice.
@Suite struct AlertMemoryJourneyTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-\(UUID().uuidString)")

    private var trail: String { folder.appendingPathComponent("trail.ndjson").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = """
            version: 1
            streams: { oven: { from: stdin, time: ts } }
            views: { heat: max(temp) as temp by site over 1s }
            alerts:
              hot: { when: heat.temp > 80, for: 4s, keep_firing_for: 2s }
            """
        try text.write(
            to: folder.appendingPathComponent("oven.yaml"), atomically: true, encoding: .utf8)
    }

    private func event(_ second: Int, _ temp: Int) -> String {
        let (m, s) = (second / 60, second % 60)
        let time = String(format: "2026-01-01T12:%02d:%02dZ", m, s)
        return #"{"ts":"\#(time)","site":"lyon","temp":\#(temp)}"# + "\n"
    }

    /// Runs until its last window is printed and what is remembered is on the disk, then kills it.
    /// What it printed of alerts: `firing 12:00:05`.
    private func run(_ events: [(Int, Int)]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: weirProgram)
        process.arguments = [
            "watch", folder.appendingPathComponent("oven.yaml").path, "--headless", "--audit",
            trail,
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let text = events.map { event($0.0, $0.1) }.joined()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        let end = String(format: "12:%02d:%02d.000Z", events.last!.0 / 60, events.last!.0 % 60)
        var printed = ""
        while !printed.contains("\"window_end\":\"2026-01-01T\(end)\"") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            printed += String(decoding: more, as: UTF8.self)
        }
        try waitForMemory(until: events.last!.0)
        return try alerts(in: printed)
    }

    private func alerts(in printed: String) throws -> [String] {
        try printed.split(separator: "\n").compactMap { line in
            let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard row?["kind"] as? String == "alert", let state = row?["state"] as? String,
                let at = row?["at"] as? String
            else { return nil }
            return "\(state) \(at.dropFirst(11).prefix(8))"
        }
    }

    /// Until the file of what is remembered is of this T, within ten seconds.
    private func waitForMemory(until second: Int) throws {
        let time = "2026-01-01T12:00:00Z"
        let start = try #require(ISO8601DateFormatter().date(from: time)).timeIntervalSince1970
        let wanted = " \(Int(start) + second)000000000 "
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let text = try? String(
                contentsOf: folder.appendingPathComponent("trail.alerts"), encoding: .utf8)
            if text?.contains(wanted) ?? false { return }
            sched_yield()
        }
        Issue.record("what is remembered doesn't come to \(second) s")
    }

    /// What is usual was learned by the run before.
    @Test func whatIsUsualIsKnownInTheNextRun() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            version: 1
            streams: { oven: { from: stdin, time: ts } }
            views: { heat: max(temp) as temp by site over 1s }
            alerts:
              odd: { when: "anomaly(heat.temp, 1h) > 4" }
            """
        let file = folder.appendingPathComponent("odd.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let watch = ["watch", file.path, "--headless", "--audit", trail]
        let known = (0..<40).map { event($0, $0 % 2 == 0 ? 58 : 62) }.joined()
        let first = try runWeir(watch, input: known)
        #expect(first.status == 0, "\(first.err)")
        #expect(try alerts(in: first.out) == [])
        let odd = (100..<102).map { event($0, 90) }.joined()
        let second = try runWeir(watch, input: odd)
        #expect(try alerts(in: second.out) == ["firing 12:01:41"], "\(second.err)")
    }

    /// Killed while inactive, pending, firing and kept.
    @Test func killedInEachState() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run([(0, 60), (1, 60)]) == [])
        // Pending since :11; of its four seconds two are over at the last T, :13.
        #expect(try run([(10, 90), (11, 90), (12, 90), (13, 90)]) == ["pending 12:00:11"])
        // An hour later would be the same: the first T, 12:01:41, takes the place of :13.
        #expect(
            try run([(100, 90), (101, 90), (102, 90), (103, 90), (104, 90)])
                == ["firing 12:01:43"])
        // It fires on: nobody is told again. At 12:03:21 the condition is over, and it is kept.
        #expect(try run([(200, 60), (201, 60)]) == [])
        // The T of 12:05:01 takes the place of 12:03:21, so two seconds are over at 12:05:03.
        #expect(
            try run([(300, 60), (301, 60), (302, 60), (303, 60)]) == ["resolved 12:05:03"])
        #expect(try run([(400, 60), (401, 60)]) == [])
        let audit = try runWeir(["audit", trail, "--format", "csv"])
        #expect(audit.status == 0, "\(audit.err)")
        let states = audit.out.split(whereSeparator: \.isNewline)
            .compactMap {
                $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).first
            }
        #expect(
            states.filter { $0 != "" && $0 != "state" } == ["pending", "firing", "resolved"])
    }
}
