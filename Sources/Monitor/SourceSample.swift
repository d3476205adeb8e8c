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

    /// What was taken from the standard input and can't be read again.
    private(set) var taken: [UInt8] = []
    private(set) var lines: [UInt8] = []

    /// Waits for the first line. Throws if there is none.
    init(_ source: String) throws(Ending) {
        let isStdin = source == "stdin"
        let descriptor = isStdin ? 0 : open(source, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Ending(.noInput, "\(source): \(String(cString: strerror(errno)))")
        }
        defer { if !isStdin { close(descriptor) } }
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
        if isStdin { taken = bytes }
        lines = Self.decompressed(bytes, isFile: !isStdin)
        if isAtEnd, let last = lines.last, last != 10 { lines.append(10) }
        lines.removeLast(lines.count - (lines.lastIndex(of: 10).map { $0 + 1 } ?? 0))
        guard !lines.isEmpty else {
            throw Ending(.noInput, "\(source) holds no line to find out from what it is")
        }
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
