import Glibc
import PresenterGrids
import PtySupport
import Screen
import Testing

/// Random frames through ncurses and a real pseudo-terminal: what an emulated terminal then shows
/// is the frame, cell by cell.
@Suite(.serialized) struct PresenterTests {
    private static let begin = Array("\u{1B}[?2026h".utf8)
    private static let end = Array("\u{1B}[?2026l".utf8)

    @Test(
        arguments: [
            ("xterm-256color", "truecolor", ColorDepth.truecolor),
            ("xterm-256color", "", .xterm256),
            ("linux", "", .ansi8), ("xterm", "", .ansi8), ("vt100", "", .mono),
        ] as [(String, String, ColorDepth)])
    func everyFrame(type: String, colorTerm: String, depth: ColorDepth) {
        let seed = UInt64.random(in: 0..<1_000_000)
        let watched = Watched(seed: seed, type: type, colorTerm: colorTerm, 80, 24)
        for number in 0..<12 {
            watched.type("n")
            #expect(watched.readsFrame(), "seed \(seed), frame \(number)")
            let difference = watched.difference(number, depth)
            #expect(difference == nil, "seed \(seed), frame \(number)")
        }
        watched.quit()
    }

    @Test func otherSizes() {
        let seed = UInt64.random(in: 0..<1_000_000)
        let watched = Watched(seed: seed, type: "xterm-256color", colorTerm: "truecolor", 80, 24)
        watched.type("n")
        #expect(watched.readsFrame())
        for (number, size) in [(120, 40), (40, 10), (200, 60), (80, 24)].enumerated() {
            watched.resize(size.0, size.1)
            #expect(watched.readsFrame(), "seed \(seed), \(size)")
            let resized = watched.difference(number, .truecolor)
            #expect(resized == nil, "seed \(seed), \(size)")
            watched.type("n")
            #expect(watched.readsFrame(), "seed \(seed), \(size)")
            let next = watched.difference(number + 1, .truecolor)
            #expect(next == nil, "seed \(seed), \(size)")
        }
        watched.quit()
    }

    /// A terminal that takes nothing loses frames, never parts of one, and ends with the newest.
    @Test func aSlowReader() {
        let seed = UInt64.random(in: 0..<1_000_000)
        let watched = Watched(seed: seed, type: "xterm-256color", colorTerm: "truecolor", 200, 60)
        watched.type("nnnnnnnnnnnnnnnn")
        var shown = -1
        while shown < 15 {
            guard watched.readsFrame() else { break }
            let next = (max(0, shown)...15).first { watched.difference($0, .truecolor) == nil }
            #expect(next != nil, "seed \(seed): a torn frame after \(shown)")
            guard let next else { break }
            shown = next
        }
        #expect(shown == 15, "seed \(seed)")
        watched.quit()
    }

    /// A failed precondition in Swift gives the terminal back, and its words are read after that.
    @Test func aTrap() {
        let watched = Watched(seed: 1, type: "xterm-256color", colorTerm: "", 80, 24)
        watched.type("n")
        #expect(watched.readsFrame())
        watched.traps()
    }

    /// Everything between the first frame and the last is inside synchronized output, and what is
    /// left behind is the terminal as it was.
    @Test func oneUpdateAFrame() {
        let watched = Watched(seed: 1, type: "xterm-256color", colorTerm: "truecolor", 80, 24)
        for _ in 0..<8 {
            watched.type("n")
            #expect(watched.readsFrame())
        }
        let output = watched.output
        var (depth, frames, outside) = (0, 0, 0)
        var i = output.range(of: Self.begin) ?? 0
        while i < output.count {
            if output[i...].starts(with: Self.begin) {
                (depth, i) = (depth + 1, i + Self.begin.count)
            } else if output[i...].starts(with: Self.end) {
                (depth, frames, i) = (depth - 1, frames + 1, i + Self.end.count)
            } else {
                outside += depth == 1 ? 0 : 1
                i += 1
            }
        }
        #expect((depth, frames, outside) == (0, 8, 0))
        watched.quit()
    }
}

/// The program that presents frames, and an emulated terminal that shows what it writes.
private final class Watched {
    private let process: PtyProcess
    private let screen: EmulatedScreen
    private let seed: UInt64
    private let modes: [UInt32]
    /// Bytes read behind the last frame's end.
    private var rest: [UInt8] = []

    init(seed: UInt64, type: String, colorTerm: String, _ columns: Int, _ rows: Int) {
        self.seed = seed
        process = PtyProcess(
            program: builtProgram("presenter-fixture"), ["\(seed)"],
            environment: ["TERM=\(type)", "COLORTERM=\(colorTerm)"], columns: columns, rows: rows)
        modes = process.firstModes
        screen = EmulatedScreen(columns: columns, rows: rows)
    }

    var output: [UInt8] { process.output }

    func type(_ text: String) { process.type(text) }

    func resize(_ columns: Int, _ rows: Int) {
        screen.resize(columns: columns, rows: rows)
        process.resize(columns: columns, rows: rows)
    }

    /// Reads to the end of a frame and shows it. False: none came.
    func readsFrame() -> Bool {
        let end = Array("\u{1B}[?2026l".utf8)
        while true {
            if let at = rest.range(of: end) {
                screen.write(rest[..<(at + end.count)])
                rest.removeFirst(at + end.count)
                return true
            }
            guard let more = process.nextBytes() else { return false }
            rest += more
        }
    }

    func difference(_ number: Int, _ depth: ColorDepth) -> String? {
        screen.difference(
            from: PresenterGrids.grid(
                seed: seed, number: number, columns: screen.columns, rows: screen.rows),
            theme: .standard, depth: depth)
    }

    func traps() {
        process.type("x")
        let status = process.exitStatus()
        #expect(status == 128 + SIGILL || status == 128 + SIGTRAP)
        #expect(process.modes() == modes)
        let output = TerminalOutput(process.output)
        #expect(output.isGivenBack && output.violations == [])
        let left = process.output.range(of: Array("\u{1B}[?1049l".utf8)) ?? 0
        #expect((process.output.range(of: Array("asked to".utf8)) ?? 0) > left)
    }

    func quit() {
        process.type("q")
        #expect(process.exitStatus() == 0)
        #expect(process.modes() == modes)
    }
}
