import CSpawn
import Events
import Glibc

/// A command that `/bin/sh` runs, in a process group of its own, with nothing to read, or a text.
///
/// It begins with the signals as they usually are, whatever is blocked or ignored here, and with no
/// descriptor but its three. The group is ended with its holder at the latest.
final class ChildProcess {
    /// Its output, and what it says about it. Neither blocks.
    let output: OpenSocket
    let words: OpenSocket
    private let id: pid_t
    private var ending: Ending?

    /// How it ended.
    enum Ending: Hashable, CustomStringConvertible {
        case exited(Int32)
        case killed(Int32)

        var description: String {
            switch self {
            case .exited(let status): "ended with status \(status)"
            case .killed(let signal):
                "ended by signal \(signal) (\(String(cString: strsignal(signal))))"
            }
        }
    }

    /// How long a group that was asked to end may take.
    static let patience = Nanoseconds.milliseconds(100)

    /// `input`: what it reads, of any length: it waits in memory of its own, so that nobody waits
    /// for a command that doesn't read it.
    init(command: String, input: [UInt8] = []) throws(SystemError) {
        let (output, words) = (try Pipe(), try Pipe())
        let file = try input.isEmpty ? nil : Self.file(holding: input)
        id = try Self.spawn(command, input: file, output: output.writer, words: words.writer)
        (self.output, self.words) = (output.reader, words.reader)
    }

    deinit {
        if ending == nil { end() }
    }

    /// Waits for its end, at most so long; nil: it goes on, or somebody said stop.
    func wait(for duration: Nanoseconds, until stop: Stop) -> Ending? {
        let deadline = Monotonic.now() + duration
        var pause = Nanoseconds.milliseconds(1)
        while !hasEnded {
            guard Monotonic.now() < deadline, !stop.wait(for: pause) else { return nil }
            pause = min(.milliseconds(20), Nanoseconds(rawValue: pause.rawValue * 2))
        }
        return end()
    }

    /// Asks the whole group to end, and then ends what is left of it. Takes no longer than
    /// `patience`, and no time where all have gone.
    @discardableResult
    func end() -> Ending {
        if let ending { return ending }
        if !hasEnded {
            kill(-id, SIGTERM)
            _ = wait(for: Self.patience)
        }
        // The leader is not waited for before, so that the number is still the group's.
        kill(-id, SIGKILL)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let ending = Self.ending(status)
        self.ending = ending
        return ending
    }

    private func wait(for duration: Nanoseconds) -> Bool {
        let deadline = Monotonic.now() + duration
        while !hasEnded {
            guard Monotonic.now() < deadline else { return false }
            _ = poll(nil, 0, 2)
        }
        return true
    }

    private var hasEnded: Bool {
        var information = siginfo_t()
        let status = waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
        return status == 0 && information.si_signo != 0
    }

    private static func ending(_ status: Int32) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal)
    }

    private static func file(holding bytes: [UInt8]) throws(SystemError) -> OpenSocket {
        let descriptor = memfd_create("weir", UInt32(MFD_CLOEXEC))
        guard descriptor >= 0 else { throw .last }
        let file = OpenSocket(descriptor)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last }
        return file
    }

    private static func spawn(
        _ command: String, input: OpenSocket?, output: OpenSocket, words: OpenSocket
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input.descriptor, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
        posix_spawn_file_actions_adddup2(&actions, words.descriptor, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map {
            (word: String) in strdup(word)
        }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        let failure = posix_spawn(&id, "/bin/sh", &actions, &attributes, arguments, environ)
        guard failure == 0 else { throw SystemError(code: failure) }
        return id
    }
}

/// Both ends, the writer blocking as programs expect.
private struct Pipe {
    let reader: OpenSocket
    let writer: OpenSocket

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last }
        reader = OpenSocket(ends[0])
        writer = OpenSocket(ends[1])
        _ = fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) & ~O_NONBLOCK)
    }
}
