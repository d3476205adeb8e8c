import Alerting
import Configuration
import Engine
import Events
import Queries

/// What led to a change of an alert, in lines: what its condition found, the evaluations before
/// that, the window with its events, and how far the streams were.
struct DecisionPath {
    /// Evaluations that are listed, the newest of them.
    static let evaluationLimit = 20

    let definition: AlertDefinition
    let change: AlertChange
    /// Since when it was pending, if it was.
    let pendingSince: Timestamp?
    /// The dashboard, and what was known, as it changed.
    let dashboard: Dashboard
    let snapshot: EngineSnapshot
    /// Events that are listed, the newest of the window.
    let eventLimit: Int

    var lines: [String] {
        let rest = summaryLine + conditionLines + evaluationLines + eventLines + trustLines
        return [headline] + rest.map { "    " + $0 }
    }

    private var at: Timestamp { change.transition.at }

    private var headline: String {
        let groups = change.groups.map(\.description).joined(separator: ", ")
        return "\(at.rfc3339)  \(change.transition.word)\(groups.isEmpty ? "" : "  \(groups)")"
            + "  (snapshot \(snapshot.number))"
    }

    private var summaryLine: [String] {
        definition.summary(of: change.groups, value: change.value).map { [$0] } ?? []
    }

    // MARK: The condition

    private var conditionLines: [String] {
        if let sequence = definition.sequence { return stepLines(sequence) + [ruleLine] }
        let isEnd = change.transition.to == .inactive
        return lines(definition.when, "when")
            + (isEnd ? definition.clear.map { lines($0, "clear") } ?? [] : []) + [ruleLine]
    }

    private func lines(_ when: AlertDefinition.When, _ word: String) -> [String] {
        let trace = ConditionTrace(
            when.condition, readings: definition.readings, values: change.values)
        return ["\(word)  \(when.text)"]
            + trace.parts.map { part in
                "  \(part.holds.map { $0 ? "✓" : "✗" } ?? "?") \(part.words)"
            }
    }

    private func stepLines(_ sequence: SequenceRule) -> [String] {
        ["within \(durationText(sequence.within))"]
            + zip(sequence.steps, definition.steps).map { step, text in
                "  \(step.isAbsent ? "none with" : "an event with") \(text)"
            }
    }

    private var ruleLine: String {
        let rule = definition.rule
        var words: [String] = []
        if rule.holdFor > .zero { words.append("for \(durationText(rule.holdFor))") }
        if let across = rule.across {
            words.append("across \(across.needed(of: max(1, state?.seen ?? 1))) groups")
        }
        if rule.keepFiringFor > .zero {
            words.append("kept for \(durationText(rule.keepFiringFor))")
        }
        words.append("no data: \(rule.noData.rawValue)")
        if let pendingSince {
            let word = change.transition.to == .firing ? "pending since" : "begun"
            let length = durationText(at - pendingSince)
            words.append("\(word) \(pendingSince.rfc3339), \(length) before")
        }
        return words.joined(separator: " · ")
    }

    private var state: AlertSnapshot? { snapshot.alerts.first { $0.name == definition.name } }

    // MARK: Windows

    /// The column whose value the alert shows; nil for a rule about health or of a sequence.
    private var column: ViewColumn? {
        definition.readings.first.flatMap { definition.columns[$0.column] }
    }

    /// The first group's key in the view of that column.
    private func key(in view: ViewSnapshot) -> Key? {
        guard let group = change.groups.first else { return nil }
        let names = definition.groups.map(\.name)
        return Key(
            view.keyNames.compactMap { name in
                names.firstIndex(of: name).flatMap {
                    $0 < group.values.count ? group.values[$0] : nil
                }
            })
    }

    /// Of the first group: windows that ended while it was pending, or the last ones.
    private var evaluationLines: [String] {
        guard let column else { return [] }
        let view = snapshot.views[column.view]
        guard view.window != nil, let key = key(in: view),
            let slot = view.keys.firstIndex(of: key)
        else { return [] }
        let panes = view.history.filter { $0.end <= at }
        let held = pendingSince.map { since in panes.count { $0.end >= since } } ?? 0
        let shown = panes.suffix(min(Self.evaluationLimit, max(3, held + 1)))
        let name = definition.readings[0].column.description
        let more = min(held + 1, panes.count) - shown.count
        return ["windows of \(key.values.isEmpty ? view.name : "\(key)")"]
            + (more > 0 ? ["  … \(more) before"] : [])
            + shown.map { pane in
                let row = pane.row(of: Int32(slot))
                let value = row.map { pane.values[column.aggregate][$0] } ?? .nan
                let events = row.map { pane.counts[$0] } ?? 0
                return "  \(pane.start.clock)–\(pane.end.clock)  \(name) "
                    + (value.isNaN ? "–" : plainNumber(rounded(value, digits: 6)))
                    + "  of \(events) event\(events == 1 ? "" : "s")"
            }
    }

    /// The records behind the value.
    private var eventLines: [String] {
        guard let column, let window = change.window else { return [] }
        let view = snapshot.views[column.view]
        let stream = snapshot.streams[dashboard.views[column.view].stream]
        let key = key(in: view).flatMap { $0.values.isEmpty ? nil : $0 }
        let (found, total) = view.events(
            of: key, in: view.window == nil ? nil : window, among: stream.recent, limit: eventLimit)
        guard eventLimit > 0, total > 0 else { return [] }
        let which = found.count < total ? "the newest \(found.count) of \(total)" : "\(total)"
        return ["events: \(which)"]
            + found.map { record in
                let text = String(decoding: record.bytes, as: UTF8.self)
                return "  \(record.origin.source):\(record.offset + 1)  "
                    + harmless(text, onOneLine: true)
            }
    }

    private var trustLines: [String] {
        let views = definition.columns.values.map { dashboard.views[$0.view].stream }
        let streams = Set(views + (definition.sequence.map { [$0.stream] } ?? []))
        return streams.sorted().map { i in
            let stream = snapshot.streams[i]
            return "\(stream.name): watermark \(stream.watermark.rfc3339)"
                + " · \(stream.books.late) late · \(stream.books.deadLettered) dead"
                + " · \(stream.books.dropped) dropped"
        }
    }
}
