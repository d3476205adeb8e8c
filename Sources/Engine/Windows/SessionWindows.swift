import Events

/// The open sessions of a view's keys: `over session(30s)`.
///
/// An event alone is the window `[t, t + gap)`; windows of a key that intersect or touch are one. A
/// session fires when the watermark has reached its end, and is kept, to grow or to be bridged, for
/// the allowed lateness after that. Source: Flink's `EventTimeSessionWindows` and
/// `MergingWindowSet`. An event takes logarithmic time in the number of open sessions.
struct SessionWindows {
    /// Sessions that may be open at once; events past that are overflowed.
    static let limit = 100_000

    struct Session {
        var start: Int64
        /// Of its last event.
        var last: Int64
        /// In `rows`.
        var row: Int
        var hasFired = false
        /// The windows of panes that the next one replaces.
        var replaces: [Range<Timestamp>] = []
    }

    var layout: CompiledQuery
    let gap: Int64
    let allowedLateness: Int64
    /// As in `EventPlace`.
    var origins: [Origin] = []
    /// Of each slot, ascending; between two of them lies more than the gap.
    private(set) var sessions: [[Session]] = []
    /// A row for each open session.
    private var rows: Slice
    private var free: [Int] = []
    private var slots: [Int] = []
    /// Of each row: the watermark at which its session fires or, after that, is final.
    private var due = MinimumTree()
    /// Of each slot: its highest event time.
    private(set) var lastSeen: [Int64] = []
    private(set) var count = 0
    /// The windows of fired sessions that the last event has made part of another.
    private(set) var absorbed: [Range<Timestamp>] = []
    private(set) var highestTime = Int64.min

    init(layout: CompiledQuery, gap: Nanoseconds, allowedLateness: Nanoseconds) {
        self.layout = layout
        self.gap = gap.rawValue
        self.allowedLateness = allowedLateness.rawValue
        rows = Slice(index: 0, layout: layout)
    }

    /// The watermark at which something happens next.
    var nextDue: Int64 { due.minimum }

    func end(_ session: Session) -> Int64 { saturatingSum(session.last, gap) }

    private func isFinal(_ end: Int64, _ watermark: Int64) -> Bool {
        watermark >= saturatingSum(end - 1, allowedLateness)
    }

    /// The session that an event of this time makes of those it touches, whose places are given.
    private func merged(_ time: Int64, _ slot: Int) -> (places: Range<Int>, session: Session) {
        guard slot < sessions.count else {
            return (0..<0, Session(start: time, last: time, row: -1))
        }
        let open = sessions[slot]
        let first = open.firstIndex { saturatingSum($0.last, gap) >= time } ?? open.count
        let next = open[first...].firstIndex { $0.start > saturatingSum(time, gap) } ?? open.count
        let touched = open[first..<next]
        return (
            first..<next,
            Session(
                start: min(time, touched.first?.start ?? time),
                last: max(time, touched.last?.last ?? time), row: touched.first?.row ?? -1)
        )
    }

    /// Whether an event of the key, which has this slot if it has one, is too late for any session.
    func isLate(_ time: Int64, slot: Int?, _ watermark: Int64) -> Bool {
        isFinal(end(merged(time, slot ?? .max).session), watermark)
    }

    /// Takes an event that isn't late; nil: too many sessions are open. The pane that it makes due
    /// at once is returned in a list of its own.
    mutating func add(
        _ event: Int, _ time: Int64, slot: Int, _ batch: borrowing ViewBatch, _ watermark: Int64
    ) -> [Pane]? {
        var (places, session) = merged(time, slot)
        if places.isEmpty {
            guard count < Self.limit else { return nil }
            session.row = openRow(slot)
        } else {
            for place in places { absorb(sessions[slot][place], into: &session) }
        }
        note(time, slot)
        withUnsafePointer(to: Int32(event)) { event in
            withUnsafePointer(to: Int32(session.row)) { row in
                rows.add(
                    UnsafeBufferPointer(start: event, count: 1),
                    at: UnsafeBufferPointer(start: row, count: 1), batch, layout)
            }
        }
        absorbed = session.replaces
        let isDue = watermark >= end(session) - 1
        let panes = isDue ? [fire(&session, slot, .late)] : []
        sessions[slot].replaceSubrange(places, with: CollectionOfOne(session))
        schedule(session)
        return panes
    }

