import Glibc

/// A refusal of the operating system, by its `errno`.
struct SystemError: Error, CustomStringConvertible {
    var code: Int32

    /// Of the call that has just failed.
    static var last: SystemError { SystemError(code: errno) }

    /// Nothing has that path.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

    /// The system, or this process, can have no more of what was asked for.
    var isShortage: Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) }

    var description: String {
        code == EISDIR ? "is a directory; name a file in it" : String(cString: strerror(code))
    }
}
