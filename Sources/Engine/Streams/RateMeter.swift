import Events

/// Events per second of processing time over about the last second, from the inputs' own stamps.
struct RateMeter {
    private struct Mark {
        var at: Timestamp
        var total: UInt64
    }

    private static let span = Nanoseconds.seconds(1)
    private var marks: [Mark] = []

    /// `total` events had been counted at `now`. A mark a tenth of a second is enough.
    mutating func mark(_ total: UInt64, at now: Timestamp) {
        if let last = marks.last, now - last.at < .milliseconds(100) {
            marks[marks.count - 1].total = total
            return
        }
        marks.append(Mark(at: now, total: total))
        while marks.count > 2, now - marks[1].at >= Self.span { marks.removeFirst() }
    }

    func rate(at now: Timestamp) -> Double {
        guard let first = marks.first, let last = marks.last, now > first.at else { return 0 }
        let elapsed = max(0.1, (now - first.at).inSeconds)
        return Double(last.total - first.total) / elapsed
    }
}
