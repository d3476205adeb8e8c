import Foundation
import Glibc
import PtySupport
import Testing

/// The built program on terminals of many kinds, and what it leaves behind on each way out.
@Suite(.serialized) struct TerminalJourneyTests {
    private func demo(
        _ environment: [String], _ options: [String] = [], columns: Int = 80, rows: Int = 24
    ) -> PtyProcess {
        PtyProcess(
            program: weirProgram, ["demo", "--seed", "5"] + options, environment: environment,
            columns: columns, rows: rows)
    }

    private func expectGivenBack(_ process: PtyProcess, _ note: String = "") {
        let output = TerminalOutput(process.output)
        #expect(output.violations == [], "\(note)")
        #expect(output.isGivenBack, "\(note): \(output.modes)")
        #expect(process.modes() == process.firstModes, "\(note)")
    }

    @Test(arguments: [
        ["TERM=xterm-256color"], ["TERM=xterm-256color", "COLORTERM=truecolor"],
        ["TERM=xterm-256color", "COLORTERM=24bit"], ["TERM=xterm-direct"],
        ["TERM=tmux-256color"], ["TERM=screen-256color"], ["TERM=linux"], ["TERM=vt100"],
        ["TERM=vt220"], ["TERM=ansi"], ["TERM=xterm-256color", "LC_ALL=C"],
        ["TERM=xterm-256color", "LC_ALL=nowhere.UTF-8"], ["TERM=xterm-256color", "NO_COLOR=1"],
    ])
    func kinds(environment: [String]) {
        let process = demo(environment)
        #expect(process.waits(for: "events/s by site"), "\(environment)")
        #expect(process.waits(for: "berlin"), "\(environment)")
        process.type("q")
        #expect(process.exitStatus() == 0, "\(environment)")
        expectGivenBack(process, "\(environment)")
        let hasColors = process.output.contains("\u{1B}[38;2;")
        let isDirect = environment.contains { $0.hasPrefix("COLORTERM") || $0.hasSuffix("direct") }
        #expect(hasColors == isDirect, "\(environment)")
    }

    /// Lines for one that knows no more, and words for what can't be known.
    @Test func whatCannotBeDrawnOn() {
        let dumb = demo(["TERM=dumb"], ["--limit", "2"])
        #expect(dumb.exitStatus() == 0)
        #expect(dumb.waits(for: "window_start"))
        #expect(!dumb.output.contains("\u{1B}"))
        for environment in [[], ["TERM="], ["TERM=none-such"]] {
            let process = demo(environment)
            #expect(process.exitStatus() == 69, "\(environment)")
            #expect(process.waits(for: "--headless"), "\(environment)")
        }
    }

    @Test(arguments: [
        SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT,
    ])
    func waysOut(signal: Int32) {
        let process = demo(["TERM=xterm-256color"], ["--mouse"])
        #expect(process.waits(for: "events/s by site"))
        let drawing = TerminalOutput(process.output)
        #expect(drawing.modes[1000] == true && drawing.modes[1006] == true)
        kill(process.pid, signal)
        let isEnding = [SIGTERM, SIGINT, SIGHUP].contains(signal)
        #expect(process.exitStatus() == (isEnding ? 130 : 128 + signal))
        expectGivenBack(process, "signal \(signal)")
    }

    /// As under a shell that has started it in the background: the screen goes on.
    @Test func aSignalThatIsIgnored() {
        let process = PtyProcess(
            program: "/bin/sh", ["-c", "trap '' QUIT; exec \(weirProgram) demo --seed 5"],
            environment: ["TERM=xterm-256color"])
        #expect(process.waits(for: "events/s by site"))
        kill(process.pid, SIGQUIT)
        process.forgetOutput()
        process.type(" ")
        #expect(process.waits(for: "FROZEN"))
        #expect(TerminalOutput(process.output).modes[1049] == nil)
        process.type("q")
        #expect(process.exitStatus() == 0)
    }

    @Test func withoutTheOptionTheMouseIsTheTerminalsOwn() {
        let process = demo(["TERM=xterm-256color"])
        #expect(process.waits(for: "events/s by site"))
        process.type("q")
        #expect(process.exitStatus() == 0)
        #expect(TerminalOutput(process.output).modes[1000] == nil)
    }

    @Test func aClickChoosesAndTwoZoom() {
        let process = demo(["TERM=xterm-256color"], ["--mouse"], columns: 120, rows: 40)
        #expect(process.waits(for: "lag store"))
        process.forgetOutput()
        process.type("\u{1B}[<0;90;4M\u{1B}[<0;90;4m\u{1B}[<0;90;4M\u{1B}[<0;90;4m")
        // Zoomed, the panel has the whole width to itself.
        #expect(process.waits(for: "latency created"))
        process.type("q")
        #expect(process.exitStatus() == 0)
        expectGivenBack(process)
    }

    @Test func aThousandSizes() {
        let process = demo(["TERM=xterm-256color"], columns: 100, rows: 30)
        #expect(process.waits(for: "events/s by site"))
        for number in 0..<1000 {
            process.resize(columns: 20 + number * 7 % 180, rows: 5 + number * 3 % 50)
            process.readWhatIsThere()
        }
        process.forgetOutput()
        process.resize(columns: 120, rows: 40)
        #expect(process.waits(for: "lag store"))
        process.type("q")
        #expect(process.exitStatus() == 0)
        expectGivenBack(process)
    }

    @Test func aHangUpEndsItWithinTwoSeconds() {
        let process = demo(["TERM=xterm-256color"])
        #expect(process.waits(for: "events/s by site"))
        let began = ContinuousClock.now
        process.hangUp()
        #expect(process.exitStatus() == 130)
        #expect(ContinuousClock.now - began < .seconds(2))
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool {
        String(decoding: self, as: UTF8.self).contains(text)
    }
}
