import Events

extension ViewState {
    /// Fired panes kept, if no rule needs more, and their bytes; panes that may still change are
    /// kept beyond that.
    static let historyLimit = 600
    static let historyBytes = 64 << 20
    /// Of panes that may still change; past it the oldest become final before their time.
    static let openLimit = 10_000
    static let openBytes = 4 * historyBytes

    /// Keeps a pane in the order of windows, and drops the oldest final ones past the limits.
    /// `isFinal`: of a window whose allowed lateness was over before.
    mutating func remember(_ pane: Pane, isFinal: Bool = false) {
        let isNewest = history.last.map { $0.end < pane.end } ?? true
        let at = isNewest ? history.count : history.firstIndex { $0.end >= pane.end }!
        if at < finals || (isFinal && at == finals) { finals += 1 }
        insert(pane, at: at)
    }

    mutating func insert(_ pane: Pane, at place: Int) {
        history.insert(pane, at: place)
        historySize += pane.byteCount
        trim()
    }

    private mutating func trim() {
        let over = history.count > historyLimit || historySize > Self.historyBytes
        guard over, finals > 0 else { return }
        var n = max(0, history.count - historyLimit)
        var freed = history.prefix(n).reduce(0) { $0 + $1.byteCount }
        while historySize - freed > Self.historyBytes, n < finals {
            freed += history[n].byteCount
            n += 1
        }
        n = min(n, finals)
        isShortened = isShortened || n > 0
        historySize -= history.prefix(n).reduce(0) { $0 + $1.byteCount }
        history.removeFirst(n)
        finals -= n
    }

    /// Marks the panes whose allowed lateness is over; a bounded stream's are printed now.
    mutating func finish(_ watermark: Int64, _ fire: (FiredPane) -> Void) {
        while finals < history.count, isFinal(history[finals].end.rawValue, watermark) {
            history[finals].kind = .final
            fire(FiredPane(view: 0, pane: history[finals], keys: shownKeys.keys))
            finals += 1
        }
        finished = watermark
        let reached = Timestamp(rawValue: watermark) + Nanoseconds(rawValue: 1)
        keys.release(through: reached - rules.allowedLateness)
        trim()
    }

    /// Whether a window that ends at `end` takes no event any more.
    private func isFinal(_ end: Int64, _ watermark: Int64) -> Bool {
        watermark >= saturatingSum(end - 1, rules.allowedLateness.rawValue)
    }

    /// One key can hold the watermark of a stream for ever.
    mutating func boundHistory(_ fire: (FiredPane) -> Void) {
        while history.count - finals > Self.openLimit
            || (historySize > Self.openBytes && finals < history.count)
        {
            history[finals].kind = .final
            forcedUntil = max(forcedUntil, history[finals].end)
            fire(FiredPane(view: 0, pane: history[finals], keys: shownKeys.keys))
            finals += 1
            trim()
        }
    }

    /// A pane of one key alone replaces that key's row in the former one, and is that pane's kind
    /// from then on. Where the slot was another key's then, that one's row stays.
    mutating func replace(with pane: Pane, _ fire: (FiredPane) -> Void) {
        note(pane)
        let group = keys.keys[Int(pane.slots[0])]
        let isFormer = keys.isOfFormerKey(pane.slots[0], pane.end)
        let pane = shown(pane)
        var fired = FiredPane(view: 0, pane: pane, keys: shownKeys.keys)
        if !isFormer {
            fired.former = former(of: pane)
            putRows(of: pane, group)
        }
        fire(fired)
    }

    /// The values of the row that a pane of one key replaces.
    private func former(of pane: Pane) -> [Double] {
        guard pane.slots.count == 1, let at = place(of: pane.end),
            let row = history[at].row(of: pane.slots[0])
        else { return [] }
        return history[at].values.map { $0[row] }
    }

    private mutating func putRows(of pane: Pane, _ group: Key?) {
        guard let at = place(of: pane.end) else { return remember(pane) }
        if at >= finals { history[at].kind = pane.kind }
        if ranked != nil, let group { dropRows(of: group, at) }
        for row in pane.slots.indices {
            historySize += history[at].replaceRow(row, of: pane)
        }
    }

    /// With `top`: takes a group's rows out of a pane.
    mutating func dropRows(of group: Key, _ at: Int) {
        let keys = shownKeys.keys
        historySize -= history[at].byteCount
        history[at].removeRows { slot in
            keys[Int(slot)]?.values.dropLast() == group.values[...]
        }
        historySize += history[at].byteCount
    }

    /// How many panes of the history end at or before `time`. Binary search.
    func panes(endingBy time: Int64) -> Int {
        var (low, high) = (0, history.count)
        while low < high {
            let middle = (low + high) / 2
            if history[middle].end.rawValue <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A rule asks for what was so long ago.
    mutating func keepHistory(of past: Int64) {
        guard past > 0, let hop = grid?.hop else { return }
        historyLimit = max(historyLimit, Int(past / hop) + 3)
    }

    /// Where the pane of the window that ends then stands.
    func place(of end: Timestamp) -> Int? {
        guard let at = history.lastIndex(where: { $0.end <= end }), history[at].end == end else {
            return nil
        }
        return at
    }

    /// The one pane of a view without windows, when its stream has ended.
    mutating func fireWhole(_ fire: (FiredPane) -> Void) {
        guard let whole = windows.wholePane(.final) else { return }
        let pane = shown(whole)
        remember(pane)
        finals = history.count
        fire(FiredPane(view: 0, pane: pane, keys: shownKeys.keys))
    }
}

extension Pane {
    /// What the pane costs in the history.
    var byteCount: Int { 96 + slots.count * (12 + 8 * values.count) }

    mutating func removeRows(_ isOut: (Int32) -> Bool) {
        let rows = slots.indices.filter { !isOut(slots[$0]) }
        slots = rows.map { slots[$0] }
        counts = rows.map { counts[$0] }
        values = values.map { column in rows.map { column[$0] } }
    }

    /// Whether these rows stand here as they are.
    func contains(_ other: Pane) -> Bool {
        other.slots.indices.allSatisfy { source in
            guard let row = row(of: other.slots[source]) else { return false }
            return counts[row] == other.counts[source]
                && values.indices.allSatisfy {
                    values[$0][row].bitPattern == other.values[$0][source].bitPattern
                }
        }
    }

    /// Puts a row of `other` in place of the same key's, or among the others; the bytes that this
    /// added.
    mutating func replaceRow(_ source: Int, of other: Pane) -> Int {
        let slot = other.slots[source]
        if let row = row(of: slot) {
            counts[row] = other.counts[source]
            for i in values.indices { values[i][row] = other.values[i][source] }
            return 0
        }
        let row = place(of: slot)
        slots.insert(slot, at: row)
        counts.insert(other.counts[source], at: row)
        for i in values.indices { values[i].insert(other.values[i][source], at: row) }
        return 12 + 8 * values.count
    }
}
