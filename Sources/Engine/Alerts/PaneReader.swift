import Events

/// A view's rows as a rule sees them at T: those of its newest pane with T − reach < end ≤ T, or of
/// everything since the start where the view has no windows. Of sessions, each of which has a pane
/// of its own, a key's row is that of its newest.
struct PaneReader {
    private let panes: [Pane]
    private let keys: KeyTable

    init(_ view: ViewState, reach: Int64?, at t: Int64) {
        guard let reach else {
            var ranked = view.ranked
            let pane = view.history.last ?? view.windows.wholePane(.early)
            let shown = pane.map { ranked?.rows(of: $0, groups: view.keys.keys) ?? $0 }
            keys = ranked?.table ?? view.keys
            panes = shown.map { [$0] } ?? []
            return
        }
        keys = view.shownKeys
        let first = saturatingSum(t, -reach)
        let reached = view.history[..<view.panes(endingBy: t)].reversed()
            .prefix { $0.end.rawValue > first }
        panes = Array(view.sessions == nil ? reached.prefix(1) : reached)
    }

    var hasPane: Bool { !panes.isEmpty }

    /// In the order of slots.
    func forEachRow(_ body: (Key, Row) -> Void) {
        guard panes.count > 1 else {
            for (row, slot) in (panes.first?.slots ?? []).enumerated() {
                if let key = key(of: slot, in: panes[0]) { body(key, Row(pane: 0, row: row)) }
            }
            return
        }
        var newest: [Int32: Row] = [:]
        for (i, pane) in panes.enumerated() {
            for (row, slot) in pane.slots.enumerated() where newest[slot] == nil {
                newest[slot] = Row(pane: i, row: row)
            }
        }
        for (slot, row) in newest.sorted(by: { $0.key < $1.key }) {
            if let key = key(of: slot, in: panes[row.pane]) { body(key, row) }
        }
    }

    func row(of key: Key) -> Row? {
        guard let slot = keys.slot(of: key) else { return nil }
        for (i, pane) in panes.enumerated() {
            if let row = pane.row(of: slot), self.key(of: slot, in: pane) != nil {
                return Row(pane: i, row: row)
            }
        }
        return nil
    }

    func window(_ row: Row) -> Range<Timestamp> {
        let pane = panes[row.pane]
        return pane.start..<max(pane.start, pane.end)
    }

    func count(_ row: Row) -> UInt64 { panes[row.pane].counts[row.row] }

    func value(_ aggregate: Int, _ row: Row) -> Double {
        panes[row.pane].values[aggregate][row.row]
    }

    /// nil where the slot was another key's at the time of the pane.
    private func key(of slot: Int32, in pane: Pane) -> Key? {
        pane.end >= keys.since[Int(slot)] ? keys.keys[Int(slot)] : nil
    }

    struct Row {
        var pane: Int
        var row: Int
    }
}
