import Alerting
import Configuration
import Engine
import Events
import Queries

/// What an alert did, held against what a test expects of it.
struct AlertComparison {
    /// All that changed in one way at one instant.
    private struct Event {
        var at: Timestamp
        var groups: [[String]]
        var value: Double
    }

    enum Kind: CaseIterable { case pending, firing, resolved }

    private let name: String
    private let beginning: Timestamp
    /// In the order of time.
    private var events: [Kind: [Event]] = [:]

    init(
        _ dashboard: Dashboard, _ alert: Int, _ changes: [Rehearsal.Change],
        since beginning: Timestamp
    ) {
        name = dashboard.alerts[alert].name
        self.beginning = beginning
        for (_, change) in changes.filter({ $0.alert == alert }) {
            guard let kind = Kind(change.transition) else { continue }
            add(change, to: kind)
        }
    }

    private mutating func add(_ change: AlertChange, to kind: Kind) {
        let groups = change.groups.map { $0.values.map(\.description) }
        let known = events[kind, default: []].lastIndex { $0.at == change.transition.at }
        if let known {
            events[kind]![known].groups += groups
            if events[kind]![known].value.isNaN { events[kind]![known].value = change.value }
        } else {
            let event = Event(at: change.transition.at, groups: groups, value: change.value)
            events[kind, default: []].append(event)
        }
    }

    // MARK: What is expected and didn't come

    func differences(from expected: AlertExpectation) -> [String] {
        if expected.never {
            guard let first = events[.firing]?.first else { return [] }
            return ["\(name) fires\n  expected  never\n  found     \(words(first))"]
        }
        var found: [String] = []
        var subject: Event??
        for kind in [Kind.firing, .pending, .resolved] {
            guard let time = expected.time(kind) else { continue }
            let event = events[kind]?.first { $0.at == time.instant(beginning) }
            if event == nil {
                let times = events[kind, default: []].map(words).joined(separator: ", ")
                found.append(
                    "\(name) \(kind.words)\n  expected  \(time.words(beginning))\n  found     "
                        + (times.isEmpty ? "never" : times))
            }
            if subject == nil { subject = .some(event) }
        }
        guard case .some(.some(let event)) = subject else { return found }
        return found + differences(event, expected)
    }

    private func differences(_ event: Event, _ expected: AlertExpectation) -> [String] {
        var found: [String] = []
        let place = "\(name) at \(TestTime.at(event.at).words(beginning))"
        let names = Set(event.groups)
        switch expected.groups {
        case .count(let count) where count != names.count:
            found.append(
                "\(place)\n  expected  \(count) groups\n  found     \(names.count): "
                    + words(event.groups))
        case .names(let wanted) where Set(wanted) != names:
            found.append(
                "\(place)\n  expected  \(words(wanted))\n  found     \(words(event.groups))")
        default: break
        }
        if let value = expected.value, shown(value) != shown(event.value) {
            found.append(
                "\(place)\n  expected  \(shown(value))\n  found     \(shown(event.value))")
        }
        return found
    }

    // MARK: What came and isn't expected

    func unexpected(_ expectations: [AlertExpectation]) -> [String] {
        Kind.allCases.flatMap { kind -> [String] in
            let wanted = expectations.compactMap { $0.time(kind)?.instant(beginning) }
            if wanted.isEmpty { return [] }
            let others = events[kind, default: []].filter { !wanted.contains($0.at) }
            // Where nothing was found at its time, what was found is named already.
            let isMissed = wanted.contains { time in
                !events[kind, default: []].contains { $0.at == time }
            }
            if others.isEmpty || isMissed { return [] }
            let times = others.map(words).joined(separator: ", ")
            return ["\(name) \(kind.words)\n  expected  at no other time\n  found     \(times)"]
        }
    }

    private func words(_ event: Event) -> String {
        let groups = words(event.groups)
        let time = TestTime.at(event.at).words(beginning)
        return groups.isEmpty ? time : "\(time) (\(groups))"
    }

    /// At most five by name.
    private func words(_ groups: [[String]]) -> String {
        let names = Set(groups).map { $0.joined(separator: " · ") }.sorted()
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        return names.prefix(5).joined(separator: ", ") + more
    }
}

extension AlertComparison.Kind {
    fileprivate init?(_ transition: AlertTransition) {
        switch (transition.from, transition.to) {
        case (_, .pending): self = .pending
        case (_, .firing): self = .firing
        case (.firing, .inactive): self = .resolved
        case (_, .inactive): return nil
        }
    }

    fileprivate var words: String {
        switch self {
        case .pending: "becomes pending"
        case .firing: "fires"
        case .resolved: "is resolved"
        }
    }
}

extension AlertExpectation {
    fileprivate func time(_ kind: AlertComparison.Kind) -> TestTime? {
        switch kind {
        case .pending: pendingAt
        case .firing: firingAt
        case .resolved: resolvedAt
        }
    }
}

extension TestTime {
    /// So long after the first event, whichever way it was written.
    func words(_ beginning: Timestamp) -> String {
        let length = instant(beginning) - beginning
        return length < .zero
            ? "-" + durationText(Nanoseconds(rawValue: -length.rawValue)) : durationText(length)
    }
}
