import Events

/// A late pane says that a rule would have found something else at a T that has gone by. The alert
/// stays as it was; this is for the record.
package struct Revision: Hashable, Sendable {
    package var group: Key
    /// The T that it is about.
    package var at: Timestamp
    /// Whether `when` held then, and whether it would have.
    package var held: Bool
    package var wouldHold: Bool
    /// What the rule reads of the group, with what is known now, in the order of its readings.
    package var values: [Double]
    /// The same as it was then.
    package var former: [Double]
    package var window: Range<Timestamp>

    package init(
        group: Key, at: Timestamp, held: Bool, wouldHold: Bool, values: [Double],
        former: [Double], window: Range<Timestamp>
    ) {
        self.group = group
        self.at = at
        self.held = held
        self.wouldHold = wouldHold
        self.values = values
        self.former = former
        self.window = window
    }
}

extension Engine {
    /// Looks which late panes among the effects from `first` on would have changed a verdict.
    mutating func revise(from first: Int, _ effects: inout [Effect]) {
        for effect in effects[first...] {
            guard case .pane(let fired) = effect, fired.pane.kind == .late,
                fired.pane.slots.count == 1
            else { continue }
            for i in rules.indices {
                for revision in rules[i].revisions(by: fired, views) {
                    effects.append(.revision(i, revision))
                }
            }
        }
    }
}

extension RuleState {
    /// Groups looked at for a late pane of a view that doesn't name the groups itself.
    private static let revisionLimit = 1000

    /// Scores depend on all that came before, so a rule with an `anomaly` has no revisions.
    func revisions(by fired: FiredPane, _ views: [ViewState]) -> [Revision] {
        guard case .views(let source) = source, baselines.isEmpty,
            let key = fired.keys[Int(fired.pane.slots[0])]
        else { return [] }
        return source.operands.filter { $0.view == fired.view }.flatMap { operand -> [Revision] in
            let end = saturatingSum(fired.pane.end.rawValue, operand.past)
            let t = ceiling(end)
            // A pane counts at the first T from its end on, if that has been evaluated.
            guard t <= evaluatedAt, operand.reach.map({ t - $0 < end }) ?? false else { return [] }
            let rows = source.rows(of: key, operand, at: t, views, limit: Self.revisionLimit)
            return rows.keys.indices.compactMap {
                revision(of: rows.keys[$0], rows[$0], by: fired, operand, at: t)
            }
        }
    }

    private func revision(
        of group: Key, _ row: [Double], by fired: FiredPane, _ operand: ViewRows.Operand,
        at t: Int64
    ) -> Revision? {
        var (now, former) = (row, row)
        for column in operand.columns {
            now[column.place] = fired.pane.values[column.aggregate][0]
            former[column.place] = fired.former.isEmpty ? .nan : fired.former[column.aggregate]
        }
        let (held, would) = (when.holds(former) ?? false, when.holds(now) ?? false)
        guard held != would else { return nil }
        return Revision(
            group: group, at: Timestamp(rawValue: t), held: held, wouldHold: would, values: now,
            former: former, window: fired.pane.start..<fired.pane.end)
    }
}
