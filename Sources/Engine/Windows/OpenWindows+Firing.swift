import Events

extension OpenWindows {
    /// A window that has fired: a row for each key with an event in it or not forgotten yet.
    struct Firing {
        var pane: Pane
        /// Rows whose keys are to be forgotten.
        var forgotten: [Int32]
    }

    /// Fires the first window that became due since the last one, as the watermark would on its
    /// way; nil: there is none up to this watermark. Over stretches in which no key lives it steps
    /// at once. After a bounded stream's end only windows that hold an event fire.
    ///
    /// A row at or past `pinned` is never forgotten.
    mutating func fireNext(upTo watermark: Int64, atEnd: Bool, pinned: Int) -> Firing? {
        guard let grid else { return nil }
        var end = reached == .min ? Int64.min : grid.endAfter(reached)
        if !lives {
            guard let next = firstEnd(from: end, grid) else { return nil }
            end = next
        }
        let limit = atEnd ? slices.last.map { grid.lastEnd($0.index) } ?? .min : .max
        guard grid.isDue(end, watermark), end <= limit else { return nil }
        noteLastSeen(sliceEndingAt: end, grid)
        let firing = firing(endingAt: end, grid, pinned)
        lives = !firing.pane.slots.isEmpty
        for row in firing.forgotten { lastSeen[Int(row)] = .min }
        reached = end - 1
        return firing
    }

    /// The end of the first window, at or after `end`, that contains an open slice.
    func firstEnd(from end: Int64, _ grid: WindowGrid) -> Int64? {
        slices.first { grid.lastEnd($0.index) >= end }.map { max(end, grid.sliceEnd($0.index)) }
    }

    private mutating func noteLastSeen(sliceEndingAt end: Int64, _ grid: WindowGrid) {
        guard let slice = slices.last(where: { grid.sliceEnd($0.index) <= end }),
            grid.sliceEnd(slice.index) == end
        else { return }
        for row in lastSeen.indices where slice.count(row) > 0 {
            lastSeen[row] = max(lastSeen[row], slice.lastTime(row))
        }
    }

    private func firing(endingAt end: Int64, _ grid: WindowGrid, _ pinned: Int) -> Firing {
        var builder = PaneBuilder(
            layout: layout, seconds: Double(grid.size) / 1e9, origins: origins)
        let range = positions(endingAt: end, grid)
        var forgotten: [Int32] = []
        for row in lastSeen.indices {
            if slices[range].contains(where: { $0.count(row) > 0 }) {
                builder.append(row, of: slices[range])
            } else if lives(row, at: end, grid) {
                builder.appendEmpty(row)
            } else if lastSeen[row] != .min, row < pinned, !isOpen(row) {
                forgotten.append(Int32(row))
            }
        }
        let kind: Pane.Kind = end - 1 <= backfillUntil ? .backfill : .onTime
        return Firing(
            pane: builder.pane(start: grid.minus(end, grid.size), end: end, kind: kind),
            forgotten: forgotten)
    }

    /// Whether the key gets an empty pane: until the watermark is `forget_after` past its last
    /// event.
    private func lives(_ row: Int, at end: Int64, _ grid: WindowGrid) -> Bool {
        lastSeen[row] != .min && end - 1 < grid.plus(lastSeen[row], forgetAfter)
    }

    /// Whether a window that may still change has events of the row.
    private func isOpen(_ row: Int) -> Bool { slices.contains { $0.count(row) > 0 } }

    /// A late event fires again each window it belongs to that has fired and isn't final: a pane
    /// of its row alone.
    mutating func refired(
        row: Int, slice: Int64, time: Int64, _ watermark: Int64, _ grid: WindowGrid
    ) -> [Pane] {
        lastSeen[row] = max(lastSeen[row], time)
        lives = true
        var panes: [Pane] = []
        var end = grid.sliceEnd(slice)
        while end <= grid.lastEnd(slice), grid.isDue(end, watermark) {
            if !grid.isFinal(end, watermark) {
                var builder = PaneBuilder(
                    layout: layout, seconds: Double(grid.size) / 1e9, origins: origins)
                builder.append(row, of: slices[positions(endingAt: end, grid)])
                panes.append(
                    builder.pane(start: grid.minus(end, grid.size), end: end, kind: .late))
            }
            end = grid.plus(end, grid.hop)
        }
        return panes
    }
}
