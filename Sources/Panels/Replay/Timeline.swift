import Events

/// What a replay holds from its beginning to its end, in a bounded number of cells of equal length:
/// how many records came in each, and where alerts began to fire.
package struct Timeline: Hashable, Sendable {
    /// At most so many cells; past that two become one, and each is twice as long.
    static let cellLimit = 1024
    static let markLimit = 10_000

    package struct Mark: Hashable, Sendable {
        /// Of the input that led to it.
        package var number: UInt64
        package var at: Timestamp
        package var rule: String
    }

    /// The beginning of the first cell; `.end` before there is one.
    package private(set) var start = Timestamp.end
    package private(set) var cell = Nanoseconds.milliseconds(100)
    package private(set) var records: [Int] = []
    /// The first ones, in order.
    package private(set) var marks: [Mark] = []
    package private(set) var marksLeftOut = 0
    /// How far it is known, and how far it goes, as far as that is known.
    package private(set) var known = Timestamp.beginning
    package private(set) var end: Timestamp
    /// Nothing is missing of it.
    package private(set) var isWhole = false

    /// `end`: how far it goes at least.
    package init(end: Timestamp = .beginning) { self.end = end }

    /// Of an input that came next.
    package mutating func note(records count: Int, at instant: Timestamp) {
        guard instant > .beginning, instant < .end else { return }
        if start == .end { begin(at: instant) }
        known = max(known, instant)
        end = max(end, instant)
        guard count > 0 else { return }
        var place = place(of: instant)
        while place >= Self.cellLimit {
            merge()
            place = self.place(of: instant)
        }
        if place >= records.count {
            records += Array(repeating: 0, count: place + 1 - records.count)
        }
        records[place] += count
    }

    package mutating func note(firing rule: String, number: UInt64, at instant: Timestamp) {
        guard marks.count < Self.markLimit else {
            marksLeftOut += 1
            return
        }
        marks.append(Mark(number: number, at: instant, rule: rule))
    }

    /// Nothing will follow.
    package mutating func finish() {
        isWhole = true
        end = known
    }

    /// From the first input to the last.
    package var length: Nanoseconds { start < end ? end - start : .zero }

    /// The instant at such a share of it, from 0 to 1.
    package func instant(at share: Double) -> Timestamp {
        start + Nanoseconds(rawValue: Int64(Double(length.rawValue) * min(max(0, share), 1)))
    }

    /// Records in each of so many equal parts; the highest of them are those with most records.
    package func resampled(to count: Int) -> [Double] {
        guard length > .zero, count > 0 else { return Array(repeating: 0, count: max(0, count)) }
        var parts = [Double](repeating: 0, count: count)
        let width = Double(length.rawValue) / Double(count)
        for (i, n) in records.enumerated() where n > 0 {
            let from = Double(i) * Double(cell.rawValue) / width
            let to = from + Double(cell.rawValue) / width
            var place = from
            while place < to, Int(place) < count {
                let next = min(to, place.rounded(.down) + 1)
                parts[Int(place)] += Double(n) * (next - place) / (to - from)
                place = next
            }
        }
        return parts
    }

    private mutating func begin(at instant: Timestamp) {
        start = instant
        while place(of: end) >= Self.cellLimit { cell = cell + cell }
    }

    private func place(of instant: Timestamp) -> Int {
        Int(max(0, (instant - start).rawValue) / cell.rawValue)
    }

    private mutating func merge() {
        records = stride(from: 0, to: records.count, by: 2).map { i in
            records[i] + (i + 1 < records.count ? records[i + 1] : 0)
        }
        cell = cell + cell
    }
}
