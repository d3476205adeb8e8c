/// What a rule on the view waits for.
extension ViewState {
    /// The end of the first window past `time` that has fired with a row, or will as far as can be
    /// known now; nil: none.
    func nextEnd(past time: Int64) -> Int64? {
        guard let grid else { return nil }
        if let after = history.lastIndex(where: { $0.end.rawValue <= time }) {
            if after + 1 < history.count { return history[after + 1].end.rawValue }
        } else if let first = history.first {
            return first.end.rawValue
        }
        let end = reached == .min ? Int64.min : grid.endAfter(reached)
        if let last = history.last, last.end.rawValue >= grid.minus(end, grid.hop) { return end }
        return slices.lazy.map { grid.sliceEnd($0.index) }.first { $0 >= end }
    }

    /// Where the last window ends that has fired or holds an event.
    var lastEnd: Int64? {
        guard let grid else { return nil }
        let open = slices.last.map { grid.lastEnd($0.index) }
        return [open, history.last?.end.rawValue].compactMap { $0 }.max()
    }
}
