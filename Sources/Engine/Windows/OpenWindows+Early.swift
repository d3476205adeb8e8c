import Events

extension OpenWindows {
    /// Unfired windows shown at most; the newest.
    static let earlyLimit = 8

    /// The running values of windows that have not fired, up to the one in which the newest event
    /// lies; later ones overlap it and have less of it.
    func earlyPanes(_ watermark: Int64, limit: Int = Self.earlyLimit) -> [Pane] {
        guard let grid, let newest = slices.last, watermark < .max else { return [] }
        let last = grid.sliceEnd(newest.index)
        let first = max(
            watermark == .min ? grid.sliceEnd(slices[0].index) : grid.endAfter(watermark),
            grid.minus(last, Int64(limit - 1) * grid.hop))
        return stride(from: first, through: last, by: Int64.Stride(grid.hop)).compactMap {
            earlyPane(endingAt: $0, grid)
        }
    }

    private func earlyPane(endingAt end: Int64, _ grid: WindowGrid) -> Pane? {
        let start = grid.minus(end, grid.size)
        let elapsed = min(grid.size, grid.minus(highestTime, start))
        return pane(
            slices[positions(endingAt: end, grid)], start: start, end: end,
            elapsed: elapsed, kind: .early)
    }

    /// Everything since the start; nil before the first event.
    func wholePane(_ kind: Pane.Kind) -> Pane? {
        guard highestTime >= lowestTime else { return nil }
        let (elapsed, overflow) = highestTime.subtractingReportingOverflow(lowestTime)
        return pane(
            slices[...], start: .min, end: .max, elapsed: overflow ? .max : elapsed, kind: kind)
    }

    private func pane(
        _ slices: ArraySlice<Slice>, start: Int64, end: Int64, elapsed: Int64, kind: Pane.Kind
    ) -> Pane? {
        var builder = PaneBuilder(
            layout: layout, seconds: elapsed > 0 ? Double(elapsed) / 1e9 : .nan, origins: origins)
        for row in lastSeen.indices where slices.contains(where: { $0.count(row) > 0 }) {
            builder.append(row, of: slices)
        }
        let pane = builder.pane(start: start, end: end, kind: kind)
        return pane.slots.isEmpty ? nil : pane
    }
}
