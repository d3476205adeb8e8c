/// An instant: nanoseconds since 1970-01-01T00:00:00Z, as a signed 64-bit number (1677 to 2262).
///
/// Arithmetic saturates at both ends: the beginning of time is the watermark of a partition that
/// has not said anything, the end of time that of one that never will again.
package struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable {
    package var rawValue: Int64

    @inlinable package init(rawValue: Int64) { self.rawValue = rawValue }

    package static let beginning = Timestamp(rawValue: .min)
    package static let end = Timestamp(rawValue: .max)
    package static let epoch = Timestamp(rawValue: 0)

    @inlinable package static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.rawValue < b.rawValue
    }

    @inlinable package static func + (t: Timestamp, d: Nanoseconds) -> Timestamp {
        let (sum, overflow) = t.rawValue.addingReportingOverflow(d.rawValue)
        return overflow ? (d.rawValue < 0 ? .beginning : .end) : Timestamp(rawValue: sum)
    }

    @inlinable package static func - (t: Timestamp, d: Nanoseconds) -> Timestamp {
        let (rest, overflow) = t.rawValue.subtractingReportingOverflow(d.rawValue)
        return overflow ? (d.rawValue < 0 ? .end : .beginning) : Timestamp(rawValue: rest)
    }

    /// How much later `a` is than `b`; saturates.
    @inlinable package static func - (a: Timestamp, b: Timestamp) -> Nanoseconds {
        let (rest, overflow) = a.rawValue.subtractingReportingOverflow(b.rawValue)
        guard overflow else { return Nanoseconds(rawValue: rest) }
        return Nanoseconds(rawValue: a < b ? .min : .max)
    }
}
