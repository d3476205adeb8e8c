import Foundation

/// `weir watch --headless` on its standard input, with an audit trail, until it is killed.
final class LiveWatch {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()
    private var printed = ""
    private let memory: URL

    /// `folder` holds `oven.yaml`, and gets the trail.
    init(_ folder: URL, environment: [String: String] = [:]) throws {
        memory = folder.appendingPathComponent("trail.alerts")
        process.executableURL = URL(fileURLWithPath: weirProgram)
        process.arguments = [
            "watch", folder.appendingPathComponent("oven.yaml").path, "--headless", "--audit",
            folder.appendingPathComponent("trail.ndjson").path,
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    deinit { kill() }

    /// Temperatures of lyon, and of oslo, one a second from this second on, and waits until the
    /// window of the last but one is printed. False: it ended.
    @discardableResult
    func send(_ temperatures: [Int], oslo: [Int] = [], from second: Int) throws -> Bool {
        let events = temperatures.indices.map { i in
            event(second + i, "lyon", temperatures[i])
                + (oslo.isEmpty ? "" : event(second + i, "oslo", oslo[i]))
        }
        try input.fileHandleForWriting.write(contentsOf: Data(events.joined().utf8))
        let end = Self.time(second + temperatures.count - 1).dropLast() + ".000Z"
        while !printed.contains("\"window_end\":\"\(end)\"") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return false }
            printed += String(decoding: more, as: UTF8.self)
        }
        return true
    }

    private func event(_ second: Int, _ site: String, _ temperature: Int) -> String {
        #"{"ts":"\#(Self.time(second))","site":"\#(site)","temp":\#(temperature)}"# + "\n"
    }

    static func time(_ second: Int) -> String {
        String(format: "2026-01-01T12:%02d:%02dZ", second / 60, second % 60)
    }

    /// Waits until what the next run will know is of this T. False: not within ten seconds.
    func remembers(_ second: Int) -> Bool {
        let wanted = " \(1_767_268_800 + second)000000000 "
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let text = try? String(contentsOf: memory, encoding: .utf8)
            if text?.contains(wanted) ?? false { return true }
            sched_yield()
        }
        return false
    }

    /// What it has said, at its end.
    @discardableResult
    func kill() -> String {
        guard process.isRunning else { return "" }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
