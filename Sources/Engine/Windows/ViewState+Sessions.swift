import Events

/// A view `over session(…)`: each key has windows of its own.
extension ViewState {
    mutating func aggregateSessions(
        _ range: Range<Int>, of rows: borrowing ViewBatch, kept: [Bool]?, watermark: Int64,
        late: inout [Bool], fire: (FiredPane) -> Void
    ) {
        for row in range {
            if let kept, !kept[row] { continue }
            if isFiltered(row, rows) { continue }
            let time = rows.batch.times[row]
            if sessions!.isLate(time, slot: nil, watermark), isLate(row, time, rows, watermark) {
                books.late += 1
                late[row] = true
                continue
            }
            let slot = Int(resolver.slot(row: row, of: rows, in: &keys, firstEnd: time))
            guard let panes = sessions!.add(row, time, slot: slot, rows, watermark) else {
                books.overflowed += 1
                continue
            }
            books.aggregated += 1
            for window in sessions!.absorbed { drop(window, of: Int32(slot)) }
            for pane in panes { keep(pane, fire) }
        }
    }

    /// An event that is too late for a session of its own may still belong to one.
    private func isLate(
        _ row: Int, _ time: Int64, _ rows: borrowing ViewBatch, _ watermark: Int64
    ) -> Bool {
        let slot = keys.slot(of: rows.key(row))
        return sessions!.isLate(time, slot: slot.map(Int.init), watermark)
    }

    mutating func advanceSessions(to watermark: Int64, _ fire: (FiredPane) -> Void) {
        while let panes = sessions!.fireNext(upTo: watermark) {
            for pane in panes { keep(pane, fire) }
        }
        finish(watermark, fire)
        forgetOldSessions(watermark)
    }

    /// Puts a session's pane where the ones it replaces were.
    private mutating func keep(_ pane: Pane, _ fire: (FiredPane) -> Void) {
        for window in pane.replaces { drop(window, of: pane.slots[0]) }
        let pane = shown(pane)
        note(pane)
        let at = history.lastIndex { $0.end <= pane.end }.map { $0 + 1 } ?? 0
        insert(pane, at: max(at, finals))
        fire(FiredPane(view: 0, pane: pane, keys: shownKeys.keys))
        boundHistory(fire)
    }

    /// The lowest watermark above this one at which a window fires or becomes final. A session may
    /// begin anywhere past the watermark, so with sessions that is the next one.
    func boundary(after watermark: Int64) -> Int64 {
        if sessions != nil { return saturatingSum(watermark, 1) }
        return grid?.boundary(after: watermark) ?? .max
    }

    private mutating func drop(_ window: Range<Timestamp>, of slot: Int32) {
        let at = history.indices.first { i in
            i >= finals && history[i].end == window.upperBound
                && history[i].start == window.lowerBound && history[i].owner == slot
        }
        guard let at else { return }
        historySize -= history[at].byteCount
        history.remove(at: at)
    }

    private mutating func forgetOldSessions(_ watermark: Int64) {
        guard watermark < .max, watermark >= nextForgetting else { return }
        let forgetAfter = rules.forgetAfter.rawValue
        for slot in sessions!.forget(before: saturatingSum(watermark, -forgetAfter)) {
            keys.forget(slot: slot, after: Timestamp(rawValue: watermark))
        }
        ranked?.forget(at: Timestamp(rawValue: watermark))
        nextForgetting = saturatingSum(watermark, max(1, forgetAfter / 16))
    }
}
