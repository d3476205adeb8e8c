import Glibc
import PtySupport
import Testing

/// The built program on a pty, as a person uses it. Each way out gives the terminal back.
@Suite(.serialized) struct ScreenJourneyTests {
    private static let leaveScreen = "\u{1B}[?1049l"

    private func demo() -> (PtyProcess, [UInt32]) {
        let process = weirOnTerminal(["demo", "--seed", "5"])
        return (process, process.firstModes)
    }

    @Test func quitting() {
        let (process, before) = demo()
        #expect(process.waits(for: "events/s by site"))
        process.type("q")
        #expect(process.exitStatus() == 0)
        #expect(process.waits(for: Self.leaveScreen))
        #expect(process.modes() == before)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 130), (SIGHUP, 130)] as [(Int32, Int32)])
    func signals(signal: Int32, status: Int32) {
        let (process, before) = demo()
        #expect(process.waits(for: "events/s by site"))
        kill(process.pid, signal)
        #expect(process.exitStatus() == status)
        #expect(process.modes() == before)
    }

    @Test func controlC() {
        let (process, before) = demo()
        #expect(process.waits(for: "events/s by site"))
        process.type("\u{03}")
        #expect(process.exitStatus() == 130)
        #expect(process.modes() == before)
    }

    @Test func aCrash() {
        let (process, before) = demo()
        #expect(process.waits(for: "events/s by site"))
        kill(process.pid, SIGSEGV)
        #expect(process.exitStatus() == 128 + SIGSEGV)
        #expect(process.waits(for: Self.leaveScreen))
        #expect(process.modes() == before)
    }

    @Test func keys() {
        let (process, _) = demo()
        #expect(process.waits(for: "events/s by site"))
        process.type("?")
        #expect(process.waits(for: "the panel on the whole screen"))
        process.type("\u{1B}")
        process.type(" ")
        #expect(process.waits(for: "FROZEN"))
        process.type(" ")
        process.forgetOutput()
        process.type("/zzz\r")
        #expect(process.waits(for: "esc clears"))
        process.type("q")
        #expect(process.exitStatus() == 0)
    }

    @Test func resizing() {
        let (process, _) = demo()
        #expect(process.waits(for: "events/s by site"))
        process.resize(columns: 30, rows: 8)
        #expect(process.waits(for: "40x10"))
        process.forgetOutput()
        process.resize(columns: 120, rows: 40)
        #expect(process.waits(for: "lag store"))
        process.type("q")
        #expect(process.exitStatus() == 0)
    }

    /// Ctrl-Z under a shell with job control, then `fg`.
    @Test func suspendingAndGoingOn() {
        let script = "set -m; \(weirProgram) demo --seed 5; echo STOPPED; read x; fg; echo ENDED $?"
        let shell = PtyProcess(
            program: "/bin/sh", ["-c", script], environment: ["TERM=xterm-256color"])
        let before = shell.modes()
        #expect(shell.waits(for: "events/s by site"))
        let drawing = shell.modes()
        #expect(drawing != before)
        shell.type("\u{1A}")
        #expect(shell.waits(for: "STOPPED"))
        #expect(shell.modes() == before)
        shell.forgetOutput()
        shell.type("\n")
        #expect(shell.waits(for: "\u{1B}[?1049h"))
        #expect(shell.waits(for: "events/s by site"))
        #expect(shell.modes() == drawing)
        shell.type("q")
        #expect(shell.waits(for: "ENDED 0"))
        #expect(shell.modes() == before)
    }

    /// The window is closed: nobody is there to read or to press a key.
    @Test func hangingUp() {
        let (process, _) = demo()
        #expect(process.waits(for: "events/s by site"))
        process.hangUp()
        #expect(process.exitStatus() == 130)
    }

    @Test func aTerminalThatCannotBeDrawnOn() {
        let process = weirOnTerminal(["watch", "/nowhere/at/all.yaml"])
        #expect(process.exitStatus() == 66)
        #expect(process.waits(for: "No such file"))
    }
}
