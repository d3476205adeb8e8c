import DequeModule
import Events

/// Which records a span of event time came in: the batches that hold an event of it, as far back as
/// they are remembered. It says where to look, so it may be more than those that counted.
struct BatchSpans {
    static let limit = 4096

    private struct Span {
        var origin: Origin
        /// Event times, both ends included.
        var low, high: Int64
        /// Offsets, both ends included.
        var first, last: Int64
    }

    private var spans: Deque<Span> = []

    mutating func add(_ batch: ColumnBatch) {
        guard let low = batch.times.min(), let high = batch.times.max() else { return }
        if spans.count == Self.limit { spans.removeFirst() }
        spans.append(
            Span(
                origin: batch.origin, low: low, high: high,
                first: batch.firstOffset + Int64(batch.lines.first!),
                last: batch.firstOffset + Int64(batch.lines.last!)))
    }

    /// Of each partition and incarnation one range, in the order in which they were first seen.
    func offsets(in window: Range<Timestamp>) -> [OffsetRange] {
        let (from, to) = (window.lowerBound.rawValue, window.upperBound.rawValue)
        var ranges: [OffsetRange] = []
        for span in spans where span.low < to && span.high >= from {
            if let i = ranges.firstIndex(where: { $0.origin == span.origin }) {
                ranges[i].first = min(ranges[i].first, span.first)
                ranges[i].last = max(ranges[i].last, span.last)
            } else {
                ranges.append(OffsetRange(origin: span.origin, first: span.first, last: span.last))
            }
        }
        return ranges
    }
}

/// Records of a partition, by their offsets; both ends included.
package struct OffsetRange: Hashable, Sendable {
    package var origin: Origin
    package var first, last: Int64

    package init(origin: Origin, first: Int64, last: Int64) {
        self.origin = origin
        self.first = first
        self.last = last
    }
}
