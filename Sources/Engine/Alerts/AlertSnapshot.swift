import Alerting
import Events

/// A rule as it stands: the alert as a whole, and each group that isn't inactive.
package struct AlertSnapshot: Hashable, Sendable {
    package var name: String
    /// The fields that name its groups; empty: the rule has one group, of no name.
    package var keyNames: [String]
    /// Of the whole rule: with `across` as many groups as that asks for, else any one.
    package var phase: AlertTransition.Phase
    /// The T at which it came to be so; `.beginning` before the first change.
    package var since: Timestamp
    /// The last T; `.beginning` before the first.
    package var evaluatedAt: Timestamp
    /// Firing ones first, then pending ones; each in the order of keys.
    package var groups: [AlertGroup]
    /// Groups that had a value at the last T, and how many of them the rule asks for.
    package var seen: Int
    package var needed: Int
    /// The newest last; at most 100.
    package var changes: [AlertChange]
    /// Evaluations of groups past the limit, which have no state of their own.
    package var unwatched: UInt64
    /// Of a sequence: events that came too late, or past a limit, and partial matches let go.
    package var missed: UInt64 = 0
    /// What it still waits for before it can be judged.
    package var warming: Warming?

    /// What its groups had at the last T, where somebody looks at it; the values are those of the
    /// rule's readings.
    package var rows = RuleRows(width: 0)
    /// Of the rule's one alert: why nobody is told of it.
    package var mute: Mute?

    package enum Warming: Hashable, Sendable {
        /// An earlier value that is asked for is missing until then.
        case until(Timestamp)
        /// Up to then it was judged in the run before, and the stream is there again.
        case judged(until: Timestamp)
        /// What is usual isn't known yet: so many values of as many as it takes.
        case values(Int, of: Int)
    }

    package init(
        name: String, keyNames: [String] = [], phase: AlertTransition.Phase = .inactive,
        since: Timestamp = .beginning, evaluatedAt: Timestamp = .beginning,
        groups: [AlertGroup] = [], seen: Int = 0, needed: Int = 1, changes: [AlertChange] = [],
        unwatched: UInt64 = 0, warming: Warming? = nil
    ) {
        self.warming = warming
        self.name = name
        self.keyNames = keyNames
        self.phase = phase
        self.since = since
        self.evaluatedAt = evaluatedAt
        self.groups = groups
        self.seen = seen
        self.needed = needed
        self.changes = changes
        self.unwatched = unwatched
    }

    package var firing: Int { groups.count { $0.phase == .firing } }
}

/// A group of a rule that is pending or firing.
package struct AlertGroup: Hashable, Sendable {
    package var key: Key
    package var phase: AlertTransition.Phase
    package var since: Timestamp
    /// Of the first column that `when` names, at the last T; NaN is null.
    package var value: Double
    /// The condition has ended, and the group only fires on for `keep_firing_for`.
    package var isKept: Bool
    /// Why nobody is told of it; nil: it asks for attention.
    package var mute: Mute?

    package init(
        key: Key, phase: AlertTransition.Phase, since: Timestamp, value: Double,
        isKept: Bool = false
    ) {
        self.key = key
        self.phase = phase
        self.since = since
        self.value = value
        self.isKept = isKept
    }
}

/// An alert's way from one state to another, and the groups that it is about.
package struct AlertChange: Hashable, Sendable {
    package var transition: AlertTransition
    /// In their order: one, or with `across` those of the alert; at its end, those that it had at
    /// the last T.
    package var groups: [Key]
    /// The value of the first group that has one; NaN is null.
    package var value: Double
    /// Of that group: all that the rule reads, in the order of its readings, the window, and how
    /// many events are in it. Empty where the group is missing.
    package var values: [Double] = []
    package var window: Range<Timestamp>?
    package var events: UInt64 = 0

    package init(_ transition: AlertTransition, groups: [Key], value: Double) {
        self.transition = transition
        self.groups = groups
        self.value = value
    }
}

extension RuleState {
    /// `mute`: of the alert of a group, or of the rule's one alert.
    func snapshot(mute: (Key?) -> Mute?) -> AlertSnapshot {
        let active = groups.values.filter { $0.instance.state != .inactive }.map { group in
            var shown = AlertGroup(
                key: group.key, phase: group.instance.state.phase, since: group.since,
                value: group.value, isKept: group.instance.isKept)
            shown.mute = mute(group.key)
            return shown
        }
        var snapshot = AlertSnapshot(
            name: plan.name, keyNames: keyNames, phase: phase, since: since,
            evaluatedAt: Timestamp(rawValue: evaluatedAt),
            groups: active.sorted { a, b in
                a.phase == b.phase ? a.key < b.key : a.phase == .firing
            },
            seen: seen, needed: needed, changes: changes,
            unwatched: unwatched + baselines.unwatched, warming: warming)
        snapshot.mute = mute(nil)
        snapshot.rows = rows
        return snapshot
    }

    private var warming: AlertSnapshot.Warming? {
        if let restored, restored.graceUntil == nil, evaluatedAt == .min {
            return .judged(until: restored.evaluatedAt)
        }
        return warmingUntil.map { .until($0) }
            ?? baselines.warmedUp.map { .values($0, of: Baseline.warmUp) }
    }
}
