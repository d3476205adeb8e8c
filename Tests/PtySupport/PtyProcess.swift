import CPty
import Glibc

/// A program on a pseudo-terminal, which is its controlling terminal.
///
/// Whatever waits here waits on descriptors that don't block, and gives up after `patience`. The
/// program is killed with the last reference to it.
package final class PtyProcess {
    /// What a loaded machine may need, in seconds.
    private static let patience = 30.0

    package let pid: pid_t
    /// The terminal's modes before the program began.
    package let firstModes: [UInt32]
    /// Everything it has written, as far as it was read.
    package private(set) var output: [UInt8] = []
    private var master: Int32
    private let slavePath: String
    /// Can be read from when the program has ended.
    private let ending: Int32
    private var status: Int32?

    /// Its standard output is the terminal, unless another descriptor is given.
    package init(
        program: String, _ arguments: [String], environment: [String], standardOutput: Int32 = -1,
        columns: Int = 80, rows: Int = 24
    ) {
        var path = [CChar](repeating: 0, count: 128)
        master = pty_open(UInt16(columns), UInt16(rows), &path, Int32(path.count))
        precondition(master >= 0, "the system has no pseudo-terminal left")
        let slave = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        slavePath = slave
        firstModes = Self.modes(of: slave)
        let surroundings = [
            "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no",
        ]
        pid = Self.withStrings([program] + arguments) { words in
            Self.withStrings(surroundings + environment) { variables in
                pty_spawn(slave, standardOutput, words, variables)
            }
        }
        precondition(pid > 0, "\(program) can't be started")
        ending = pty_process(pid)
        precondition(ending >= 0, "the system can't watch a process for its end")
    }

    deinit {
        if status == nil {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        close(ending)
        hangUp()
    }

    // MARK: The person at the terminal

    /// Waits for a program that reads no keys, and drops what it doesn't take in time.
    package func type(_ text: String) {
        var rest = Array(text.utf8)[...]
        let deadline = Self.now() + Self.patience
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR, !Self.isReady(master, Int16(POLLOUT), until: deadline) {
                return
            }
        }
    }

    package func resize(columns: Int, rows: Int) {
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Closes the window.
    package func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    /// The terminal's modes, as they stand.
    package func modes() -> [UInt32] { Self.modes(of: slavePath) }

    private static func modes(of path: String) -> [UInt32] {
        let slave = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK)
        defer { close(slave) }
        var modes = termios()
        tcgetattr(slave, &modes)
        let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
    }

    // MARK: What it writes

    package func forgetOutput() { output = [] }

    /// Without waiting.
    package func readWhatIsThere() { while readMore(until: 0) {} }

    /// Reads until the output holds `text`; false when that takes too long, or the program ended
    /// without.
    package func waits(for text: String) -> Bool {
        let wanted = Array(text.utf8)
        var searched = 0
        let deadline = Self.now() + Self.patience
        while output[searched...].range(of: wanted) == nil {
            searched = max(0, output.count - wanted.count + 1)
            guard readMore(until: deadline) else { return false }
        }
        return true
    }

    /// What it writes next; nil when nothing comes in time, or the program has ended.
    package func nextBytes() -> ArraySlice<UInt8>? {
        let read = output.count
        return readMore(until: Self.now() + Self.patience) ? output[read...] : nil
    }

    /// Its exit status as a shell gives it, 128 and more for a signal; nil when it goes on. Reads
    /// meanwhile, so that nothing keeps it from ending, and then what is left.
    package func exitStatus() -> Int32? {
        let deadline = Self.now() + Self.patience
        while !Self.isReady(ending, Int16(POLLIN), until: 0) {
            guard Self.now() < deadline else { return nil }
            _ = readMore(until: deadline)
        }
        readWhatIsThere()
        return status ?? reap()
    }

    private func reap() -> Int32 {
        var ended: Int32 = 0
        waitpid(pid, &ended, 0)
        let code = ended & 0x7f == 0 ? ended >> 8 & 0xff : 128 + (ended & 0x7f)
        status = code
        return code
    }

    /// False past the deadline, and at the program's end.
    private func readMore(until deadline: Double) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var entries = [master, ending].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            _ = poll(&entries, 2, Self.milliseconds(until: deadline))
            guard entries[0].revents & Int16(POLLIN) != 0 else { return false }
            let count = read(master, &buffer, buffer.count)
            if count > 0 {
                output.append(contentsOf: buffer[..<count])
                return true
            }
            // The program may have thrown it away meanwhile.
            guard count < 0, errno == EAGAIN, Self.now() < deadline else { return false }
        }
    }

    private static func isReady(_ descriptor: Int32, _ events: Int16, until deadline: Double)
        -> Bool
    {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        return poll(&entry, 1, milliseconds(until: deadline)) > 0 && entry.revents & events != 0
    }

    private static func milliseconds(until deadline: Double) -> Int32 {
        Int32(max(0, ((deadline - now()) * 1000).rounded(.up)))
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A program of this package: where an environment variable says, or beside the tests.
package func builtProgram(_ name: String, or variable: String? = nil) -> String {
    if let path = variable.flatMap({ getenv($0) }) { return String(cString: path) }
    let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return file.joined(separator: "/") + "/.build/debug/\(name)"
}

extension Collection<UInt8> where Index == Int {
    /// Where `wanted` begins; nil: nowhere.
    package func range(of wanted: [UInt8]) -> Int? {
        var rest = self[startIndex...]
        while let found = rest.firstIndex(of: wanted[0]) {
            rest = rest[found...]
            if rest.starts(with: wanted) { return found }
            rest = rest.dropFirst()
        }
        return nil
    }
}
