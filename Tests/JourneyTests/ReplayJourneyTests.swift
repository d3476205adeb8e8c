import Foundation
import PtySupport
import Testing

/// The built program plays a recording and a file on a terminal, as a person turns it.
@Suite(.serialized) struct ReplayJourneyTests {
    private let home = FileManager.default.temporaryDirectory
        .appendingPathComponent("weir-replay-\(UUID().uuidString)")

    private var recording: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../RecordingTests/Recordings/format-1.weir").path
    }

    private func replay(_ arguments: String...) -> PtyProcess {
        PtyProcess(
            program: weirProgram, ["replay"] + arguments,
            environment: ["TERM=xterm-256color", "XDG_STATE_HOME=\(home.path)"])
    }

    /// Types, and waits until the whole screen, drawn anew, holds that.
    private func types(_ keys: String, _ process: PtyProcess, shows words: String) -> Bool {
        process.type(keys)
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            process.forgetOutput()
            process.type("\u{0C}")
            guard process.waits(for: "help") else { return false }
            if String(decoding: process.output, as: UTF8.self).contains(words) { return true }
        }
        return false
    }

    @Test func turnedBackAndForth() {
        defer { try? FileManager.default.removeItem(at: home) }
        let process = replay(recording)
        #expect(process.waits(for: "REPLAY"))
        #expect(types(" ", process, shows: "REPLAY PAUSED"))
        #expect(types(":seek #150\r", process, shows: "#150"))
        #expect(types(".", process, shows: "#151"))
        #expect(types(",", process, shows: "#150"))
        #expect(types(",", process, shows: "#149"))
        #expect(types(":step window\r,", process, shows: "#140"))
        #expect(types(":seek 100%\r", process, shows: "100%"))
        #expect(types("b", process, shows: "◆"))
        #expect(types(":seek 0%\r", process, shows: " 0%"))
        #expect(types("B", process, shows: "100%"))
        process.type("q")
        #expect(process.exitStatus() == 0)
    }

    /// A bookmark is there again the next time.
    @Test func bookmarksAreKept() {
        defer { try? FileManager.default.removeItem(at: home) }
        let first = replay(recording)
        #expect(first.waits(for: "REPLAY"))
        #expect(types(" ", first, shows: "REPLAY PAUSED"))
        #expect(types(":seek #150\r", first, shows: "#150"))
        #expect(types(":bookmark it begins\r", first, shows: "◆"))
        first.type("q")
        #expect(first.exitStatus() == 0)
        let second = replay(recording)
        #expect(second.waits(for: "REPLAY"))
        #expect(types("B", second, shows: "#150"))
        second.type("q")
        #expect(second.exitStatus() == 0)
    }

    /// A query asked in the middle counts from the beginning.
    @Test func aQueryOfThePast() {
        defer { try? FileManager.default.removeItem(at: home) }
        let process = replay(recording)
        #expect(process.waits(for: "REPLAY"))
        #expect(types(" ", process, shows: "REPLAY PAUSED"))
        #expect(types(":seek #170\r", process, shows: "#170"))
        process.type(":count() as n over 1s every 1s\r")
        #expect(process.waits(for: "query >"))
        process.type("\u{0C}")
        #expect(process.waits(for: "#170"))
        process.type("q")
        #expect(process.exitStatus() == 0)
    }
}
