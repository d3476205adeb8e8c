import Alerting
import Events

/// What a rule was in a former run, until it has been evaluated in this one.
struct RestoredRule {
    /// The last T of the former run.
    var evaluatedAt: Timestamp
    /// A group that is missing stays as it was until then: its windows have to fill first. nil:
    /// not evaluated yet.
    var graceUntil: Int64?
    /// Groups that have had no row yet.
    var unseen: Set<Key>
}

extension RuleState {
    var memory: AlertMemory.Rule {
        var memory = AlertMemory.Rule(
            name: plan.name, definition: plan.definition,
            evaluatedAt: Timestamp(rawValue: evaluatedAt),
            phase: AlertMemory.Phase(rawValue: phase.rawValue)!, since: since)
        memory.groups = groups.values.compactMap { group in
            switch group.instance.state {
            case .inactive: nil
            case .pending(let activeAt):
                AlertMemory.Group(
                    key: group.key, isFiring: false, activeAt: activeAt, since: group.since,
                    value: group.value)
            case .firing(let activeAt, let endedAt):
                AlertMemory.Group(
                    key: group.key, isFiring: true, activeAt: activeAt, endedAt: endedAt,
                    since: group.since, value: group.value)
            }
        }.sorted { $0.key < $1.key }
        return memory
    }

    /// Takes over what is remembered of the rule; before its first evaluation.
    mutating func restore(_ memory: AlertMemory.Rule) {
        precondition(evaluatedAt == .min, "a rule is restored before it is evaluated")
        for group in memory.groups.prefix(Self.groupLimit) {
            let state: AlertInstance.State =
                group.isFiring
                ? .firing(activeAt: group.activeAt, endedAt: group.endedAt)
                : .pending(activeAt: group.activeAt)
            groups[group.key] = Group(
                key: group.key, instance: AlertInstance(rule: plan.rule, state: state),
                value: group.value, since: group.since)
        }
        baselines.restore(memory.baselines)
        // What was judged then isn't judged again, where a stream is read once more.
        passed = memory.evaluatedAt.rawValue
        phase = AlertTransition.Phase(rawValue: memory.phase.rawValue)!
        since = memory.since
        restored = RestoredRule(
            evaluatedAt: memory.evaluatedAt, unseen: Set(memory.groups.map(\.key)))
    }

    /// At the first T after a restart: downtime doesn't count.
    mutating func resume(at t: Int64) {
        guard var former = restored else { return }
        if former.graceUntil == nil {
            // It comes one step after the last one at the earliest.
            let gap = Timestamp(rawValue: t) - former.evaluatedAt
            let shift = former.evaluatedAt == .beginning ? .zero : max(.zero, gap)
            for key in groups.keys { groups[key]!.instance.shift(by: shift) }
            former.graceUntil = saturatingSum(t, fillingTime)
        }
        restored = former
        if t >= former.graceUntil! { restored = nil }
    }

    /// Whether a missing group is to stay as it was in the run before.
    mutating func isAwaited(_ key: Key) -> Bool { restored?.unseen.contains(key) ?? false }

    mutating func saw(_ key: Key) { restored?.unseen.remove(key) }
}
