import Events

/// Windows that close by the clock of their keys: `watermark_by`.
extension ViewState {
    /// Takes one row, which is no duplicate, of the clock with this number and watermark. What has
    /// no window, or no row of its own, goes by the stream's.
    mutating func aggregate(
        _ row: Int, of rows: borrowing ViewBatch, lane number: Int, own: Int64, stream: Int64,
        late: inout [Bool], fire: (FiredPane) -> Void
    ) {
        guard let grid else {
            return aggregate(
                row..<row + 1, of: rows, kept: nil, watermark: stream, late: &late, fire: fire)
        }
        if isFiltered(row, rows) { return }
        let time = rows.batch.times[row]
        let index = grid.slice(of: time)
        if grid.isFinal(grid.lastEnd(index), own) {
            books.late += 1
            late[row] = true
            return
        }
        guard lanes[number].windows.place(index) else {
            books.overflowed += 1
            return
        }
        let slot = slot(row, index, rows)
        if Int(slot) == keys.limit {
            return aggregate(
                row..<row + 1, of: rows, kept: nil, watermark: stream, late: &late, fire: fire)
        }
        let local = lanes[number].row(of: slot)
        if layout.isOrdered { lanes[number].windows.origins = windows.origins }
        lanes[number].windows.add(row, time, row: local, rows)
        books.aggregated += 1
        guard grid.isDue(grid.sliceEnd(index), own) else { return }
        let panes = lanes[number].windows.refired(
            row: local, slice: index, time: time, own, grid)
        for pane in panes { replace(with: kindForPrint(lanes[number].translated(pane)), fire) }
    }

    /// The lane's clock speaks, for the first time or after a silence in which the stream's closed
    /// windows without it; from now on it closes them itself, from where it stands.
    mutating func resume(lane number: Int, at own: Int64) {
        while lanes.count <= number {
            lanes.append(
                KeyLane(
                    windows: OpenWindows(
                        layout: layout, grid: grid, forgetAfter: rules.forgetAfter)))
        }
        let windows = lanes[number].windows
        lanes[number].windows.backfillUntil = max(windows.backfillUntil, reached)
        lanes[number].windows.reached = min(windows.reached, own)
    }

    /// Fires what the lane's own clock makes due.
    mutating func advance(
        lane number: Int, to watermark: Int64, own: Int64, atEnd: Bool = false,
        fire: (FiredPane) -> Void
    ) {
        while let firing = lanes[number].windows.fireNext(
            upTo: watermark, atEnd: atEnd, pinned: .max)
        {
            let pane = lanes[number].translated(firing.pane)
            if !pane.slots.isEmpty { merge(pane, fire) }
            for row in firing.forgotten {
                let slot = lanes[number].forget(row)
                if slot >= 0 { keys.forget(slot: slot, after: firing.pane.end) }
            }
        }
        lanes[number].windows.reached = max(lanes[number].windows.reached, watermark)
        lanes[number].windows.dropFinal(own)
    }

    /// The keys of silent clocks go by the stream's; at the end all do.
    mutating func advanceLanes(
        to watermark: Int64, _ clock: StreamClock, atEnd: Bool, _ fire: (FiredPane) -> Void
    ) {
        guard !lanes.isEmpty, let members = clock.keys?.members else { return }
        for (number, member) in members.prefix(lanes.count).enumerated()
        where member.state == .idle || atEnd {
            let own = atEnd ? watermark : member.watermark
            advance(lane: number, to: watermark, own: own, atEnd: atEnd, fire: fire)
        }
    }

    /// Puts the rows of some keys into the window's pane. What is backfill and changes nothing is
    /// no news.
    mutating func merge(_ pane: Pane, _ fire: (FiredPane) -> Void) {
        note(pane)
        let groups = pane.slots.compactMap { keys.keys[Int($0)] }
        let pane = shown(kindForPrint(pane))
        if let at = place(of: pane.end) {
            if pane.kind == .backfill, history[at].contains(pane) { return }
            if ranked != nil { for group in groups { dropRows(of: group, at) } }
            for (row, slot) in pane.slots.enumerated()
            where !shownKeys.isOfFormerKey(slot, pane.end) {
                historySize += history[at].replaceRow(row, of: pane)
            }
        } else {
            remember(pane, isFinal: isOver(pane.end))
        }
        fire(FiredPane(view: 0, pane: pane, keys: shownKeys.keys))
        boundHistory(fire)
    }

    /// Of a bounded stream a row is printed with its window, if that is still to come, and else as
    /// backfill, which replaces what was printed of it.
    private func kindForPrint(_ pane: Pane) -> Pane {
        guard rules.isBounded else { return pane }
        var pane = pane
        pane.kind = isOver(pane.end) ? .backfill : .onTime
        return pane
    }

    /// Whether the window's pane became final before.
    private func isOver(_ end: Timestamp) -> Bool {
        end <= forcedUntil || grid?.isFinal(end.rawValue, finished) ?? false
    }
}
