import Events

extension ViewState {
    /// Fires every window that became due since the last watermark, in order, and makes final
    /// those whose allowed lateness is over.
    mutating func advance(
        to watermark: Int64, atEnd: Bool, fire: (FiredPane) -> Void
    ) {
        let former = reached
        reached = watermark
        guard let grid else {
            if atEnd { fireWhole(fire) }
            return
        }
        fireDue(from: former, to: watermark, atEnd: atEnd, grid, fire)
        finish(watermark, grid, fire)
        while let first = slices.first, grid.isFinal(grid.lastEnd(first.index), watermark) {
            recycle(slices.removeFirst())
        }
    }

    /// Steps from window to window as the watermark would, over stretches in which no key lives.
    private mutating func fireDue(
        from former: Int64, to watermark: Int64, atEnd: Bool, _ grid: WindowGrid,
        _ fire: (FiredPane) -> Void
    ) {
        // After a bounded stream's end only windows that hold an event fire.
        let limit = atEnd ? slices.last.map { grid.lastEnd($0.index) } ?? .min : .max
        var end = former == .min ? Int64.min : grid.endAfter(former)
        var anyLives = former != .min && !history.isEmpty
        while end == .min || (grid.isDue(end, watermark) && end <= limit) {
            if !anyLives {
                guard let next = firstEnd(from: end, grid), grid.isDue(next, watermark) else {
                    return
                }
                end = next
            }
            anyLives = fireWindow(endingAt: end, grid, fire)
            end = grid.plus(end, grid.hop)
        }
    }

    /// The end of the first window, at or after `end`, that holds a slice not fired before.
    private func firstEnd(from end: Int64, _ grid: WindowGrid) -> Int64? {
        slices.lazy.map { grid.sliceEnd($0.index) }.first { $0 >= end }
    }

    /// Fires one window for all its keys; whether any key lives on.
    private mutating func fireWindow(
        endingAt end: Int64, _ grid: WindowGrid, _ fire: (FiredPane) -> Void
    ) -> Bool {
        noteLastSeen(sliceEndingAt: end, grid)
        let (pane, forgotten) = firedPane(endingAt: end, grid)
        let lives = !pane.slots.isEmpty
        if lives {
            remember(pane)
            fire(FiredPane(view: 0, pane: pane, keys: keys.keys))
        }
        for slot in forgotten { keys.forget(slot: slot) }
        for slot in forgotten { lastSeen[Int(slot)] = .min }
        return lives
    }

    private mutating func noteLastSeen(sliceEndingAt end: Int64, _ grid: WindowGrid) {
        guard let slice = slices.last(where: { grid.sliceEnd($0.index) <= end }),
            grid.sliceEnd(slice.index) == end
        else { return }
        for slot in lastSeen.indices where slice.count(slot) > 0 {
            lastSeen[slot] = max(lastSeen[slot], slice.lastTime(slot))
        }
    }

    /// A row for each key with an event in the window or not forgotten yet, and the slots of the
    /// keys that are to be forgotten.
    private func firedPane(endingAt end: Int64, _ grid: WindowGrid) -> (Pane, [Int32]) {
        var builder = PaneBuilder(layout: layout, seconds: Double(grid.size) / 1e9)
        let range = positions(endingAt: end, grid)
        var forgotten: [Int32] = []
        for slot in lastSeen.indices where keys.keys[slot] != nil {
            builder.merge(slices[range], slot)
            if builder.events > 0 || lives(slot, at: end) {
                builder.append(slot)
            } else if lastSeen[slot] != .min, slot < keys.limit, !isOpen(slot, after: range) {
                forgotten.append(Int32(slot))
            }
        }
        let pane = builder.pane(start: grid.minus(end, grid.size), end: end, kind: .onTime)
        return (pane, forgotten)
    }

    /// Whether the key gets an empty pane: until the watermark is `forget_after` past its last
    /// event.
    private func lives(_ slot: Int, at end: Int64) -> Bool {
        guard lastSeen[slot] != .min, let grid else { return false }
        return end - 1 < grid.plus(lastSeen[slot], rules.forgetAfter.rawValue)
    }

    private func isOpen(_ slot: Int, after range: Range<Int>) -> Bool {
        slices[range.upperBound...].contains { $0.count(slot) > 0 }
    }

    /// The places of the slices that make up the window that ends at `end`.
    func positions(endingAt end: Int64, _ grid: WindowGrid) -> Range<Int> {
        let first = grid.slice(of: grid.minus(end, grid.size))
        let last = grid.slice(of: end - 1)
        let lower = slices.firstIndex { $0.index >= first } ?? slices.count
        let upper = slices[lower...].firstIndex { $0.index > last } ?? slices.count
        return lower..<upper
    }

    private mutating func recycle(_ slice: Slice) {
        if recycled.count < 16 { recycled.append(slice) }
    }
}
