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

        /// For a person.
        package var words: String {
            switch self {
            case .malformed: "not in the stream's format"
            case .tooLong: "longer than 1 MiB"
            case .tooDeep: "nested too deep"
            case .matchLimit: "the pattern takes too many steps"
            case .notUTF8: "not UTF-8"
            case .noTime: "the time field is missing"
            case .badTime: "the time field is no time"
            case .timeRange: "the time is out of range"
            case .futureSkew: "the time is too far ahead of the clock"
            }
        }
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
