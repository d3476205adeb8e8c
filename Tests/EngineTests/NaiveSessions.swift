import Events

@testable import Engine

/// Sessions by the rules of semantics.md ("Event time", "Windows"): each time an event comes all
/// events of its key that are not in a final session are sorted anew, and cut where two of them
/// are further apart than the gap.
struct NaiveSessions {
    private struct Session {
        var events: [FieldEvent]
        /// Windows that panes stand for which the next one replaces.
        var shown: [Range<Int64>] = []
        var hasFired = false

        func window(_ gap: Int64) -> Range<Int64> {
            events.map(\.time).min()!..<events.map(\.time).max()! + gap
        }
    }

    let gap: Int64
    private let allowedLateness: Int64
    private var open: [Key: [Session]] = [:]
    private var clock: NaiveClock
    private var watermark: Int64 { clock.watermark }
    /// On-time, late and final ones, each in their order; those of one instant by window and key.
    private(set) var rows: [Pane.Kind: [ViewRow]] = [.onTime: [], .late: [], .final: []]
    private(set) var lateEvents: UInt64 = 0
    /// What the final panes hold, to be printed once they are.
    private var lastRows: [Key: [Range<Int64>: ViewRow]] = [:]

    init(gap: Int64, allowedLateness: Int64, clock: NaiveClock) {
        self.gap = gap
        self.allowedLateness = allowedLateness
        self.clock = clock
    }

    mutating func take(_ event: FieldEvent) {
        let key = event.key(by: ["key"])
        var (others, its) = merged(event, key)
        let end = its.window(gap).upperBound
        if watermark >= end - 1 + allowedLateness {
            lateEvents += 1
        } else {
            if watermark >= end - 1 { fire(&its, key, .late) }
            others.append(its)
            open[key] = others
        }
        let before = watermark
        clock.observe(event)
        if watermark > before { fireDue() }
    }

    mutating func end() {
        clock.end()
        fireDue()
    }

    /// The key's sessions with this event among them: the others, and its own.
    private func merged(_ event: FieldEvent, _ key: Key) -> (others: [Session], its: Session) {
        let before = (open[key] ?? []).sorted {
            $0.window(gap).lowerBound < $1.window(gap).lowerBound
        }
        var parts: [[FieldEvent]] = []
        for next in (before.flatMap(\.events) + [event]).sorted(by: { $0.time < $1.time }) {
            if let last = parts.last?.last, next.time - last.time <= gap {
                parts[parts.count - 1].append(next)
            } else {
                parts.append([next])
            }
        }
        let its = parts.first { $0[0].time <= event.time && event.time <= $0.last!.time }!
        let span = its[0].time...its.last!.time
        let gone = before.filter { span.contains($0.events[0].time) }
        let others = before.filter { !span.contains($0.events[0].time) }
        return (others, Session(events: its, shown: gone.flatMap(\.shown)))
    }

    private mutating func fireDue() {
        for (key, before) in open {
            var sessions = before
            for i in sessions.indices where !sessions[i].hasFired {
                let end = sessions[i].window(gap).upperBound
                if end - 1 <= watermark { fire(&sessions[i], key, .onTime) }
            }
            for session in sessions where isFinal(session) {
                var row = lastRows[key]!.removeValue(forKey: session.window(gap))!
                row.kind = .final
                rows[.final]!.append(row)
            }
            open[key] = sessions.filter { !isFinal($0) }
        }
        // What one move of the watermark fires is in no order of keys.
        for kind in [Pane.Kind.onTime, .final] { rows[kind] = rows[kind]!.inOrder }
    }

    private func isFinal(_ session: Session) -> Bool {
        session.window(gap).upperBound - 1 + allowedLateness <= watermark
    }

    private mutating func fire(_ session: inout Session, _ key: Key, _ kind: Pane.Kind) {
        let window = session.window(gap)
        let seconds = Double(window.upperBound - window.lowerBound) / 1e9
        let row = ViewRow(
            kind, window, key, count: UInt64(session.events.count),
            values: NaiveAggregates.values(session.events, seconds: seconds),
            replaces: session.shown)
        rows[kind]!.append(row)
        for old in session.shown { lastRows[key]?[old] = nil }
        lastRows[key, default: [:]][window] = row
        session.hasFired = true
        session.shown = [window]
    }
}

extension [ViewRow] {
    /// By end, start and key.
    var inOrder: [ViewRow] {
        sorted {
            let (a, b) = ($0.window, $1.window)
            return (a.upperBound, a.lowerBound, $0.key) < (b.upperBound, b.lowerBound, $1.key)
        }
    }
}
