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
        let others = lanes.flatMap { lane in
            lane.windows.earlyPanes(lane.windows.reached).map(lane.translated)
        }
        return (panes + others).mergedByEnd.filter { $0.end.rawValue > clock.watermark }
    }
}

extension [Pane] {
    /// One pane for each window, with the rows of all; ascending.
    var mergedByEnd: [Pane] {
        var merged: [Pane] = []
        for pane in sorted(by: { $0.end < $1.end }) {
            guard let last = merged.last, last.end == pane.end else {
                merged.append(pane)
                continue
            }
            for row in pane.slots.indices {
                _ = merged[merged.count - 1].replaceRow(row, of: pane)
            }
        }
        return merged
    }
}
