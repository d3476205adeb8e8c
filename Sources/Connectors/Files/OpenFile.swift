import Glibc

/// A file that is open for reading, closed with its last holder.
final class OpenFile: Sendable {
    /// What makes two names the same file. While it is open no other file gets it.
    struct Identity: Hashable, Sendable {
        var device: dev_t
        var inode: ino_t
    }

    let descriptor: Int32
    let identity: Identity
    /// Not a pipe or a device.
    let isRegular: Bool

    /// Opening never waits: a named pipe without a writer is opened, and not readable yet.
    init(_ path: String) throws(SystemError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .last }
        var status = stat()
        var failure: SystemError? = fstat(descriptor, &status) == 0 ? nil : .last
        if status.kind == S_IFDIR { failure = SystemError(code: EISDIR) }
        if let failure {
            close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        identity = status.identity
        isRegular = status.kind == S_IFREG
    }

    deinit { close(descriptor) }

    /// In bytes, now.
    func size() throws(SystemError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        return Int64(status.st_size)
    }

    /// The next read begins at this byte.
    func seek(to position: Int64) throws(SystemError) {
        guard lseek(descriptor, off_t(position), SEEK_SET) >= 0 else { throw .last }
    }

    /// What the path names now, and whether there is something in it.
    static func look(at path: String) throws(SystemError) -> (identity: Identity, isEmpty: Bool) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last }
        return (status.identity, status.st_size == 0)
    }
}

extension stat {
    var kind: mode_t { st_mode & S_IFMT }
    var identity: OpenFile.Identity { .init(device: st_dev, inode: st_ino) }
}
