import Foundation
import PtySupport
import Testing

/// What an event costs, counted instead of timed: instructions by callgrind and allocations by
/// dhat, in the program as it is shipped, as the difference between a long and a short stream.
///
/// The figures are those of the release build by Swift 6.3.1 on x86-64, with simdjson held to one
/// of its kernels, so that the machine makes no difference. A change that moves one by more than
/// 3 % commits the new figure with it, and says why.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["WEIR_BINARY"] != nil))
struct CountsTests {
    private static let short = 10_000
    private static let long = 40_000

    /// Count, mean and p99 by type over 1 s.
    private static let query = "count(), avg(latency_ms), p99(latency_ms) by type over 1s"

    @Test func instructionsPerEvent() throws {
        try hold(1583, ["--tool=callgrind", "--callgrind-out-file=/dev/null"], "Collected : ")
    }

    @Test func allocationsPerThousandEvents() throws {
        try hold(44, ["--tool=dhat", "--dhat-out-file=/dev/null"], " bytes in ", per: 1000)
    }

    private func hold(
        _ figure: Double, _ tool: [String], _ label: String, per events: Double = 1
    ) throws {
        let difference = try count(Self.long, tool, label) - count(Self.short, tool, label)
        let found = difference / Double(Self.long - Self.short) * events
        #expect(abs(found / figure - 1) < 0.03, "\(found), committed as \(figure)")
    }

    /// What the tool counted for a stream of so many events.
    private func count(_ events: Int, _ tool: [String], _ label: String) throws -> Double {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "weir-counts-\(getpid())-\(events).ndjson")
        try records(events).write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/valgrind")
        let weir = builtProgram("weir", or: "WEIR_BINARY")
        let options = ["-O", "time=ts", "-O", "out_of_orderness=5s"]
        process.arguments = tool + [weir, "query", Self.query, file.path] + options
        process.environment = [
            "SIMDJSON_FORCE_IMPLEMENTATION": "westmere", "PATH": "/usr/bin:/bin",
        ]
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let report = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(report)")
        let number = try #require(report.range(of: label), "\(report)")
        let digits = report[number.upperBound...].prefix { $0.isNumber || $0 == "," }
        let value = Double(String(digits.filter(\.isNumber)))
        return try #require(value)
    }

    /// 4,000 events a second of event time, 200 devices, four types; the same each time.
    private func records(_ count: Int) -> String {
        let types = ["login", "view", "cart", "pay"]
        var text = ""
        for i in 0..<count {
            let mixed = i &* 2_654_435_761 % 1_000_003
            text += """
                {"id":"\(i)","ts":\(1_700_000_000_000 + i / 4),"type":"\(types[mixed % 4])",\
                "device":"dev-\(mixed % 200)","site":"site-\(mixed % 8)",\
                "latency_ms":\(mixed % 9973).25,"value":\(mixed % 100)}

                """
        }
        return text
    }
}
