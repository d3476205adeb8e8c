import Events

extension ViewState {
    func snapshot(_ clock: StreamClock) -> ViewSnapshot {
        let running = RunningWindows(self, clock.watermark)
        // Taking a snapshot changes nothing, so rows that have not fired get their keys in a copy.
        guard var ranked else { return snapshot(shown: keys, early: running.panes) }
        let early = running.panes.map { ranked.rows(of: $0, groups: keys.keys) }
        return snapshot(shown: ranked.table, early: early)
    }

    private func snapshot(
        shown: KeyTable, early: @autoclosure @escaping @Sendable () -> [Pane]
    ) -> ViewSnapshot {
        var snapshot = ViewSnapshot(
            name: plan.name, keyNames: plan.query.keyNames,
            aggregateNames: plan.query.columnNames, window: plan.query.window, books: books,
            keys: shown.keys, keysSince: shown.since, history: history, early: early(),
            overLimit: keys.isOverLimit || shown.isOverLimit)
        snapshot.matcher = ViewMatcher(layout: layout)
        return snapshot
    }
}

/// What a snapshot holds of a view's open windows, to work out their panes when they are asked for.
/// The slices are shared until the next event: it costs a copy of those that it goes into.
private struct RunningWindows: Sendable {
    private let windows: OpenWindows
    private let sessions: SessionWindows?
    private let lanes: [KeyLane]
    private let watermark: Int64
    /// The one pane of a view without windows has not fired.
    private let isWhole: Bool

    init(_ view: ViewState, _ watermark: Int64) {
        windows = view.windows
        sessions = view.sessions
        lanes = view.lanes
        self.watermark = watermark
        isWhole = view.grid == nil && view.history.isEmpty
    }

    var panes: [Pane] {
        if let sessions { return sessions.earlyPane().map { [$0] } ?? [] }
        guard windows.grid != nil else {
            return isWhole ? windows.wholePane(.early).map { [$0] } ?? [] : []
        }
        let panes = windows.earlyPanes(watermark)
        if lanes.isEmpty { return panes }
        // As many rows as a thousand keys have in all their windows.
        let limit = max(1, min(OpenWindows.earlyLimit, 8_000 / lanes.count))
        let others = lanes.flatMap { lane in
            lane.windows.earlyPanes(lane.windows.reached, limit: limit).map(lane.translated)
        }
        return (panes + others).mergedByEnd.filter { $0.end.rawValue > watermark }
    }
}

extension [Pane] {
    /// One pane for each window, with the rows of all, each slot once; ascending.
    var mergedByEnd: [Pane] {
        Dictionary(grouping: self, by: \.end).values.map(\.merged).sorted { $0.end < $1.end }
    }

    /// Of one window.
    private var merged: Pane {
        guard count > 1 else { return self[0] }
        let rows = enumerated().flatMap { pane, content in
            content.slots.indices.map { (slot: content.slots[$0], pane: pane, row: $0) }
        }.sorted { $0.slot < $1.slot }
        var result = self[0]
        result.slots = rows.map(\.slot)
        result.counts = rows.map { self[$0.pane].counts[$0.row] }
        result.values = result.values.indices.map { i in
            rows.map { self[$0.pane].values[i][$0.row] }
        }
        if !result.rankings.isEmpty {
            result.rankings = rows.map { self[$0.pane].rankings[$0.row] }
        }
        return result
    }
}
