import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The open file of an audit trail: chains lines, appends them, and makes them durable; then its
/// head, and what is to be remembered.
///
/// What can't be written is kept, up to `AuditTrail.limit` lines, and tried again with what comes
/// next; that is said once.
struct AuditWriter {
    private let files: AuditFiles
    private var descriptor: Int32
    private var size: Int
    private var chain: AuditChain
    private var held: [String] = []
    private var lost = 0
    private var hasFailed = false
    /// What was remembered last; written again only when it has changed.
    private var remembered: AlertMemory?

    /// Opens the trail behind its last whole line. A line that was cut off while it was written is
    /// taken away; lines that the head knows of and that are gone are said in the trail.
    init(
        _ files: AuditFiles, now: Timestamp, say: (String) -> Void
    ) throws(Ending) {
        self.files = files
        descriptor = try Self.open(files.trail)
        let end = try AuditTail(descriptor, files.trail)
        size = end.length
        chain = end.chain
        if end.torn > 0 {
            ftruncate(descriptor, off_t(end.length))
            held.append(
                AuditLine.gap("\(end.torn) bytes of a line that was cut off", at: now).json)
        }
        guard let head = files.readHead(), head != chain else { return }
        // A head that is one write behind is no damage: it comes after the line.
        guard head.number > chain.number || (size == 0 && head.number > 0) else { return }
        let missing = head.number - chain.number
        let words = "\(missing) lines behind line \(chain.number) are gone"
        say("\(files.trail): \(words)")
        held.append(AuditLine.gap(words, at: now).json)
    }

    private static func open(_ path: String) throws(Ending) -> Int32 {
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        let descriptor = Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else {
            throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Ending(
                .inputOutput,
                "\(path): another weir writes this dashboard's audit trail; end it, or run this "
                    + "one with --no-audit")
        }
        return descriptor
    }

    /// Writes what was given; what can't be written is kept for the next time.
    mutating func keep(_ next: AuditTrail.Waiting, say: (String) -> Void) {
        do throws(Ending) {
            try write(next)
            if hasFailed { say("\(files.trail): it is written again") }
            hasFailed = false
        } catch {
            if !hasFailed { say(error.message ?? "\(files.trail) can't be written") }
            hasFailed = true
        }
    }

    mutating func write(_ next: AuditTrail.Waiting) throws(Ending) {
        let room = max(0, AuditTrail.limit - held.count)
        held += next.lines.prefix(room)
        lost += next.lost + max(0, next.lines.count - room)
        if lost > 0, held.count < AuditTrail.limit {
            held.append(AuditLine.gap("\(lost) lines could not be written", at: .epoch).json)
            lost = 0
        }
        try writeHeld()
        if let usual = next.usual {
            try AuditFiles.replace(
                files.usual, with: AuditFiles.text(of: usual), isDurable: false)
        }
        guard let memory = next.memory, memory != remembered else { return }
        // Without a change of an alert it may be a second old after a crash of the machine.
        let isNews = !memory.rules.elementsEqual(remembered?.rules ?? []) {
            $0.groups.elementsEqual($1.groups) { $0.isSame(as: $1) }
        }
        try AuditFiles.replace(
            files.memory, with: AuditFiles.text(of: memory), isDurable: isNews)
        remembered = memory
    }

    private mutating func writeHeld() throws(Ending) {
        guard !held.isEmpty else { return }
        if size > AuditFiles.limit { try rotate() }
        var next = chain
        let text = held.map { next.append($0) }.joined()
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let n = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if n < 0, errno == EINTR { continue }
            guard n >= 0 else {
                let reason = String(cString: strerror(errno))
                // The next attempt begins where this one did.
                ftruncate(descriptor, off_t(size))
                throw Ending(.inputOutput, "\(files.trail): \(reason)")
            }
            written += n
        }
        guard fdatasync(descriptor) == 0 else {
            let reason = String(cString: strerror(errno))
            ftruncate(descriptor, off_t(size))
            throw Ending(.inputOutput, "\(files.trail): \(reason)")
        }
        (chain, size) = (next, size + bytes.count)
        held = []
        try AuditFiles.replace(files.head, with: "\(chain.number) \(chain.hash)\n")
    }

    private mutating func rotate() throws(Ending) {
        guard rename(files.trail, files.former) == 0 else {
            throw Ending(.inputOutput, "\(files.former): \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        descriptor = try Self.open(files.trail)
        size = 0
    }
}

/// The last whole line of a trail, and where it ends.
private struct AuditTail {
    var length = 0
    /// Bytes behind it.
    var torn = 0
    var chain = AuditChain()

    /// No line is longer than this.
    private static let reach = 4 << 20

    init(_ descriptor: Int32, _ path: String) throws(Ending) {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        guard size > 0 else { return }
        let from = max(0, size - Self.reach)
        var bytes = [UInt8](repeating: 0, count: size - from)
        let n = bytes.withUnsafeMutableBytes {
            pread(descriptor, $0.baseAddress, $0.count, off_t(from))
        }
        guard n == bytes.count else {
            throw Ending(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
        }
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
            torn = size
            return
        }
        length = from + end + 1
        torn = size - length
        let line = bytes[..<end].split(separator: UInt8(ascii: "\n")).last ?? []
        guard let parts = AuditLineParts(String(decoding: line, as: UTF8.self)) else {
            throw Ending(
                .badData,
                "\(path): its last line is no line of an audit trail; `weir audit` tells more. "
                    + "Move the file away to begin a new one")
        }
        chain = AuditChain(number: parts.number, hash: parts.hash)
    }
}
