import Alerting
import Events

/// An alert: of a rule, and a group where each has its own.
package struct AlertPlace: Hashable, Sendable {
    /// Index of the rule.
    package var rule: Int
    /// nil: the rule's one alert, of several groups.
    package var group: Key?

    package init(rule: Int, group: Key?) {
        self.rule = rule
        self.group = group
    }
}

/// Why nobody is told of an alert.
package enum Mute: Hashable, Sendable {
    case silenced(Silence)
    case acknowledged(by: String, at: Timestamp)
    /// By a rule that fires, which says enough.
    case inhibited(by: String)
}

/// Which alerts ask for attention, and which don't: silences, acknowledgements, inhibition.
///
/// It is worked out anew only when something has happened that can change it. O(alerts that are
/// pending or firing).
struct Attention {
    static let silenceLimit = 1000

    private(set) var silences: [Silence] = []
    private var acknowledged: [AlertPlace: (by: String, at: Timestamp)] = [:]
    private(set) var mutes: [AlertPlace: Mute] = [:]

    /// Returns the action as it was taken.
    mutating func apply(
        _ action: OperatorAction, number: UInt64, at now: Timestamp, _ rules: [RuleState]
    ) -> OperatorAction {
        switch action {
        case .acknowledge(let target, let by):
            for place in rules.activePlaces where target.covers(place, rules) {
                acknowledged[place] = (by, now)
            }
        case .withdraw(let target, _):
            acknowledged = acknowledged.filter { !target.covers($0.key, rules) }
        case .silence(var silence):
            silence.number = number
            if silences.count == Self.silenceLimit { silences.removeFirst() }
            silences.append(silence)
            return .silence(silence)
        case .unsilence(let number, _): silences.removeAll { $0.number == number }
        }
        return action
    }

    /// What is remembered of a run before; rules by their names.
    mutating func restore(_ memory: AlertMemory, _ rules: [RuleState]) {
        silences = Array(memory.silences.suffix(Self.silenceLimit))
        for remembered in memory.rules {
            guard let rule = rules.firstIndex(where: { $0.plan.name == remembered.name }) else {
                continue
            }
            if let ack = remembered.acknowledgement {
                acknowledged[AlertPlace(rule: rule, group: nil)] = (ack.by, ack.at)
            }
            for group in remembered.groups {
                guard let ack = group.acknowledgement else { continue }
                acknowledged[AlertPlace(rule: rule, group: group.key)] = (ack.by, ack.at)
            }
        }
    }

    /// Puts who has what in hand into what is to be remembered.
    func remember(in memory: inout AlertMemory) {
        memory.silences = silences
        for (place, value) in acknowledged {
            let ack = AlertMemory.Acknowledgement(by: value.by, at: value.at)
            if let key = place.group {
                let groups = memory.rules[place.rule].groups
                guard let i = groups.firstIndex(where: { $0.key == key }) else { continue }
                memory.rules[place.rule].groups[i].acknowledgement = ack
            } else {
                memory.rules[place.rule].acknowledgement = ack
            }
        }
    }

    /// What a former plan's rules had, where they are among these.
    mutating func move(from former: [RuleState], to rules: [RuleState]) {
        let kept = acknowledged
        acknowledged = [:]
        for (place, value) in kept {
            let name = former[place.rule].plan.name
            guard let rule = rules.firstIndex(where: { $0.plan.name == name }) else { continue }
            acknowledged[AlertPlace(rule: rule, group: place.group)] = value
        }
        mutes = [:]
    }

    /// The alert is no more; when it comes again, nobody has it in hand.
    mutating func end(_ place: AlertPlace) { acknowledged[place] = nil }

    /// Whether a silence ends.
    func isDue(at now: Timestamp) -> Bool { silences.contains { $0.until <= now } }

    /// Works it out anew, and says what has changed for alerts that are active.
    mutating func refresh(_ rules: [RuleState], at now: Timestamp) -> [Effect] {
        silences.removeAll { $0.until <= now }
        let active = rules.activePlaces
        let inhibitors = Inhibitors(rules)
        var next: [AlertPlace: Mute] = [:]
        var effects: [Effect] = []
        for place in active {
            let mute = mute(of: place, rules, inhibitors)
            next[place] = mute
            if mute != mutes[place] { effects.append(.attention(place, mute)) }
        }
        mutes = next
        return effects
    }

    private func mute(
        of place: AlertPlace, _ rules: [RuleState], _ inhibitors: Inhibitors
    ) -> Mute? {
        if let silence = silences.last(where: { $0.target.covers(place, rules) }) {
            return .silenced(silence)
        }
        if let name = inhibitors.inhibitor(of: place) { return .inhibited(by: name) }
        return acknowledged[place].map { .acknowledged(by: $0.by, at: $0.at) }
    }
}

/// Rules that fire, for those that they inhibit: for each pair the values that groups of both
/// share. Without a field in common any group of the one inhibits all of the other.
private struct Inhibitors {
    private let rules: [RuleState]
    /// Of each rule that is inhibited by others: the name of the other, the fields they share, and
    /// the values of those that fire.
    private var all: [Int: [(name: String, fields: [Int], firing: Set<Key>)]] = [:]

    init(_ rules: [RuleState]) {
        self.rules = rules
        for (i, rule) in rules.enumerated() where !rule.plan.inhibitedBy.isEmpty {
            all[i] = rule.plan.inhibitedBy.compactMap { other in
                let source = rules[other]
                guard source.phase == .firing else { return nil }
                let shared = rule.keyNames.enumerated().compactMap { place, name in
                    source.keyNames.firstIndex(of: name).map { (own: place, other: $0) }
                }
                let firing = source.groups.values.filter { $0.instance.state.phase == .firing }
                let keys = firing.map { group in Key(shared.map { group.key.values[$0.other] }) }
                return (source.plan.name, shared.map(\.own), Set(keys))
            }
        }
    }

    func inhibitor(of place: AlertPlace) -> String? {
        all[place.rule]?.first { _, fields, firing in
            // The one alert of several groups is inhibited when all of them are.
            let keys = place.group.map { [$0] } ?? rules[place.rule].activeKeys
            return keys.allSatisfy { key in firing.contains(Key(fields.map { key.values[$0] })) }
        }?.name
    }
}

extension RuleState {
    fileprivate var activeKeys: [Key] {
        groups.values.filter { $0.instance.state != .inactive }.map(\.key)
    }
}

extension [RuleState] {
    /// Alerts that are pending or firing.
    fileprivate var activePlaces: [AlertPlace] {
        indices.flatMap { i -> [AlertPlace] in
            let rule = self[i]
            guard rule.plan.rule.across == nil else {
                return rule.phase == .inactive ? [] : [AlertPlace(rule: i, group: nil)]
            }
            return rule.activeKeys.sorted().map { AlertPlace(rule: i, group: $0) }
        }
    }
}

extension AlertTarget {
    fileprivate func covers(_ place: AlertPlace, _ rules: [RuleState]) -> Bool {
        covers(rule: rules[place.rule].plan.name, group: place.group)
    }
}
