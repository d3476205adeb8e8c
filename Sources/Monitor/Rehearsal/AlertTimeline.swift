import Alerting
import Configuration
import Engine
import Events

/// When which alerts fired, and how that differs from another time.
struct AlertTimeline {
    /// An alert from when it fires until it is resolved.
    struct Episode: Hashable {
        var firing: Timestamp
        /// `.end`: not by the end of the data.
        var resolved: Timestamp
    }

    /// An alert, and which of its groups; nil: the rule has one alert for all of them.
    struct Subject: Hashable {
        var alert: String
        var group: String?
    }

    /// In the order of the dashboard's alerts, then of their groups.
    private(set) var subjects: [Subject] = []
    /// Of each subject, in the order of time.
    private(set) var episodes: [Subject: [Episode]] = [:]

    init(_ dashboard: Dashboard, _ changes: [Rehearsal.Change]) {
        for (index, change) in changes {
            let definition = dashboard.alerts[index]
            let isOne = definition.rule.across != nil
            let group = isOne ? nil : change.groups.first?.description
            let subject = Subject(alert: definition.name, group: group == "" ? nil : group)
            let at = change.transition.at
            if change.transition.to == .firing {
                episodes[subject, default: []].append(Episode(firing: at, resolved: .end))
            } else if change.transition.from == .firing {
                let last = episodes[subject]!.count - 1
                episodes[subject]![last].resolved = at
            }
        }
        let order = Dictionary(
            uniqueKeysWithValues: dashboard.alerts.enumerated().map { ($1.name, $0) })
        subjects = episodes.keys.sorted { a, b in
            a.alert == b.alert
                ? (a.group ?? "") < (b.group ?? "") : order[a.alert]! < order[b.alert]!
        }
    }

    var count: Int { episodes.values.reduce(0) { $0 + $1.count } }
}

/// How an alert fired in two runs over the same data.
struct TimelineDifference {
    enum Kind: String, CaseIterable {
        case new, gone, earlier, later
        /// It fires when it did, and is resolved before or after it was.
        case shorter, longer
    }

    var kind: Kind
    var subject: AlertTimeline.Subject
    /// nil: it is new.
    var before: AlertTimeline.Episode?
    /// nil: it is gone.
    var now: AlertTimeline.Episode?

    /// How much earlier or later, shorter or longer, without a sign; nil where it can't be said.
    var by: Nanoseconds? {
        guard let before, let now else { return nil }
        let (a, b) =
            before.firing == now.firing
            ? (before.resolved, now.resolved) : (before.firing, now.firing)
        if a == .end || b == .end { return nil }
        return a < b ? b - a : a - b
    }

    /// In the order of subjects, then of time. An alert of the one run is that of the other if
    /// both fired at some time.
    static func between(_ before: AlertTimeline, _ now: AlertTimeline) -> [TimelineDifference] {
        let gone = before.subjects.filter { !now.subjects.contains($0) }
        return (now.subjects + gone).flatMap { subject in
            differences(
                subject, before.episodes[subject] ?? [], now.episodes[subject] ?? [])
        }
    }

    private static func differences(
        _ subject: AlertTimeline.Subject, _ before: [AlertTimeline.Episode],
        _ now: [AlertTimeline.Episode]
    ) -> [TimelineDifference] {
        var (i, j) = (0, 0)
        var found: [TimelineDifference] = []
        while i < before.count || j < now.count {
            let (a, b) = (i < before.count ? before[i] : nil, j < now.count ? now[j] : nil)
            if let a, let b, a.overlaps(b) {
                if let kind = Kind(a, b) {
                    found.append(
                        TimelineDifference(kind: kind, subject: subject, before: a, now: b))
                }
                (i, j) = (i + 1, j + 1)
            } else if let a, b.map({ a.firing < $0.firing }) ?? true {
                found.append(TimelineDifference(kind: .gone, subject: subject, before: a))
                i += 1
            } else {
                found.append(TimelineDifference(kind: .new, subject: subject, now: b))
                j += 1
            }
        }
        return found
    }
}

extension TimelineDifference.Kind {
    /// nil: there is no difference.
    fileprivate init?(_ before: AlertTimeline.Episode, _ now: AlertTimeline.Episode) {
        if now.firing != before.firing {
            self = now.firing < before.firing ? .earlier : .later
        } else if now.resolved != before.resolved {
            self = now.resolved < before.resolved ? .shorter : .longer
        } else {
            return nil
        }
    }
}

extension AlertTimeline.Episode {
    fileprivate func overlaps(_ other: Self) -> Bool {
        firing < other.resolved && other.firing < resolved
    }
}
