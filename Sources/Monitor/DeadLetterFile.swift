import Events
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Every dead letter as a line of JSON, appended to a file: `{"source", "partition", "offset",
/// "reason", "position", "record"}`, with the first 4 KiB of the record.
///
/// A write that fails is said once, and ends the writing, not the program.
struct DeadLetterFile: Sendable {
    /// Closed with its last holder.
    private final class Handle: Sendable {
        let descriptor: Int32
        /// Of each origin the offset of the last letter, where a replay may come there again.
        let written = Mutex<[Origin: Int64]>([:])
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }

    private let path: String
    private let handle: Handle
    private let isReplayed: Bool
    private var hasFailed = false

    /// For its user alone, for records may hold anything. `isReplayed`: the same letters may come
    /// again, and are written once.
    init(_ path: String, isReplayed: Bool = false) throws(Ending) {
        self.path = path
        self.isReplayed = isReplayed
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Ending(
                .inputOutput, "--dead-letters \(path): \(String(cString: strerror(errno)))")
        }
        handle = Handle(descriptor)
    }

    mutating func append(_ letters: [DeadLetter]) {
        let letters = isReplayed ? letters.filter(isNew) : letters
        guard !letters.isEmpty, !hasFailed else { return }
        let bytes = Array(letters.map(line).joined().utf8)
        var written = 0
        while written < bytes.count {
            let n = bytes[written...].withUnsafeBytes {
                write(handle.descriptor, $0.baseAddress, $0.count)
            }
            if n < 0, errno == EINTR { continue }
            guard n >= 0 else {
                hasFailed = true
                Output.say(
                    "--dead-letters \(path): \(String(cString: strerror(errno))); "
                        + "no more are written")
                return
            }
            written += n
        }
    }

    private func isNew(_ letter: DeadLetter) -> Bool {
        handle.written.withLock { written in
            guard letter.offset > written[letter.origin] ?? -1 else { return false }
            written[letter.origin] = letter.offset
            return true
        }
    }

    private func line(_ letter: DeadLetter) -> String {
        let record = String(decoding: letter.bytes, as: UTF8.self)
        return "{\"source\":\(quoted(letter.origin.source)),"
            + "\"partition\":\(letter.origin.partition),\"offset\":\(letter.offset),"
            + "\"reason\":\(quoted(letter.reason.rawValue)),"
            + "\"position\":\(letter.position.map(String.init) ?? "null"),"
            + "\"record\":\(quoted(record))}\n"
    }
}
