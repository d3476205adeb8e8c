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
    /// What was taken and can't be read again: of everything but a file.
    private(set) var taken: TakenInput?
    private(set) var lines: [UInt8] = []

    /// Waits for the first line. Throws if there is none. `settings`: of a source that somebody
    /// else serves, which is looked at in passing: the records are not taken from it.
    init(_ source: String, _ settings: SourceSettings, follow: Bool) throws(Ending) {
        let remote = try RemoteSample(source, settings, follow: follow)
        let descriptor: Int32
        if let remote {
            descriptor = remote.descriptor
        } else {
            descriptor = try Self.open(source)
        }
        let isFile = Self.isRegular(descriptor) && source != "stdin"
        defer { if isFile { close(descriptor) } }
        let (bytes, isAtEnd) = try Self.take(descriptor, source)
        if let failure = remote?.end(), bytes.isEmpty { throw Ending(.unavailable, failure) }
        if !isFile, remote == nil { taken = TakenInput(descriptor: descriptor, bytes: bytes) }
        lines = recordsAlone(Self.decompressed(bytes, isFile: isFile))
        let isFull = lines.count >= InferredDashboard.sampleLimit
        if isAtEnd, !isFull, let last = lines.last, last != 10 { lines.append(10) }
        lines.removeLast(lines.count - (lines.lastIndex(of: 10).map { $0 + 1 } ?? 0))
        guard lines.isEmpty else { return }
        throw Ending(
            .noInput,
            isFull
                ? "\(source): the first line is longer than \(InferredDashboard.sampleLimit >> 10) "
                    + "KiB; write a dashboard (weir check --print on a part of it) or shorten it"
                : "\(source) holds no line to find out from what it is")
    }

    /// What comes before the sample is full, the source ends, or patience does.
    private static func take(
        _ descriptor: Int32, _ source: String
    ) throws(Ending) -> (bytes: [UInt8], isAtEnd: Bool) {
        var bytes: [UInt8] = []
        var wait = Wait(source: source)
        while bytes.count < InferredDashboard.sampleLimit {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, Int32(wait.timeout))
            if ready < 0, errno == EINTR { continue }
            wait.saySo()
            if ready == 0 {
                if wait.isOver { break }
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let n = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if n < 0, errno == EINTR { continue }
            guard n >= 0 else {
                throw Ending(.inputOutput, "\(source): \(String(cString: strerror(errno)))")
            }
            if n == 0 { return (bytes, true) }
            bytes += buffer[..<n]
            wait.noteLines(in: buffer[..<n])
        }
        return (bytes, false)
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
}

/// Of a recording the records, without its own lines; of anything else all of it.
private func recordsAlone(_ lines: [UInt8]) -> [UInt8] {
    guard lines.starts(with: "#group ".utf8) else { return lines }
    let whole = lines.split(separator: 10, omittingEmptySubsequences: false)
    return Array(whole.filter { $0.first != UInt8(ascii: "#") }.joined(separator: [10]))
}
