#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A recording, open for reading. Its size is that of the moment of opening.
package final class RecordingFile: Sendable {
    package let path: String
    package let size: Int64
    private let descriptor: Int32

    package init(_ path: String) throws(RecordingError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw RecordingError(path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw RecordingError(
                .notARecording, "\(path) is no regular file, and so no recording")
        }
        size = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// As many bytes as there are of those; nil if they can't be read.
    func read(at offset: Int64, count: Int) -> [UInt8]? {
        guard offset >= 0 else { return nil }
        let wanted = Int(min(Int64(count), max(0, size - offset)))
        var got = 0
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while got < wanted {
                let n = pread(
                    descriptor, buffer.baseAddress! + got, wanted - got, off_t(offset) + got)
                if n < 0, errno == EINTR { continue }
                failed = n < 0
                guard n > 0 else { break }
                got += n
            }
            filled = got
        }
        return failed || got < wanted ? nil : bytes
    }
}
