import Alerting
import Events

extension RuleState {
    /// The next T that is due, once the streams have these watermarks, and at which an evaluation
    /// can make a difference; nil: none.
    ///
    /// Where no pane is in reach of T, a group finds what it found before, and only time can change
    /// its state; so a gap of a year costs no more than one of a second. After the end of bounded
    /// streams there is no T past their last window.
    func nextInstant(
        _ views: [ViewState], _ sequences: [SequenceState], watermark: (Int) -> Int64
    ) -> Int64? {
        let reached = streams.map(watermark).min() ?? .min
        guard reached > .min else { return nil }
        let former = max(evaluatedAt, passed)
        let next = former == .min ? Int64.min : saturatingSum(former, step)
        var instants = operands.compactMap { firstChange(of: $0, views, from: next) }
        var last = lastEnd(views)
        if case .sequence(let place, _, _) = source {
            let end = sequences[place].nextEnd
            instants += end.map { [max(next, ceiling(saturatingSum($0, 1)))] } ?? []
            last = ceiling(saturatingSum(max(sequences[place].highest, end ?? .min), 1))
        }
        guard let t = (instants + [firstChange(ofGroupsFrom: next)]).compactMap({ $0 }).min(),
            t - 1 <= reached
        else { return nil }
        return reached == .max && t > last ? nil : t
    }

    /// The watermarks have come so far, and there is no T left up to them. A late pane of one that
    /// has gone by changes no verdict.
    mutating func pass(_ watermark: (Int) -> Int64) {
        let reached = streams.map(watermark).min() ?? .min
        guard reached > .min, reached < .max else { return }
        passed = max(passed, floorDiv(reached + 1, step) * step)
    }

    /// The first T at which a view has a new row. One since the start changes with its events
    /// alone.
    private func firstChange(
        of operand: ViewRows.Operand, _ views: [ViewState], from next: Int64
    ) -> Int64? {
        let view = views[operand.view]
        if operand.reach == nil {
            return view.books.aggregated == wholeEvents[operand.view] ?? 0
                ? nil : max(next, ceiling(saturatingSum(view.windows.lowestTime, 1)))
        }
        return view.nextEnd(past: saturatingSum(next, -(operand.reach ?? 0) - operand.past))
            .map { max(next, ceiling(saturatingSum($0, operand.past))) }
    }

    /// The first T at which a group's state can change without a new row: when it is missing
    /// after the last one, and when it has been as it is for long enough.
    private func firstChange(ofGroupsFrom next: Int64) -> Int64? {
        // What was pending in a run before has no time in this one yet.
        if let restored, restored.graceUntil == nil { return nil }
        if foundPane { return groups.isEmpty ? nil : next }
        return groups.values.compactMap(\.instance.deadline?.rawValue)
            .filter { $0 > evaluatedAt }.map { max(next, ceiling($0)) }.min()
    }

    /// The watermark at which the rule is due next, if this is the lowest one now.
    func boundary(after watermark: Int64) -> Int64 {
        ceiling(saturatingSum(watermark, 2)) - 1
    }

    /// Where the last window with an event ends; of a view since the start, the T after its last.
    private func lastEnd(_ views: [ViewState]) -> Int64 {
        operands.compactMap { operand in
            let view = views[operand.view]
            return operand.reach == nil
                ? ceiling(saturatingSum(view.windows.highestTime, 1)) : view.lastEnd
        }.max() ?? .min
    }

    /// The first T at or after this time.
    func ceiling(_ time: Int64) -> Int64 {
        let below = floorDiv(time, step)
        let (t, overflow) = below.multipliedReportingOverflow(by: step)
        guard !overflow else { return time }
        return t == time ? t : saturatingSum(t, step)
    }
}
