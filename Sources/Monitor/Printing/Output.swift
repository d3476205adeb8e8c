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
    private let cleans: Bool

    /// What a terminal is given is cleaned, unless it was made of cells.
    init(isMade: Bool = false) { cleans = !isMade && Self.isTerminal }

    mutating func add(_ text: String) {
        pending.append(contentsOf: (cleans ? harmless(text) : text).utf8)
    }

    /// Writes what was added. Throws when the system can't take it.
    mutating func flush() throws(Ending) {
        defer { pending.removeAll(keepingCapacity: true) }
        var written = 0
        while written < pending.count, !isClosed {
            let n = pending[written...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
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

    /// A line of words about the data. Names and pieces of it may be in them, so they are cleaned
    /// wherever they go.
    static func say(_ text: String) { write("weir: \(text)\n", to: 2) }

    /// Words, cleaned.
    static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(harmless(text).utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
