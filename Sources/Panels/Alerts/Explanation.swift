import Alerting
import Configuration
import Engine
import Events
import Queries
import Screen

/// Why an alert fires, or why it doesn't, in lines: its state, what each comparison finds, what has
/// to happen for that to change, and what the answer rests on.
package struct Explanation {
    package struct Line {
        package var sign: CleanText = .empty
        package var text: String
        var style = Style(.text)
        var signStyle = Style(.dim)
    }

    let definition: AlertDefinition
    let state: AlertSnapshot
    /// The group that it is about: the one asked for, else the first that fires, else the one that
    /// is nearest to it. nil: there is none.
    let key: Key?
    /// The rows of its groups, the nearest to firing first.
    private let order: [Int]
    let snapshot: EngineSnapshot
    let dashboard: Dashboard
    let clock: ScreenClock

    package init(
        rule: Int, group: Key?, _ dashboard: Dashboard, _ snapshot: EngineSnapshot,
        clock: ScreenClock
    ) {
        definition = dashboard.alerts[rule]
        state = snapshot.alerts[rule]
        self.snapshot = snapshot
        self.dashboard = dashboard
        self.clock = clock
        let rows = state.rows
        order = Self.order(definition, state)
        key = group ?? state.groups.first?.key ?? order.first.map { rows.keys[$0] }
    }

    /// Rows by how little is missing for `when` to hold.
    private static func order(_ definition: AlertDefinition, _ state: AlertSnapshot) -> [Int] {
        let gaps = state.rows.keys.indices.map { missing(definition, state.rows[$0]) }
        return gaps.indices.sorted { (gaps[$0], $0) < (gaps[$1], $1) }
    }

    /// The sum of the shares by which comparisons fail; unknown ones count most.
    private static func missing(_ definition: AlertDefinition, _ row: [Double]) -> Double {
        let trace = ConditionTrace(
            definition.when.condition, readings: definition.readings, values: row)
        return trace.parts.reduce(0) { sum, part in
            if part.holds == true { return sum }
            guard let distance = part.distance else { return sum + 10 }
            return sum + min(9, distance / max(abs(part.right), 1e-9))
        }
    }

    var row: [Double] {
        key.flatMap { key in state.rows.keys.firstIndex(of: key) }.map { state.rows[$0] } ?? []
    }

    package var title: String {
        let name = key.map { $0.values.isEmpty ? "" : "\($0)" } ?? ""
        let isNearest = state.groups.isEmpty && !name.isEmpty
        return definition.name
            + (isNearest ? "  nearest: \(name)" : name.isEmpty ? "" : "  \(name)")
    }

    /// A line for each group, at most 200.
    var groupLines: [Line] {
        guard state.rows.keys.count > 1 else { return [] }
        let phases = Dictionary(
            state.groups.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
        return order.prefix(200).map { row in
            let key = state.rows.keys[row]
            let group = phases[key]
            let (sign, style): (CleanText, Style) =
                switch group?.phase {
                case .firing?: ("▲", Style(.bad))
                case .pending?: ("○", Style(.warn))
                default: ("·", Style(.dim))
                }
            let age =
                group.map { "  " + compactDuration((state.evaluatedAt - $0.since).rawValue) } ?? ""
            let trace = ConditionTrace(
                definition.when.condition, readings: definition.readings,
                values: state.rows[row])
            let part = trace.parts.first { $0.holds != true } ?? trace.parts[0]
            return Line(
                sign: sign, text: "\(key)\(age)  \(part.words)",
                style: key == self.key ? Style(.text, bold: true) : Style(.text), signStyle: style)
        }
    }

    /// What has become of the alert, the newest first.
    var changeLines: [Line] {
        state.changes.reversed().map { change in
            let keys = change.groups.prefix(8).map(\.description).joined(separator: ", ")
            let isEnd = change.transition.from == .firing
            let word = isEnd ? "resolved" : change.transition.to.rawValue
            let at = clock.time(change.transition.at)
            return Line(
                text: "\(at)  \(word)  \(keys)  \(compactNumber(change.value))", style: Style(.dim))
        }
    }

    /// The group's own state; with `across` that of the whole is beside it.
    private var group: AlertGroup? { state.groups.first { $0.key == key } }

    package var lines: [Line] {
        [stateLine] + muteLines + conditionLines + [ruleLine, nextLine] + trustLines
    }

    // MARK: State

    private var phase: AlertTransition.Phase {
        definition.rule.across == nil ? group?.phase ?? .inactive : state.phase
    }

    private var since: Timestamp {
        definition.rule.across == nil ? group?.since ?? state.since : state.since
    }

    private var stateLine: Line {
        let age = compactDuration((state.evaluatedAt - since).rawValue)
        switch phase {
        case .firing:
            let kept = group?.isKept == true ? "; its condition is over, and it is only kept" : ""
            return Line(
                sign: "▲", text: "FIRING since \(clock.time(since)), for \(age)\(kept)",
                style: Style(.bad, bold: true), signStyle: Style(.bad, bold: true))
        case .pending:
            return Line(
                sign: "○",
                text: "pending since \(clock.time(since)), for \(age) of "
                    + compactDuration(definition.rule.holdFor.rawValue), style: Style(.warn),
                signStyle: Style(.warn))
        case .inactive:
            let text =
                state.evaluatedAt == .beginning
                ? "not evaluated yet" : "not firing, as of \(clock.time(state.evaluatedAt))"
            return Line(sign: "·", text: text, style: Style(.dim))
        }
    }

    private var muteLines: [Line] {
        guard let mute = definition.rule.across == nil ? group?.mute : state.mute else { return [] }
        let text: String
        switch mute {
        case .silenced(let silence):
            text = "silenced by \(silence.by) until \(clock.time(silence.until)): \(silence.reason)"
        case .acknowledged(let by, let at): text = "acknowledged by \(by) at \(clock.time(at))"
        case .inhibited(let by): text = "inhibited by \(by), which fires"
        }
        return [Line(text: text, style: Style(.dim))]
    }

    // MARK: Conditions

    private var conditionLines: [Line] {
        if let sequence = definition.sequence { return stepLines(sequence) }
        return traceLines(definition.when, "when")
            + (definition.clear.map { traceLines($0, "clear") } ?? [])
    }

    private func stepLines(_ sequence: SequenceRule) -> [Line] {
        let title = "within \(durationText(sequence.within)), one after the other"
        var lines = [Line(text: title, style: Style(.title))]
        for (i, step) in zip(sequence.steps, definition.steps).enumerated() {
            let words = step.0.isAbsent ? "and none with  " : "an event with  "
            lines.append(Line(text: "  \(i + 1)  \(words)\(step.1)"))
        }
        if state.missed > 0 {
            let words = "\(state.missed) events came too late, or past a bound, and were left out"
            lines.append(Line(sign: "!", text: words, signStyle: Style(.warn)))
        }
        return lines
    }

    private func traceLines(_ when: AlertDefinition.When, _ word: String) -> [Line] {
        let trace = ConditionTrace(
            when.condition, readings: definition.readings, values: row)
        var lines = [Line(text: "\(word)  \(when.text)", style: Style(.title))]
        lines += trace.parts.map { part in
            let (sign, style): (CleanText, Style) =
                switch part.holds {
                case true?: ("✓", Style(.good))
                case false?: ("✗", Style(.warn))
                case nil: ("?", Style(.dim))
                }
            return Line(sign: sign, text: "  " + part.words, signStyle: style)
        }
        return lines
    }

    // MARK: The rule

    private var ruleLine: Line {
        let rule = definition.rule
        var words: [String] = []
        if rule.holdFor > .zero { words.append("for \(durationText(rule.holdFor))") }
        if rule.across != nil {
            let firing = state.groups.count { $0.phase == .firing }
            words.append("across \(state.needed) of \(state.seen) groups; \(firing) fire")
        }
        if rule.keepFiringFor > .zero {
            words.append("kept for \(durationText(rule.keepFiringFor))")
        }
        words.append("no data: \(rule.noData.rawValue)")
        if let every = definition.every { words.append("every \(durationText(every))") }
        return Line(text: words.joined(separator: " · "), style: Style(.dim))
    }

    private var nextLine: Line {
        switch state.warming {
        case .until(let end)?:
            return Line(text: "until \(clock.time(end)) there is no value that much earlier")
        case .judged(let until)?:
            return Line(text: "it was judged until \(clock.time(until)) in the run before")
        case .values(let n, let all)?:
            return Line(text: "what is usual isn't known yet: \(n) of \(all) values")
        case nil: break
        }
        let rule = definition.rule
        if definition.sequence != nil, phase != .pending {
            return Line(
                text: phase == .firing
                    ? "it is resolved at the next T without a match"
                    : "it fires after the last step")
        }
        switch phase {
        case .pending:
            return Line(
                text: "it fires at \(clock.time(since + rule.holdFor)), if that holds until then")
        case .firing:
            let end = definition.clear.map { "`\($0.text)` holds" } ?? "that no longer holds"
            let groups = rule.across == nil ? "" : " for so many that under \(state.needed) fire"
            return Line(text: "it is resolved once \(end)\(groups)")
        case .inactive:
            let time = rule.holdFor > .zero ? " for \(durationText(rule.holdFor))" : ""
            let groups = rule.across == nil ? "" : " in \(state.needed) groups"
            return Line(text: "it fires once all that is missing above holds\(time)\(groups)")
        }
    }

    // MARK: What it rests on

    private var streams: [Int] {
        let views = definition.columns.values.map { dashboard.views[$0.view].stream }
        return Set(views + (definition.sequence.map { [$0.stream] } ?? [])).sorted()
    }

    private var trustLines: [Line] {
        streams.map { i in
            let stream = snapshot.streams[i]
            var words = ["\(stream.name): watermark \(watermark(stream))"]
            if stream.books.late > 0 { words.append("\(stream.books.late) late") }
            if stream.books.deadLettered > 0 { words.append("\(stream.books.deadLettered) dead") }
            if stream.books.dropped > 0 { words.append("\(stream.books.dropped) dropped") }
            if !stream.drifted.isEmpty { words.append("\(stream.drifted.count) fields drift") }
            return Line(text: words.joined(separator: " · "), style: Style(.dim))
        }
    }

    private func watermark(_ stream: StreamSnapshot) -> String {
        switch stream.watermark {
        case .beginning: return "not known yet"
        case .end: return "at the end of time"
        default:
            let behind = compactDuration((snapshot.now - stream.watermark).rawValue)
            return "\(clock.time(stream.watermark)), \(behind) behind"
        }
    }
}
