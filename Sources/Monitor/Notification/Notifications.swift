import Alerting
import Configuration
import Engine
import Events

/// Follows the alerts of a live run, and has receivers told of those that fire. Of the engine's
/// thread, which it never holds up.
struct Notifications {
    private let notifiers: [Notifier]
    /// Alerts that fire, by their place in the plan.
    private var firing: [AlertPlace: AlertNote] = [:]
    /// Of those that fire or are pending, the ones that nobody is told of.
    private var muted: Set<AlertPlace> = []
    /// Of the plan that the places are of; nil: nothing was looked at yet.
    private var plan: Int?

    init(_ notifiers: [Notifier]) { self.notifiers = notifiers }

    /// What an input led to.
    mutating func take(_ effects: [Effect], _ engine: borrowing Engine, _ programs: Programs) {
        let dashboard = programs[engine.plan.number].dashboard
        guard plan == engine.plan.number else {
            begin(engine.snapshot(), dashboard)
            plan = engine.plan.number
            return
        }
        // Mutes come after the changes that they are about, and yet nobody may hear of those.
        for case .alert(let rule, let change) in effects where change.transition.to == .inactive {
            muted.remove(place(change, rule, dashboard.alerts[rule]))
        }
        for case .attention(let place, let mute) in effects {
            if mute == nil { muted.remove(place) } else { muted.insert(place) }
        }
        for effect in effects {
            switch effect {
            case .alert(let rule, let change): take(change, rule, dashboard.alerts[rule])
            case .attention(let place, _): lookAgain(at: place)
            case .pane, .revision, .acted, .trouble: break
            }
        }
    }

    func close() { for notifier in notifiers { notifier.close() } }

    private mutating func take(_ change: AlertChange, _ rule: Int, _ definition: AlertDefinition) {
        let place = place(change, rule, definition)
        let at = change.transition.at
        if change.transition.to == .firing {
            var note = AlertNote(
                definition, group: place.group, keys: change.groups, value: change.value,
                since: at)
            note.isMuted = muted.contains(place)
            firing[place] = note
            tell(note)
        } else if change.transition.from == .firing, var note = firing.removeValue(forKey: place) {
            note.resolvedAt = at
            note.isMuted = false
            tell(note)
        }
    }

    private func place(
        _ change: AlertChange, _ rule: Int, _ definition: AlertDefinition
    ) -> AlertPlace {
        let isOne = definition.rule.across != nil
        return AlertPlace(rule: rule, group: isOne ? nil : change.groups.first)
    }

    private mutating func lookAgain(at place: AlertPlace) {
        guard var note = firing[place], note.isMuted != muted.contains(place) else { return }
        note.isMuted = muted.contains(place)
        firing[place] = note
        tell(note)
    }

    /// The alerts that fire when a run or a plan begins.
    private mutating func begin(_ snapshot: EngineSnapshot, _ dashboard: Dashboard) {
        (firing, muted) = ([:], [])
        for (rule, (state, definition)) in zip(snapshot.alerts, dashboard.alerts).enumerated() {
            let groups = state.groups.filter { $0.phase == .firing }
            if definition.rule.across != nil {
                if state.mute != nil { muted.insert(AlertPlace(rule: rule, group: nil)) }
                guard state.phase == .firing else { continue }
                var note = AlertNote(
                    definition, group: nil, keys: groups.map(\.key),
                    value: groups.first?.value ?? .nan, since: state.since)
                note.isMuted = state.mute != nil
                firing[AlertPlace(rule: rule, group: nil)] = note
            } else {
                for group in state.groups where group.mute != nil {
                    muted.insert(AlertPlace(rule: rule, group: group.key))
                }
                for group in groups {
                    var note = AlertNote(
                        definition, group: group.key, keys: [group.key], value: group.value,
                        since: group.since)
                    note.isMuted = group.mute != nil
                    firing[AlertPlace(rule: rule, group: group.key)] = note
                }
            }
        }
        let notes = firing.values.sorted { $0.identity < $1.identity }
        for notifier in notifiers { notifier.begin(notes) }
    }

    private func tell(_ note: AlertNote) {
        for notifier in notifiers { notifier.tell(note) }
    }
}
