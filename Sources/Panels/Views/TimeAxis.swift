import Engine
import Events

/// How panes lie on an axis of event time that ends with the newest one: each place is a window's
/// hop, or several of them, or part of one.
///
/// A window that never fired leaves its place empty, so a pause of the stream is a gap. Windows
/// that lie on no grid (sessions, since the start) have a place each, in their order.
struct TimeAxis {
    /// Steps of the range of time, from near to far: places for a pane, or panes for a place.
    static let levels = -2...4

    let panes: [Pane]
    /// Of each place, the oldest first: the indices of its panes; empty where none fired.
    private(set) var places: [Range<Int>]
    /// The event time at which the last place ends.
    let end: Timestamp
    /// How long a place is, in nanoseconds; nil where panes lie on no grid.
    let step: Int64?

    init(_ panes: [Pane], hop: Nanoseconds?, level: Int, count: Int) {
        self.panes = panes
        let newest = panes.last?.end ?? .beginning
        guard let hop, let last = panes.last?.end.rawValue, hop.rawValue >= 4 else {
            let first = max(0, panes.count - count)
            places =
                Array(repeating: 0..<0, count: max(0, count - panes.count))
                + (first..<panes.count).map { $0..<$0 + 1 }
            (end, step) = (newest, nil)
            return
        }
        let step =
            level >= 0 ? hop.rawValue << Int64(level) : max(1, hop.rawValue >> Int64(-level))
        // The last place is whole, so that what is in the others doesn't change as time goes by.
        let end = -floorDiv(-last, step) * step
        self.step = step
        self.end = Timestamp(rawValue: end)
        places = Self.places(panes, hop: hop.rawValue, step: step, end: end, count: count)
    }

    /// A pane is in the places of the last hop of its window.
    private static func places(
        _ panes: [Pane], hop: Int64, step: Int64, end: Int64, count: Int
    ) -> [Range<Int>] {
        var places = Array(repeating: 0..<0, count: max(0, count))
        for index in panes.indices.reversed() {
            let behind = end - panes[index].end.rawValue
            let first = count - 1 - Int(clamping: behind / step)
            guard first >= 0 else { break }
            for place in stride(from: first, through: max(0, first - Int((hop - 1) / step)), by: -1)
            {
                let held = places[place]
                places[place] = held.isEmpty ? index..<index + 1 : index..<held.upperBound
            }
        }
        return places
    }

    /// With two neighbours sharing what both hold, from the newest on: half the work, and the same
    /// times.
    var coarse: TimeAxis {
        var axis = self
        for place in stride(from: places.count - 1, to: 0, by: -2) {
            let (a, b) = (places[place - 1], places[place])
            let both =
                a.isEmpty
                ? b
                : b.isEmpty ? a : min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
            axis.places[place - 1] = both
            axis.places[place] = both
        }
        return axis
    }

    /// The event time at which a place ends; nil where places are no times.
    func end(ofPlace place: Int) -> Timestamp? {
        step.map { end - Nanoseconds(rawValue: Int64(places.count - 1 - place) * $0) }
    }

    /// Of each place the largest value by size, so that no peak is lost.
    func values(_ value: (Pane) -> Double?) -> [Double?] {
        var last: (range: Range<Int>, value: Double?)?
        return places.map { range in
            if range.isEmpty { return nil }
            if let last, last.range == range { return last.value }
            var largest: Double?
            for index in range {
                guard let x = value(panes[index]) else { continue }
                if abs(x) >= abs(largest ?? 0) { largest = x }
            }
            last = (range, largest)
            return largest
        }
    }
}
