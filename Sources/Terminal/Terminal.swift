import CNcurses
import Glibc
import Screen

/// The controlling terminal, taken to draw on and given back as it was.
///
/// Made, used and closed by one thread, the screen's; only the `waker` is for others. Nothing here
/// blocks but `wait`. `BlockedSignals.block()` was called before any thread started. In the
/// background the terminal is somebody else's: nothing is drawn or read until it is ours again.
package final class Terminal {
    let device: TerminalDevice
    let curses: CursesScreen
    let signals: SignalQueue
    /// For other threads.
    package let waker: TerminalWaker
    package let depth: ColorDepth
    let hasMouse: Bool

    /// The window, in cells; at least 1 by 1.
    package internal(set) var columns = 80
    package internal(set) var rows = 24

    var looks: Looks
    var output = OutputQueue()
    var decoder = KeyDecoder()
    var clicks = ClickCounter()
    var errorOutput = HeldErrorOutput()
    /// When an Escape that nothing follows is the key.
    var escapeDeadline: UInt64?
    /// Whether the modes are set and the screen is drawn on.
    var isHeld = false
    /// Whether the terminal has hung up.
    var isGone = false
    var wasRefused = false
    /// The grid that ncurses was last given; `nil` draws every row.
    var shown: Grid?
    private var isClosed = false

    package init(options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
        device = try TerminalDevice()
        let type = try TerminalType(
            name: Environment.value("TERM"), colorTerm: Environment.value("COLORTERM"),
            wanted: options.depth)
        signals = try SignalQueue()
        waker = try TerminalWaker()
        curses = try CursesScreen(type: type, hasMouse: options.mouse)
        depth = type.depth
        hasMouse = options.mouse
        looks = Looks(depth: type.depth)
        CrashHandler.useOwnStack()
        measure()
        take()
    }

    deinit {
        close()
    }

    /// How long the last frame took from its first byte to its last.
    package var lastWriteDuration: Duration { output.lastWriteDuration }

    /// How many bytes the last frame was; 0: nothing had changed.
    package internal(set) var lastFrameBytes = 0

    /// Whether a frame is still on its way out, so that the next would be refused.
    package var isBehind: Bool { !output.isEmpty }

    /// Gives the terminal back as it was. Idempotent; also after a hang-up.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        giveBack(restoringModes: true)
    }

    /// Forgets what the terminal shows: the next frame is drawn whole.
    package func redraw() {
        shown = nil
        curses.forget()
    }

    /// Puts text on the clipboard of the person at the terminal (OSC 52), where theirs allows it.
    ///
    /// False when it is longer than `copyLimit` bytes: terminals drop longer ones silently.
    package func copy(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard isHeld, bytes.count <= Self.copyLimit else { return false }
        output.append(Array("\u{1B}]52;c;".utf8) + Base64.encode(bytes) + [0x07])
        flush()
        return true
    }

    /// The bell, which a terminal makes a sound or a flash of.
    package func ring() {
        guard isHeld else { return }
        output.append([0x07])
        flush()
    }

    /// How a terminal is asked for a note on the desktop: iTerm2's way, or rxvt's.
    package enum Note: Sendable { case osc9, osc777 }

    /// Shows a note on the desktop of the person at the terminal, where theirs knows how.
    package func tell(_ text: CleanText, _ note: Note) {
        guard isHeld else { return }
        // What parts the pieces of the second is none of the text.
        let words = text.string.map { $0 == ";" ? "," : $0 }
        let code = note == .osc9 ? "9;" : "777;notify;weir;"
        output.append(Array("\u{1B}]\(code)\(String(words))".utf8) + [0x07])
        flush()
    }

    /// xterm's limit for the encoded text is 100,000 bytes.
    package static let copyLimit = 74_994

    /// Takes up the window's size; whether it changed.
    @discardableResult
    func measure() -> Bool {
        let found = device.size ?? (80, 24)
        let isChanged = found != (columns, rows)
        (columns, rows) = found
        curses.resize(columns: columns, rows: rows)
        shown = nil
        if isHeld { armCrashHandler() }
        return isChanged
    }
}
