/// What a rule on the view waits for.
extension ViewState {
    /// The end of the first window past `time` that has fired with a row, or will as far as can be
    /// known now; nil: none.
    func nextEnd(past time: Int64) -> Int64? {
        if let sessions { return nextEnd(past: time, sessions) }
        guard let grid else { return nil }
        if let after = history.lastIndex(where: { $0.end.rawValue <= time }) {
            if after + 1 < history.count { return history[after + 1].end.rawValue }
        } else if let first = history.first {
            return first.end.rawValue
        }
        let end = reached == .min ? Int64.min : grid.endAfter(reached)
        if windows.lives || lanes.contains(where: \.windows.lives) { return end }
        return lanes.lazy.map(\.windows).compactMap { $0.nextEnd(grid) }
            .reduce(windows.nextEnd(grid)) { min($0 ?? .max, $1) }
    }

    private func nextEnd(past time: Int64, _ sessions: SessionWindows) -> Int64? {
        let fired = history.first { $0.end.rawValue > time }?.end.rawValue
        let open = sessions.nextDue < .max ? sessions.nextDue + 1 : nil
        return [fired, open.flatMap { $0 > time ? $0 : nil }].compactMap { $0 }.min()
    }

    /// Where the last window ends that held an event.
    var lastEnd: Int64? {
        if let sessions {
            return sessions.highestTime == .min
                ? nil : saturatingSum(sessions.highestTime, sessions.gap)
        }
        guard let grid else { return nil }
        let highest = lanes.reduce(windows.highestTime) { max($0, $1.windows.highestTime) }
        return highest == .min ? nil : grid.lastEnd(grid.slice(of: highest))
    }
}

extension OpenWindows {
    /// The end of the first window to fire that contains an open slice.
    fileprivate func nextEnd(_ grid: WindowGrid) -> Int64? {
        firstEnd(from: reached == .min ? .min : grid.endAfter(reached), grid)
    }
}
