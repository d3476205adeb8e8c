import Events

extension ViewState {
    func snapshot(_ clock: StreamClock) -> ViewSnapshot {
        var early = earlyPanes(clock)
        // Taking a snapshot changes nothing, so rows that have not fired get their keys in a copy.
        var ranked = ranked
        if ranked != nil { early = early.map { ranked!.rows(of: $0, groups: keys.keys) } }
        let shown = ranked?.table ?? keys
        return ViewSnapshot(
            name: plan.name, keyNames: plan.query.keyNames,
            aggregateNames: plan.query.columnNames, window: plan.query.window, books: books,
            keys: shown.keys, keysSince: shown.since, history: history, early: early,
            overLimit: keys.isOverLimit || shown.isOverLimit)
    }

    private func earlyPanes(_ clock: StreamClock) -> [Pane] {
        if let sessions { return sessions.earlyPane().map { [$0] } ?? [] }
        guard grid != nil else {
            return history.isEmpty ? windows.wholePane(.early).map { [$0] } ?? [] : []
        }
        let panes = windows.earlyPanes(clock.watermark)
        if lanes.isEmpty { return panes }
        // As many rows as a thousand keys have in all their windows.
        let limit = max(1, min(OpenWindows.earlyLimit, 8_000 / lanes.count))
        let others = lanes.flatMap { lane in
            lane.windows.earlyPanes(lane.windows.reached, limit: limit).map(lane.translated)
        }
        return (panes + others).mergedByEnd.filter { $0.end.rawValue > clock.watermark }
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
        return result
    }
}
