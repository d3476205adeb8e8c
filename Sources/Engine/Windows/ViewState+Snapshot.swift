import Events

extension ViewState {
    func snapshot(_ clock: StreamClock) -> ViewSnapshot {
        ViewSnapshot(
            name: plan.name, keyNames: plan.query.keys.map(\.name),
            aggregateNames: plan.query.aggregates.map(\.name),
            windowSize: plan.query.window?.size, hop: plan.query.window?.hop, books: books,
            keys: keys.keys, keysSince: keys.since, history: history,
            early: earlyPanes(clock), overLimit: keys.isOverLimit)
    }

    private func earlyPanes(_ clock: StreamClock) -> [Pane] {
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
