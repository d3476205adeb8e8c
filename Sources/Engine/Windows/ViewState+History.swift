import Events

extension ViewState {
    /// Keeps a pane in the order of windows, and drops the oldest final ones past the limits.
    mutating func remember(_ pane: Pane) {
        if let last = history.last, last.end >= pane.end {
            let at = history.firstIndex { $0.end >= pane.end } ?? history.count
            history.insert(pane, at: at)
            if at < finals { finals += 1 }
        } else {
            history.append(pane)
        }
        historySize += pane.byteCount
        trim()
    }

    private mutating func trim() {
        let over = history.count > Self.historyLimit || historySize > Self.historyBytes
        guard over, finals > 0 else { return }
        var n = max(0, history.count - Self.historyLimit)
        var freed = history.prefix(n).reduce(0) { $0 + $1.byteCount }
        while historySize - freed > Self.historyBytes, n < finals {
            freed += history[n].byteCount
            n += 1
        }
        n = min(n, finals)
        historySize -= history.prefix(n).reduce(0) { $0 + $1.byteCount }
        history.removeFirst(n)
        finals -= n
    }

    /// Marks the panes whose allowed lateness is over; a bounded stream's are printed now.
    mutating func finish(
        _ watermark: Int64, _ grid: WindowGrid, _ fire: (FiredPane) -> Void
    ) {
        while finals < history.count, grid.isFinal(history[finals].end.rawValue, watermark) {
            history[finals].kind = .final
            fire(FiredPane(view: 0, pane: history[finals], keys: keys.keys))
            finals += 1
        }
        trim()
    }

    /// A late event fires again each window it belongs to that has fired and isn't final: a pane
    /// of its key alone, which replaces that key's row in the former one.
    mutating func refire(
        slot: Int, slice: Int64, time: Int64, _ watermark: Int64, _ grid: WindowGrid,
        _ fire: (FiredPane) -> Void
    ) {
        lastSeen[slot] = max(lastSeen[slot], time)
        var end = grid.sliceEnd(slice)
        while end <= grid.lastEnd(slice), grid.isDue(end, watermark) {
            if !grid.isFinal(end, watermark) {
                var builder = PaneBuilder(layout: layout, seconds: Double(grid.size) / 1e9)
                builder.merge(slices[positions(endingAt: end, grid)], slot)
                builder.append(slot)
                let pane = builder.pane(
                    start: grid.minus(end, grid.size), end: end, kind: .late)
                replace(with: pane)
                fire(FiredPane(view: 0, pane: pane, keys: keys.keys))
            }
            end = grid.plus(end, grid.hop)
        }
    }

    private mutating func replace(with pane: Pane) {
        guard let at = history.lastIndex(where: { $0.end <= pane.end }),
            history[at].end == pane.end
        else { return remember(pane) }
        historySize += history[at].replaceRow(with: pane)
    }

    /// The one pane of a view without windows, when its stream has ended.
    mutating func fireWhole(_ fire: (FiredPane) -> Void) {
        guard let pane = wholePane(.final) else { return }
        remember(pane)
        finals = history.count
        fire(FiredPane(view: 0, pane: pane, keys: keys.keys))
    }
}

extension Pane {
    /// What the pane costs in the history.
    var byteCount: Int { 96 + slots.count * (12 + 8 * values.count) }

    /// Puts the only row of `other` in place of the same key's, or among the others; the bytes
    /// that this added.
    mutating func replaceRow(with other: Pane) -> Int {
        kind = other.kind
        let slot = other.slots[0]
        if let row = row(of: slot) {
            counts[row] = other.counts[0]
            for i in values.indices { values[i][row] = other.values[i][0] }
            return 0
        }
        let row = slots.firstIndex { $0 > slot } ?? slots.count
        slots.insert(slot, at: row)
        counts.insert(other.counts[0], at: row)
        for i in values.indices { values[i].insert(other.values[i][0], at: row) }
        return 12 + 8 * values.count
    }
}
