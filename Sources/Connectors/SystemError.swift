import Glibc

/// A refusal of the operating system, by its `errno`.
struct SystemError: Error, CustomStringConvertible {
    var code: Int32

    /// Of the call that has just failed.
    static var last: SystemError { SystemError(code: errno) }

    var description: String {
        code == EISDIR ? "is a directory; name a file in it" : String(cString: strerror(code))
    }
}
