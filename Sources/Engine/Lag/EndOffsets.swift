import Events

/// Where a partition's log ended at past polls: a table that turns an offset into the time between
/// two polls at which its record came.
///
/// Ascending in offsets and times, at most `limit` marks; the oldest goes first. A log that ends
/// lower than before has begun anew: its offsets mean other records, and the table starts again.
struct EndOffsets: Sendable {
    static let limit = 128

    /// Polls in a row that found the same end; the first and the last say all that they can.
    private struct Mark {
        var end: Int64
        var first: Timestamp
        var last: Timestamp
    }

    private var marks: [Mark] = []

    var count: Int { marks.count }

    mutating func add(_ end: Int64, at now: Timestamp) {
        if let last = marks.last, end < last.end { marks.removeAll() }
        if let last = marks.last, end == last.end {
            marks[marks.count - 1].last = now
            return
        }
        if marks.count == Self.limit { marks.removeFirst() }
        marks.append(Mark(end: end, first: now, last: now))
    }

    /// How old the record at `offset` is at `now`. Binary search.
    func age(of offset: Int64, at now: Timestamp) -> TimeLag {
        let after = firstMark(beyond: offset)
        guard after < marks.count else { return .unknown }
        let youngest = now - marks[after].first
        guard after > 0 else { return youngest > .zero ? .atLeast(youngest) : .unknown }
        let width = (now - marks[after - 1].last).rawValue - youngest.rawValue
        return .bracketed(
            youngest + Nanoseconds(rawValue: width / 2),
            half: Nanoseconds(rawValue: width - width / 2))
    }

    /// The first poll at which the record at `offset` was there.
    private func firstMark(beyond offset: Int64) -> Int {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].end <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
