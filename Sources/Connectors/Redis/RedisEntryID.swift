/// The name of an entry in a Redis stream: milliseconds, and a number among those of one.
struct RedisEntryID: Comparable, CustomStringConvertible {
    var milliseconds: UInt64
    var sequence: UInt64

    static let zero = RedisEntryID(milliseconds: 0, sequence: 0)

    init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// `1714564800000-0`; nil for anything else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = UInt64(parts[0]), let sequence = UInt64(parts[1])
        else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    /// The last one before those of this millisecond.
    static func before(milliseconds: UInt64) -> RedisEntryID {
        guard milliseconds > 0 else { return .zero }
        return RedisEntryID(milliseconds: milliseconds - 1, sequence: .max)
    }

    /// The one before this.
    var predecessor: RedisEntryID {
        guard sequence == 0 else {
            return RedisEntryID(milliseconds: milliseconds, sequence: sequence - 1)
        }
        return .before(milliseconds: milliseconds)
    }

    var description: String { "\(milliseconds)-\(sequence)" }

    static func < (a: RedisEntryID, b: RedisEntryID) -> Bool {
        (a.milliseconds, a.sequence) < (b.milliseconds, b.sequence)
    }
}
