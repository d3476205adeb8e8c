import Configuration
import Connectors
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The first records of a source, to find out what it is.
struct SourceSample {
    /// After the first line, how long to wait for more: until there are enough of them, and for a
    /// stream with a record a second.
    static let patience = Nanoseconds.seconds(2)
    static let longPatience = Nanoseconds.seconds(6)
    static let enoughLines = 20

    /// What was taken and can't be read again: of everything but a file.
    private(set) var taken: TakenInput?
    private(set) var lines: [UInt8] = []

    /// Waits for the first line. Throws if there is none.
    init(_ source: String) throws(Ending) {
        let descriptor = try Self.open(source)
        let isFile = Self.isRegular(descriptor) && source != "stdin"
        defer { if isFile { close(descriptor) } }
        var bytes: [UInt8] = []
        var firstLineAt: Int64?
        var hasSaidSo = false
        var isAtEnd = false
        while bytes.count < InferredDashboard.sampleLimit {
            let timeout = Self.timeout(since: firstLineAt, bytes, hasSaidSo)
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, Int32(timeout))
            if ready < 0, errno == EINTR { continue }
            if ready == 0, firstLineAt != nil { break }
            if ready == 0 {
                Output.say("waiting for the first line of \(source) …")
                hasSaidSo = true
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let n = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if n < 0 {
                if errno == EINTR { continue }
                throw Ending(.inputOutput, "\(source): \(String(cString: strerror(errno)))")
            }
            if n == 0 {
                isAtEnd = true
                break
            }
            bytes += buffer[..<n]
            if firstLineAt == nil, bytes.contains(10) { firstLineAt = Self.now() }
        }
        if !isFile { taken = TakenInput(descriptor: descriptor, bytes: bytes) }
        lines = Self.decompressed(bytes, isFile: isFile)
        if isAtEnd, let last = lines.last, last != 10 { lines.append(10) }
        lines.removeLast(lines.count - (lines.lastIndex(of: 10).map { $0 + 1 } ?? 0))
        guard !lines.isEmpty else {
            throw Ending(.noInput, "\(source) holds no line to find out from what it is")
        }
    }

    /// Of a pattern, its first file.
    private static func open(_ source: String) throws(Ending) -> Int32 {
        if source == "stdin" { return 0 }
        if let socket = SocketName(source: source) {
            guard !socket.listens else {
                throw Ending(
                    .usage,
                    "\(source): who will connect can't be known, so no dashboard can be made for "
                        + "it; write one with `from: \"\(source)\"`, or start from "
                        + "weir check --print FILE, with some of the records in a file")
            }
            do {
                return try connectedDescriptor(to: socket.place)
            } catch {
                throw Ending(.unavailable, "\(source): \(error)")
            }
        }
        let isPattern = FilePattern.isOne(source)
        guard let path = isPattern ? FilePattern.matches(source).first : source else {
            throw Ending(.noInput, "\(source): no file matches")
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Ending(.noInput, "\(path): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func isRegular(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// In milliseconds; -1: however long it takes.
    private static func timeout(since start: Int64?, _ bytes: [UInt8], _ hasSaidSo: Bool) -> Int64 {
        guard let start else { return hasSaidSo ? -1 : 1000 }
        let lines = bytes.count { $0 == 10 }
        let patience = lines >= enoughLines ? patience : longPatience
        return max(0, start + patience.rawValue - now()) / 1_000_000
    }

    /// The beginning of a compressed file; what is damaged, its reader will say.
    private static func decompressed(_ bytes: [UInt8], isFile: Bool) -> [UInt8] {
        guard isFile, let compression = Compression(magic: bytes.prefix(4)) else { return bytes }
        var lines: [UInt8] = []
        _ = try? Decompressor(compression).decompress(bytes) { piece in
            lines += piece
            return lines.count < InferredDashboard.sampleLimit
        }
        return lines
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
