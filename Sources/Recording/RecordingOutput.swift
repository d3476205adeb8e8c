#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A new file that only grows. For its user alone, for records may hold anything.
final class RecordingOutput: Sendable {
    let path: String
    private let descriptor: Int32

    /// Never takes an existing file, nor follows a link: a recording is not to be written over.
    init(_ path: String) throws(RecordingError) {
        self.path = path
        descriptor = open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw RecordingError(
                    .system, "\(path) is there already, and recordings are never written over")
            }
            throw RecordingError(path, errno: errno)
        }
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(RecordingError) {
        var written = 0
        while written < bytes.count {
            let n = bytes[written...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if n < 0, errno == EINTR { continue }
            guard n > 0 else { throw RecordingError(path, errno: n < 0 ? errno : ENOSPC) }
            written += n
        }
    }

    /// Returns when what was appended would outlive a power cut.
    func sync() throws(RecordingError) {
        guard fdatasync(descriptor) == 0 else { throw RecordingError(path, errno: errno) }
    }

    /// The same for the file's name.
    func syncFolder() {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
