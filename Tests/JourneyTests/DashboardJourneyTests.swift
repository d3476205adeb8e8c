import Foundation
import PtySupport
import Testing

/// A dashboard of a file, in the built program on a pty: asked, read again, left and come back to.
@Suite(.serialized) final class DashboardJourneyTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(title: "Floor")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(title: String, more: String = "") throws {
        let text = """
            version: 1
            title: \(title)
            streams: { plant: { from: "demo:plant", time: ts } }
            views:
              load: rate() by site over 1s
              heat: avg(temperature) as temp by site over 1s
            panels:
              - row: [ { sparkline: load }, { table: heat } ]
              - { events: plant, page: raw }
            \(more)
            """
        try text.write(
            to: folder.appendingPathComponent("d.yaml"), atomically: true, encoding: .utf8)
    }

    private func watch(_ options: String...) -> PtyProcess {
        PtyProcess(
            program: "/bin/sh",
            [
                "-c",
                "cd '\(folder.path)' && exec '\(weirProgram)' watch d.yaml "
                    + options.joined(separator: " "),
            ],
            environment: [
                "TERM=xterm-256color", "XDG_STATE_HOME=\(folder.path)/state",
                "XDG_CONFIG_HOME=\(folder.path)/state",
            ], columns: 120)
    }

    private func quit(_ process: PtyProcess) {
        process.type("q")
        #expect(process.exitStatus() == 0)
    }

    @Test func aQueryBecomesAPanel() {
        let process = watch()
        #expect(process.waits(for: "berlin"))
        process.type(":max(vibration) as worst_of_all by machine over 1s\r")
        #expect(process.waits(for: "max(vibration) as worst_of_all by machine"))
        #expect(process.waits(for: "mill-0"))
        process.type(":close\r")
        #expect(process.waits(for: "closed"))
        process.type(":max(\r")
        #expect(process.waits(for: "column 5"))
        quit(process)
    }

    @Test func afterTheEndNothingIsAsked() throws {
        let text = """
            version: 1
            streams: { s: { from: "\(folder.path)/e.ndjson", time: t } }
            views: { load: count() by k over 1s }
            """
        try text.write(
            to: folder.appendingPathComponent("d.yaml"), atomically: true, encoding: .utf8)
        try #"{"t":"2026-01-01T00:00:00Z","k":"only"}\#n"#.write(
            to: folder.appendingPathComponent("e.ndjson"), atomically: true, encoding: .utf8)
        let process = watch("--no-follow")
        #expect(process.waits(for: "ENDED"))
        process.type(":count() over 1s\r")
        #expect(process.waits(for: "nothing comes any more"))
        quit(process)
    }

    @Test func theEventsBehindARow() {
        let process = watch()
        #expect(process.waits(for: "berlin"))
        process.type("2je")
        #expect(process.waits(for: "heat berlin"))
        #expect(process.waits(for: "demo:plant line"))
        process.type("\u{1B}")
        quit(process)
    }

    @Test func theFileIsReadAgain() throws {
        let process = watch()
        #expect(process.waits(for: "Floor"))
        try write(title: "Machines")
        process.type("r")
        #expect(process.waits(for: "Machines"))
        // All or nothing: with a mistake in it everything stays.
        try write(title: "Nobody", more: "nonsense: 1")
        process.type("r")
        #expect(process.waits(for: "as before"))
        try write(title: "Quay")
        kill(process.pid, SIGUSR1)
        #expect(process.waits(for: "Quay"))
        quit(process)
    }

    @Test func thePictureOfAFrame() throws {
        let process = watch("--theme", "weir-light")
        #expect(process.waits(for: "berlin"))
        process.type("p")
        #expect(process.waits(for: "the picture is in weir-"))
        process.type(":picture shot.txt\r")
        #expect(process.waits(for: "shot.txt"))
        process.type(":picture d.yaml\r")
        #expect(process.waits(for: "ends in one of .svg, .txt, .ans"))
        quit(process)
        let text = try String(
            contentsOf: folder.appendingPathComponent("shot.txt"), encoding: .utf8)
        #expect(text.contains("berlin") && !text.contains("\u{1B}"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = try #require(files.first { $0.hasSuffix(".svg") })
        let picture = try String(
            contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(picture.hasPrefix("<svg") && picture.contains("berlin"))
    }

    @Test func theScreenIsAsItWasLeft() throws {
        let before = watch()
        #expect(before.waits(for: "berlin"))
        before.type("2s")
        #expect(before.waits(for: "sorted by temp"))
        before.type("\r")
        before.type("t")
        #expect(before.waits(for: "theme "))
        quit(before)
        let after = watch()
        #expect(after.waits(for: "temp▼"))
        quit(after)
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: folder.path + "/state/weir")
        #expect(folders.count == 1)
    }

    /// A source that can wait waits, and goes on where it was.
    @Test func theIntakePauses() {
        let process = watch()
        #expect(process.waits(for: "berlin"))
        process.type("=")
        #expect(process.waits(for: "PAUSED"))
        process.forgetOutput()
        process.type("=")
        #expect(process.waits(for: "LIVE"))
        quit(process)
    }

    @Test func ownKeys() throws {
        let keys = folder.appendingPathComponent("state/weir/keys")
        try FileManager.default.createDirectory(
            at: keys.deletingLastPathComponent(), withIntermediateDirectories: true)
        try "freeze f\nquit Q\n".write(to: keys, atomically: true, encoding: .utf8)
        let process = watch()
        #expect(process.waits(for: "berlin"))
        process.type("q")
        process.type("f")
        #expect(process.waits(for: "FROZEN"))
        process.type("Q")
        #expect(process.exitStatus() == 0)
        try "freez f\n".write(to: keys, atomically: true, encoding: .utf8)
        let refused = watch()
        #expect(refused.exitStatus() == 64)
        #expect(refused.waits(for: "weir/keys:1: there is no action `freez`"))
    }

    @Test func pagesAndHelp() {
        let process = watch()
        #expect(process.waits(for: "< 1/2 >"))
        process.type(">")
        #expect(process.waits(for: "events plant"))
        #expect(process.waits(for: "\"machine\""))
        process.type("?")
        #expect(process.waits(for: "this help"))
        process.forgetOutput()
        process.type("freeze")
        #expect(process.waits(for: "keys with freeze"))
        process.type("\u{1B}")
        quit(process)
    }
}
