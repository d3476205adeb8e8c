import Events

/// The windows of a stream held against those of a batch job.
struct Reconciliation {
    enum Result: String, Sendable {
        /// The batch has it, the stream hasn't.
        case missing
        /// The stream has it, the batch hasn't.
        case extra
        case differs
    }

    /// What would have made the stream say what the batch says.
    enum Explanation: Hashable, Sendable {
        /// Records that came too late for their window had been taken.
        case late
        /// Records that came twice had been counted twice.
        case duplicate
        case lateAndDuplicate
        /// The batch's times are in a zone that far east of what they were read as.
        case timeZone(Nanoseconds)
        /// So many records that came in that time couldn't be used: perhaps they are it.
        case deadLettered(Int)
        /// The window began before the first event: perhaps the batch knows what came before.
        case beginning
    }

    struct Mismatch: Sendable {
        var result: Result
        var place: WindowTable.Place
        var stream: WindowTable.Row?
        var batch: WindowTable.Row?
        var explanation: Explanation?
    }

    /// Of each column: the largest difference that is none, as a share of the larger value; nil: it
    /// isn't compared.
    let tolerances: [Double?]
    let stream: WindowTable
    let batch: WindowTable
    /// Windows of the batch that the stream can't have: those that begin outside of it.
    let scope: Range<Timestamp>

    private(set) var agreeing = 0
    private(set) var outside = 0
    /// By window, then by key.
    private(set) var mismatches: [Mismatch] = []

    init(
        stream: WindowTable, batch: WindowTable, tolerances: [Double?], scope: Range<Timestamp>
    ) {
        (self.stream, self.batch) = (stream, batch)
        (self.tolerances, self.scope) = (tolerances, scope)
        for (place, row) in batch.rows {
            guard scope.contains(place.start) else {
                outside += 1
                continue
            }
            guard let own = stream.rows[place] else {
                mismatches.append(Mismatch(result: .missing, place: place, batch: row))
                continue
            }
            if Self.agrees(own, row, tolerances) {
                agreeing += 1
            } else {
                mismatches.append(
                    Mismatch(result: .differs, place: place, stream: own, batch: row))
            }
        }
        for (place, row) in stream.rows where batch.rows[place] == nil {
            mismatches.append(Mismatch(result: .extra, place: place, stream: row))
        }
        mismatches.sort {
            $0.place.start == $1.place.start
                ? $0.place.key.lexicographicallyPrecedes($1.place.key)
                : $0.place.start < $1.place.start
        }
    }

    var unexplained: Int { mismatches.count { $0.explanation == nil } }

    private static func agrees(
        _ a: WindowTable.Row, _ b: WindowTable.Row, _ tolerances: [Double?]
    ) -> Bool {
        zip(tolerances, zip(a.values, b.values)).allSatisfy { tolerance, values in
            guard let tolerance else { return true }
            let (x, y) = values
            if x == y || x.isNaN && y.isNaN { return true }
            return (x - y).magnitude <= tolerance * max(x.magnitude, y.magnitude)
        }
    }

    // MARK: Why

    /// Of what isn't explained yet: what a stream that was read otherwise has as the batch has it.
    mutating func explain(by other: WindowTable, _ explanation: Explanation) {
        let (tolerances, agrees) = (tolerances, Self.agrees)
        explain { mismatch in
            switch (other.rows[mismatch.place], mismatch.batch) {
            case (let own?, let row?): agrees(own, row, tolerances) ? explanation : nil
            case (nil, nil): explanation
            default: nil
            }
        }
    }

    mutating func explain(_ reason: (Mismatch) -> Explanation?) {
        for i in mismatches.indices where mismatches[i].explanation == nil {
            mismatches[i].explanation = reason(mismatches[i])
        }
    }

    /// The way of the zones: quarters of an hour, up to 14 hours each way.
    private static let shifts = (-56...56).filter { $0 != 0 }.map {
        Nanoseconds.seconds(Int64($0) * 900)
    }

    /// A shift of the batch's times with which more of it agrees than without, and most of it.
    mutating func explainByTimeZone() {
        var best: (shift: Nanoseconds, count: Int)?
        for shift in Self.shifts {
            let count = agreeing(after: shift)
            if count > best?.count ?? 0 { best = (shift, count) }
        }
        guard let best, best.count > agreeing, best.count * 2 > stream.rows.count else { return }
        let whole = self
        explain { mismatch in
            var (before, after) = (mismatch.place, mismatch.place)
            before.start = before.start - best.shift
            after.start = after.start + best.shift
            // Both sides have their counterpart there.
            let hasOwn = mismatch.stream == nil || whole.agrees(after, after: best.shift)
            let hasBatch =
                mismatch.batch == nil || whole.agrees(mismatch.place, after: best.shift)
                || !whole.scope.contains(before.start)
            return hasOwn && hasBatch ? .timeZone(best.shift) : nil
        }
    }

    private func agreeing(after shift: Nanoseconds) -> Int {
        batch.rows.keys.count { agrees($0, after: shift) }
    }

    /// Whether the batch's row is the stream's of the window that begins so much earlier.
    private func agrees(_ place: WindowTable.Place, after shift: Nanoseconds) -> Bool {
        var own = place
        own.start = place.start - shift
        guard let row = batch.rows[place], let known = stream.rows[own] else { return false }
        return Self.agrees(known, row, tolerances)
    }
}
