import Foundation
import Testing

/// The built program held to one core and on all of them: not a byte of difference.
@Suite struct CoresJourneyTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-cores-\(UUID().uuidString)")

    /// The first core that this process may use.
    private var oneCore: [String] {
        get throws {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let label = "Cpus_allowed_list:\t"
            let line = status.split(separator: "\n").first { $0.hasPrefix(label) }
            let core = try #require(line).dropFirst(label.count).prefix(while: \.isNumber)
            return ["/usr/bin/taskset", "-c", String(core)]
        }
    }

    /// Rows in several chunks, whose header and unit of time come first; some can't be used.
    private func records(_ format: String) -> String {
        var text = format == "csv" ? "ts,k,x,rest\n" : "{broken\n"
        let rest = String(repeating: "-", count: 200)
        for i in 0..<6000 {
            let mixed = i &* 2_654_435_761 % 1_000_003
            let (time, key) = (1_700_000_000 + i / 50, "k\(mixed % 50 + i / 1000)")
            switch (mixed % 200, format) {
            case (0, _): text += "broken\n"
            case (_, "csv"): text += "\(time),\(key),\(mixed),\(rest)\n"
            case (_, _):
                text += "{\"ts\":\(time),\"k\":\"\(key)\",\"x\":\(mixed),\"r\":\"\(rest)\"}\n"
            }
        }
        return text
    }

    @Test(arguments: ["ndjson", "csv"]) func coresChangeNothing(format: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("records.\(format)")
        try records(format).write(to: file, atomically: true, encoding: .utf8)
        func run(_ letters: String, _ launcher: [String]) throws -> (ProgramResult, Data) {
            let path = folder.appendingPathComponent(letters)
            let query = "count(), avg(x), p99(x) by k over 5s"
            let result = try runWeir(
                ["query", query, file.path, "-O", "time=ts", "--dead-letters", path.path],
                launcher: launcher)
            return (result, try Data(contentsOf: path))
        }
        let (one, oneLetters) = try run("one", try oneCore)
        let (all, allLetters) = try run("all", [])
        #expect(one.status == 0 && all.status == 0, "\(one.err) \(all.err)")
        let same = one.out == all.out && one.err == all.err && oneLetters == allLetters
        #expect(same)
        #expect(one.out.split(separator: "\n").count > 1000 && oneLetters.count > 1000)
    }

    /// Whoever reads goes after a line: the program ends, though all its threads have work.
    @Test func theReaderGoes() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("records.ndjson")
        try records("ndjson").write(to: file, atomically: true, encoding: .utf8)
        let result = try runWeir(
            ["query", "count() by k over 1s", file.path, "-O", "time=ts"],
            launcher: ["/bin/sh", "-c", "\"$0\" \"$@\" | head -n 1"])
        #expect(result.out.split(separator: "\n").count == 1)
        #expect(result.status == 0, "\(result.err)")
    }
}
