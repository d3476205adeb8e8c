import Foundation
import Injections
import PtySupport
import Testing

/// All that a hostile stream sends, through the built program to a real terminal: drawn, and
/// printed in each format, in messages and from the environment.
@Suite(.serialized) final class InjectionJourneyTests {
    private let folder: URL
    private let hostile = "\u{1B}]0;evil\u{7}\u{9B}2J\u{202E}"

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(records).write(to: folder.appendingPathComponent("e.ndjson"))
        let dashboard = """
            version: 1
            title: "Floor \\e]0;evil\\a \\u202E"
            streams: { s: { from: "\(folder.path)/e.ndjson", time: ts } }
            views:
              load: count() as n, max(x) as most by k over 10s
            panels:
              - row: [ { table: load, title: "keys \\e[2J", sort: -most }, { bars: load.most } ]
              - { events: s, page: raw }
              - { dead_letters: s, page: raw }
            """
        try dashboard.write(
            to: folder.appendingPathComponent("d.yaml"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Each as a value, escaped and as it is, and as a whole record; and one that ends the windows.
    private var records: [UInt8] {
        var bytes: [UInt8] = []
        for (number, raw) in Injection.all.enumerated() {
            let json = try? JSONEncoder().encode(String(decoding: raw, as: UTF8.self))
            let start = #"{"ts":1767268801000,"x":\#(number),"k":"#
            bytes += Array(start.utf8) + (json ?? Data()) + Array("}\n".utf8)
            bytes += Array("\(start)\"".utf8) + raw.filter { $0 != 0x0A } + Array("\"}\n".utf8)
            bytes += raw.filter { $0 != 0x0A } + [0x0A]
        }
        return bytes + Array(#"{"ts":1767268860000,"k":"last","x":0}"#.utf8) + [0x0A]
    }

    private func weir(_ arguments: [String], _ environment: [String] = []) -> PtyProcess {
        PtyProcess(
            program: weirProgram, arguments,
            environment: environment + [
                "TERM=xterm-256color", "XDG_STATE_HOME=\(folder.path)", "HOME=\(folder.path)",
            ], columns: 100, rows: 30)
    }

    @Test func drawn() {
        let process = weir(["watch", folder.path + "/d.yaml", "--no-follow"])
        #expect(process.waits(for: "ENDED"))
        for keys in [">", "\r", "G", "e", "\u{1B}", "\u{1B}", "<", "2", "\r", "G", "e"] {
            process.type(keys)
        }
        process.type("\u{1B}\u{1B}/\u{202E}\u{9D}\r")
        process.type("q")
        #expect(process.exitStatus() == 0)
        let output = TerminalOutput(process.output)
        #expect(output.violations == [])
        #expect(output.isGivenBack)
        #expect(!String(decoding: process.output, as: UTF8.self).contains("\u{1B}]"))
    }

    @Test(arguments: ["table", "csv", "ndjson"]) func printed(format: String) {
        let process = weir([
            "query", "count(), max(x) by k over 10s", folder.path + "/e.ndjson", "-O", "time=ts",
            "--format", format, "--dead-letters", folder.path + "/dead.ndjson",
        ])
        #expect(process.exitStatus() == 0)
        expectPlain(process.output, holding: "evil")
        let dead = try? Data(contentsOf: folder.appendingPathComponent("dead.ndjson"))
        expectPlain(Array(dead ?? Data()), holding: "not_utf8")
    }

    @Test func messages() {
        expectPlain(ended(["watch", "/nowhere/\(hostile).yaml"]), holding: "No such file")
        expectPlain(ended(["watch", "/nowhere/\(hostile).ndjson"]), holding: "weir")
        expectPlain(ended(["query", "count(\(hostile)", "-"]), holding: "column")
        expectPlain(ended(["demo", "--\(hostile)"]), holding: "Unknown option")
        expectPlain(ended(["demo", hostile]), holding: "no demo")
        expectPlain(ended(["demo", "--theme", hostile]), holding: "no theme")
    }

    @Test func environment() throws {
        expectPlain(ended(["demo"], ["TERM=\(hostile)"]), holding: "TERM")
        let home = folder.appendingPathComponent("home \(hostile)")
        let keys = home.appendingPathComponent(".config/weir")
        try FileManager.default.createDirectory(at: keys, withIntermediateDirectories: true)
        try "\(hostile) f\n".write(
            to: keys.appendingPathComponent("keys"), atomically: true, encoding: .utf8)
        expectPlain(ended(["demo"], ["HOME=\(home.path)"]), holding: "no action")
    }

    private func ended(_ arguments: [String], _ environment: [String] = []) -> [UInt8] {
        let process = weir(arguments, environment)
        #expect((process.exitStatus() ?? 0) != 0)
        return process.output
    }

    /// Lines of text, and nothing that a terminal would do.
    private func expectPlain(_ bytes: [UInt8], holding word: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(word), "\(text.prefix(500).debugDescription)")
        let obeyed = text.unicodeScalars.filter {
            $0.properties.isBidiControl
                || ($0.properties.generalCategory == .control && !["\n", "\r", "\t"].contains($0))
        }
        #expect(obeyed.isEmpty, "\(text.prefix(500).debugDescription)")
    }
}
