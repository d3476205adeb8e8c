import CPty
import Glibc

/// The real program on a real pseudo-terminal, which is its controlling terminal.
final class PtyProcess {
    private let master: Int32
    let pid: pid_t
    /// Everything it has written.
    private(set) var output: [UInt8] = []
    private let slavePath: String

    /// WEIR_BINARY, or the debug build beside the tests.
    static var binary: String {
        if let path = getenv("WEIR_BINARY") { return String(cString: path) }
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return (file + [".build", "debug", "weir"]).joined(separator: "/")
    }

    init(_ arguments: [String], columns: UInt16 = 80, rows: UInt16 = 24) {
        var path = [CChar](repeating: 0, count: 128)
        master = pty_open(columns, rows, &path, Int32(path.count))
        precondition(master >= 0, "the system has no pseudo-terminal left")
        slavePath = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let surroundings = [
            "TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin",
            "SWIFT_BACKTRACE=enable=no",
        ]
        var strings: [UnsafeMutablePointer<CChar>?] = ([Self.binary] + arguments).map {
            strdup($0)
        }
        var environment: [UnsafeMutablePointer<CChar>?] = surroundings.map { strdup($0) }
        strings.append(nil)
        environment.append(nil)
        pid = pty_spawn(slavePath, &strings, &environment)
        precondition(pid > 0, "\(Self.binary) can't be started")
    }

    deinit { close(master) }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func forgetOutput() { output = [] }

    /// Reads until the output holds `text`; false when that takes longer than the budget.
    func waits(for text: String, seconds: Double = 20) -> Bool {
        reads(seconds: seconds) { Self.contains($0, Array(text.utf8)) }
    }

    /// Its exit status as a shell gives it, 128 and more for a signal; nil past the budget.
    func exitStatus(seconds: Double = 20) -> Int32? {
        var status: Int32 = 0
        let ended = reads(seconds: seconds) { _ in waitpid(self.pid, &status, WNOHANG) == self.pid }
        guard ended else { return nil }
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
    }

    /// The terminal's modes, as they stand.
    func modes() -> [UInt32] {
        let slave = open(slavePath, O_RDWR | O_NOCTTY | O_NONBLOCK)
        defer { close(slave) }
        var modes = termios()
        tcgetattr(slave, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    private func reads(seconds: Double, until done: ([UInt8]) -> Bool) -> Bool {
        let deadline = Self.now() + seconds
        while !done(output) {
            guard Self.now() < deadline else { return false }
            var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 50) > 0, entry.revents & Int16(POLLIN) != 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let n = read(master, &buffer, buffer.count)
            if n > 0 { output.append(contentsOf: buffer[..<n]) }
        }
        return true
    }

    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { i in
            bytes[i] == wanted[0] && bytes[i..<(i + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
