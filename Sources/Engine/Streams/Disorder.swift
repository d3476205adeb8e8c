import Events

/// How far the events of a stream are out of order: behind the highest event time that their
/// partition, or with `watermark_by` their key, had shown before.
package struct Disorder: Hashable, Sendable {
    package var events: UInt64 = 0
    package var outOfOrder: UInt64 = 0
    package var largest = Nanoseconds.zero

    package init() {}

    /// Of the events so far; 0 before the first.
    package var share: Double { events == 0 ? 0 : Double(outOfOrder) / Double(events) }

    /// An event at `time`, after others up to `highest`.
    @inline(__always)
    mutating func note(_ time: Int64, after highest: Int64) {
        events += 1
        guard time < highest else { return }
        outOfOrder += 1
        largest = max(largest, Timestamp(rawValue: highest) - Timestamp(rawValue: time))
    }
}
