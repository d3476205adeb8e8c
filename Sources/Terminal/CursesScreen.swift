import CNcurses
import Glibc
import Screen

/// ncurses, writing into a memory file.
///
/// ncurses 6.4 writes a few bytes at a time and blocks where the terminal is slow; into a file in
/// memory it does neither, and `takeBytes` gives what it wrote since the last call. It reads no
/// key, sets no mode and handles no signal here. One instance at a time, used by one thread:
/// ncurses is one global.
final class CursesScreen {
    private let file: UnsafeMutablePointer<FILE>
    private let screen: OpaquePointer
    private let window: UnsafeMutablePointer<WINDOW>
    /// Bytes that leave the terminal usable after anything: a frame cut in the middle, a crash.
    private(set) var leaving: [UInt8] = []
    private let hasMouse: Bool

    /// Reads and for a moment changes the environment, so no other thread should be running yet
    /// that reads it.
    init(type: TerminalType, hasMouse: Bool = false) throws(TerminalError) {
        Self.useUnicode()
        let memory = memfd_create("weir-screen", UInt32(CNCURSES_MEMFD_CLOEXEC))
        guard memory >= 0, let file = fdopen(memory, "w+") else {
            throw .lastRefusal("memfd_create")
        }
        guard let screen = Self.open(type, on: file), let window = cncurses_window() else {
            fclose(file)
            throw .typeUnknown(type.name)
        }
        self.hasMouse = hasMouse
        self.file = file
        self.screen = screen
        self.window = window
        typeahead(-1)
        nonl()
        leaveok(window, true)
        curs_set(0)
        if type.depth != .mono { start_color() }
    }

    deinit {
        delscreen(screen)
        fclose(file)
    }

    /// Wide characters need a locale that knows them; where the user's doesn't, C.UTF-8 does.
    private static func useUnicode() {
        setlocale(LC_CTYPE, "")
        guard String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" else { return }
        if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "C.utf8") }
    }

    private static func open(_ type: TerminalType, on file: UnsafeMutablePointer<FILE>)
        -> OpaquePointer?
    {
        let handlers = SignalHandlers()
        defer { handlers.restore() }
        // Any size will do until the window's is set, but without one newterm fails: a file has
        // none, and not every entry (`linux`) has.
        var changes = ["NCURSES_NO_PADDING": "1", "LINES": "24", "COLUMNS": "80"]
        changes["TERMINFO"] = type.terminfo
        return Environment.with(changes) { newterm(type.name, file, file) }
    }

    /// Tells ncurses the size of the window, and forgets what it shows.
    func resize(columns: Int, rows: Int) {
        resize_term(Int32(rows), Int32(columns))
        leaving = Self.leavingBytes(rows: rows, hasMouse: hasMouse)
        forget()
    }

    /// The next update writes every cell.
    func forget() {
        cncurses_forget_screen()
    }

    func erase() {
        werase(window)
    }

    func moveTo(row: Int) {
        wmove(window, Int32(row), 0)
    }

    /// Puts a character where the former one ended.
    ///
    /// The lower right corner answers with an error, because the cursor has nowhere to go; the
    /// character is there all the same.
    func put(_ cell: inout cchar_t) {
        wadd_wch(window, &cell)
    }

    func update() {
        wnoutrefresh(window)
        doupdate()
    }

    /// Writes what leaves the screen; the next update enters it again.
    func end() {
        endwin()
    }

    /// What ncurses wrote since the last call.
    func takeBytes() -> [UInt8] {
        fflush(file)
        let descriptor = fileno(file)
        let size = Int(lseek(descriptor, 0, SEEK_CUR))
        guard size > 0 else { return [] }
        lseek(descriptor, 0, SEEK_SET)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
        }
    }

    /// CAN first: it ends a sequence that was cut. A terminal without a second screen keeps the
    /// picture, with the cursor below it.
    private static func leavingBytes(rows: Int, hasMouse: Bool) -> [UInt8] {
        let alternate = Capability.bytes("rmcup")
        let below = Capability.cursorAddress(row: rows - 1, column: 0) + [0x0D, 0x0A]
        return [0x18] + SynchronizedOutput.end + (hasMouse ? MouseReporting.end : [])
            + Capability.bytes("sgr0") + Capability.bytes("op")
            + (alternate.isEmpty ? below : alternate) + Capability.bytes("cnorm")
    }
}