    private mutating func note(_ time: Int64, _ slot: Int) {
        lastSeen[slot] = max(lastSeen[slot], time)
        highestTime = max(highestTime, time)
    }

    private mutating func absorb(_ old: Session, into session: inout Session) {
        session.replaces += old.replaces
        if old.hasFired {
            session.replaces.append(
                Timestamp(rawValue: old.start)..<Timestamp(rawValue: end(old)))
        }
        guard old.row != session.row else { return }
        rows.merge(row: old.row, into: session.row, layout, origins)
        close(old.row)
    }

    private mutating func schedule(_ session: Session) {
        let end = end(session)
        due[session.row] = session.hasFired ? saturatingSum(end - 1, allowedLateness) : end - 1
    }

    private mutating func openRow(_ slot: Int) -> Int {
        count += 1
        while sessions.count <= slot {
            sessions.append([])
            lastSeen.append(.min)
        }
        if let row = free.popLast() {
            slots[row] = slot
            return row
        }
        slots.append(slot)
        due.append(.max)
        rows.grow(to: slots.count)
        return slots.count - 1
    }

    private mutating func close(_ row: Int) {
        rows.clear(row)
        due[row] = .max
        free.append(row)
        count -= 1
    }

    private mutating func fire(_ session: inout Session, _ slot: Int, _ kind: Pane.Kind) -> Pane {
        session.hasFired = true
        defer { session.replaces = [] }
        var builder = PaneBuilder(
            layout: layout, seconds: Double(end(session) - session.start) / 1e9, origins: origins)
        builder.append(slot, rows, row: session.row)
        var pane = builder.pane(start: session.start, end: end(session), kind: kind)
        pane.replaces = session.replaces
        pane.owner = Int32(slot)
        return pane
    }
}

extension SessionWindows {
    /// Fires the sessions that are due first, if the watermark has come so far, by start and slot,
    /// and lets go of those that have become final before; nil: there is none to fire.
    mutating func fireNext(upTo watermark: Int64) -> [Pane]? {
        let instant = due.minimum
        guard instant <= watermark, instant < .max else { return nil }
        var panes: [Pane] = []
        while due.minimum == instant, let row = due.place {
            let slot = slots[row]
            let place = sessions[slot].firstIndex { $0.row == row }!
            if !sessions[slot][place].hasFired {
                var session = sessions[slot][place]
                panes.append(fire(&session, slot, .onTime))
                sessions[slot][place] = session
                schedule(session)
            }
            if due[row] == instant {
                sessions[slot].remove(at: place)
                close(row)
            }
        }
        return panes.sorted { ($0.start, $0.slots[0]) < ($1.start, $1.slots[0]) }
    }

    /// Slots without a session whose last event is older than `time`; they begin anew.
    mutating func forget(before time: Int64) -> [Int32] {
        let old = sessions.indices.filter {
            sessions[$0].isEmpty && lastSeen[$0] != .min && lastSeen[$0] < time
        }
        for slot in old { lastSeen[slot] = .min }
        return old.map(Int32.init)
    }

    /// The running values: of each key with a session that has not fired, the newest of them. One
    /// pane for all, from the first start to the last end.
    func earlyPane() -> Pane? {
        var builder = PaneBuilder(layout: layout, seconds: .nan, origins: origins)
        var (first, last) = (Int64.max, Int64.min)
        for (slot, open) in sessions.enumerated() {
            guard let session = open.last, !session.hasFired else { continue }
            let elapsed = min(end(session), highestTime) - session.start
            builder.seconds = elapsed > 0 ? Double(elapsed) / 1e9 : .nan
            builder.append(slot, rows, row: session.row)
            first = min(first, session.start)
            last = max(last, end(session))
        }
        return last == .min ? nil : builder.pane(start: first, end: last, kind: .early)
    }
}
