/// A record that could not be decoded or was refused: why, where, and its first bytes.
package struct DeadLetter: Hashable, Sendable {
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// Not a record of the stream's format.
        case malformed
        /// Longer than `Chunk.recordLimit`.
        case tooLong = "too_long"
        /// Nested deeper than 64.
        case tooDeep = "too_deep"
        /// Matching the stream's pattern took more steps than it may.
        case matchLimit = "match_limit"
        /// Not UTF-8.
        case notUTF8 = "not_utf8"
        /// The time field is missing or null.
        case noTime = "no_time"
        /// The time field can't be read as a time.
        case badTime = "bad_time"
        /// The time doesn't fit 64-bit nanoseconds.
        case timeRange = "time_range"
        /// Further ahead of `receivedAt` than `max_future_skew`.
        case futureSkew = "future_skew"
    }

    /// How many of a record's bytes are kept.
    package static let byteLimit = 4096

    package var reason: Reason
    package var origin: Origin
    package var offset: Int64
    /// The byte within the record at which reading stopped, where that is known.
    package var position: Int?
    /// The record's first bytes, at most `byteLimit`.
    package var bytes: [UInt8]

    package init(
        reason: Reason, origin: Origin, offset: Int64, position: Int? = nil, bytes: [UInt8]
    ) {
        self.reason = reason
        self.origin = origin
        self.offset = offset
        self.position = position
        self.bytes = bytes
    }
}
