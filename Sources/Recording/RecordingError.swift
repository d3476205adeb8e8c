/// Why a recording can't be written, opened or read on.
package struct RecordingError: Error, CustomStringConvertible, Sendable {
    package enum Kind: Sendable {
        /// The system refused.
        case system
        /// It isn't there.
        case absent
        /// It is there, and is no recording that this version can read.
        case notARecording
    }

    package var kind: Kind
    package var description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// Of the call that has just failed.
    init(_ path: String, errno code: Int32) {
        self.init(
            code == ENOENT ? .absent : .system, "\(path): \(String(cString: strerror(code)))")
    }
}

/// A part of a recording that could not be read, and what that cost.
package struct RecordingDamage: Hashable, Sendable, CustomStringConvertible {
    /// The byte of the file at which it was seen.
    package var offset: Int64
    /// What is wrong there, and what is missing.
    package var words: String

    package var description: String { "byte \(offset): \(words)" }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
