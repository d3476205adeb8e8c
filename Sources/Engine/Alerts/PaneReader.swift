import Events

/// A view's rows as a rule sees them at T: those of its newest pane with T − hop < end ≤ T, or of
/// everything since the start where the view has no windows.
struct PaneReader {
    private let pane: Pane?
    private let keys: KeyTable

    init(_ view: ViewState, grid: WindowGrid?, at t: Int64) {
        keys = view.keys
        guard let grid else {
            pane = view.history.last ?? view.windows.wholePane(.early)
            return
        }
        pane = view.history.last { $0.end.rawValue <= t }
            .flatMap { $0.end.rawValue > grid.minus(t, grid.hop) ? $0 : nil }
    }

    var hasPane: Bool { pane != nil }

    /// In the order of slots.
    func forEachRow(_ body: (Key, Int) -> Void) {
        guard let pane else { return }
        for (row, slot) in pane.slots.enumerated() {
            if let key = key(of: slot, in: pane) { body(key, row) }
        }
    }

    func row(of key: Key) -> Int? {
        guard let pane, let slot = keys.slot(of: key), self.key(of: slot, in: pane) != nil else {
            return nil
        }
        return pane.row(of: slot)
    }

    func value(_ aggregate: Int, _ row: Int) -> Double { pane?.values[aggregate][row] ?? .nan }

    /// nil where the slot was another key's at the time of the pane.
    private func key(of slot: Int32, in pane: Pane) -> Key? {
        pane.end >= keys.since[Int(slot)] ? keys.keys[Int(slot)] : nil
    }
}
