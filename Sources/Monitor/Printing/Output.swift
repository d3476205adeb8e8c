#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Standard output, collected and written as a whole; and what to say on standard error.
struct Output {
    /// Whoever read has gone: nothing more is written, and nothing is said about it.
    private(set) var isClosed = false
    private var pending: [UInt8] = []

    mutating func add(_ text: String) { pending.append(contentsOf: text.utf8) }

    /// Writes what was added. Throws when the system can't take it.
    mutating func flush() throws(Ending) {
        defer { pending.removeAll(keepingCapacity: true) }
        var written = 0
        while written < pending.count, !isClosed {
            let n = pending[written...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if n >= 0 {
                written += n
            } else if errno == EPIPE {
                isClosed = true
            } else if errno != EINTR {
                throw Ending(.inputOutput, "stdout: \(String(cString: strerror(errno)))")
            }
        }
    }

    static var isTerminal: Bool { isatty(1) == 1 }

    /// A line of words about the data.
    static func say(_ text: String) {
        let line = Array("weir: \(text)\n".utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
