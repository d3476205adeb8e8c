import Alerting
import Configuration
import Engine
import Events
import Screen

/// One alert as a line: a sign and a word for its state, its name, and what is known of it.
struct AlertLine {
    enum State: Int {
        case firing, pending, resolved, quiet, waiting
    }

    /// Of the rule, by its place in the dashboard, and of one of its groups; nil: of the rule.
    var rule = 0
    var group: Key?
    var state: State
    var name: CleanText
    var detail: String
    /// Below the line, where there is room.
    var summary: String?
    /// Where an alert asks for nobody's attention.
    var isKept = false
    /// Why nobody is told of it.
    var mute: Mute?
    /// Its states in the last minutes, the newest at the right.
    var strip: [AlertTransition.Phase] = []

    var rank: Int { state.rawValue }

    func draw(column: Int, row: Int, width: Int, _ nameWidth: Int, on grid: inout Grid) {
        let (sign, word, style): (CleanText, CleanText, Style) =
            switch state {
            case .firing where mute != nil: ("▲", "firing", Style(.dim))
            case .firing where isKept: ("▲", "FIRING", Style(.warn))
            case .firing: ("▲", "FIRING", Style(.bad, bold: true))
            case .pending: ("○", "pending", Style(.warn))
            case .resolved: ("✓", "resolved", Style(.good))
            case .quiet: ("·", "quiet", Style(.dim))
            case .waiting: ("·", "waiting", Style(.dim))
            }
        let strip = width >= Self.stripWidth * 4 ? Self.stripWidth + 2 : 0
        if strip > 0 { drawStrip(column: column + width - Self.stripWidth, row: row, on: &grid) }
        let width = width - strip
        let isLoud = (state == .firing || state == .pending) && mute == nil
        let cells: [(text: CleanText, width: Int, style: Style)] = [
            (sign, 1, style), (word, 8, style),
            (name, nameWidth, isLoud ? Style(.text, bold: true) : Style(.dim)),
            (CleanText(detail), max(0, width - nameWidth - 13), Style(isLoud ? .text : .dim)),
        ]
        var start = column
        for (i, cell) in cells.enumerated() {
            let room = min(cell.width, column + width - start)
            guard room > 0 else { return }
            grid.write(
                cell.text.truncated(to: room), column: start, row: row, style: cell.style,
                width: room)
            start += cell.width + (i == 0 ? 1 : i == 1 ? 1 : 2)
        }
    }
}

extension AlertLine {
    static let stripWidth = AlertStrip.places

    private func drawStrip(column: Int, row: Int, on grid: inout Grid) {
        for (i, phase) in strip.enumerated() {
            let (sign, role): (CleanText, Role) =
                switch phase {
                case .inactive: ("·", .dim)
                case .pending: ("▄", .warn)
                case .firing: ("█", mute == nil ? .bad : .dim)
                }
            grid.write(sign, column: column + i, row: row, style: Style(role))
        }
    }
}

/// What an alert was in the last ten minutes before the last T, a place for each half minute: the
/// worst that it was then.
struct AlertStrip {
    static let places = 20
    static let step = Nanoseconds.seconds(30)

    let phases: [AlertTransition.Phase]

    /// `group`: whose alert; nil: that of the rule, or of any of its groups.
    init(state: AlertSnapshot, group: Key?) {
        guard state.evaluatedAt != .beginning else {
            phases = []
            return
        }
        let changes = state.changes.filter { group == nil || $0.groups.contains(group!) }
        // Before the first change that is remembered it was what that one came from.
        var phase = changes.first?.transition.from ?? .inactive
        if changes.isEmpty, group == nil { phase = state.phase }
        var rest = changes[...]
        var found: [AlertTransition.Phase] = []
        for place in 0..<Self.places {
            let end =
                state.evaluatedAt
                - Nanoseconds(rawValue: Self.step.rawValue * Int64(Self.places - 1 - place))
            var worst = phase
            while let next = rest.first, next.transition.at <= end {
                phase = next.transition.to
                worst = Self.worse(worst, phase)
                rest.removeFirst()
            }
            found.append(worst)
        }
        phases = found
    }

    private static func worse(
        _ a: AlertTransition.Phase, _ b: AlertTransition.Phase
    ) -> AlertTransition.Phase {
        a == .firing || b == .firing ? .firing : a == .pending || b == .pending ? .pending : b
    }
}

/// The lines of one rule.
struct AlertLines {
    let rule: Int
    let definition: AlertDefinition
    let state: AlertSnapshot
    let filter: KeySieve
    /// Processing time, by which silences end.
    let now: Timestamp

    /// How long after its end an alert is said to be resolved.
    static let resolvedFor = Nanoseconds.seconds(120)

    /// In the order of the rule's groups.
    var lines: [AlertLine] {
        unplaced.map { line in
            var line = line
            line.rule = rule
            line.strip = AlertStrip(state: state, group: line.group).phases
            if let mute = line.mute { line.detail = words(mute) + "  " + line.detail }
            return line
        }
    }

    private var unplaced: [AlertLine] {
        if definition.rule.across != nil {
            var line = whole
            line.mute = state.mute
            return [line]
        }
        let groups = state.groups.filter { filter.passes($0.key) }
        if !groups.isEmpty { return groups.map(line) }
        return !state.groups.isEmpty ? [] : [rest]
    }

    private func words(_ mute: Mute) -> String {
        switch mute {
        case .silenced(let silence):
            let rest = max(.zero, silence.until - now)
            return "silenced \(compactDuration(rest.rawValue)), \(silence.by): \(silence.reason)"
        case .acknowledged(let by, _): return "ack \(by)"
        case .inhibited(let by): return "inhibited by \(by)"
        }
    }

    private var name: CleanText { CleanText(definition.name) }

    /// The rule's one alert.
    private var whole: AlertLine {
        let firing = state.groups.filter { $0.phase == .firing }
        switch state.phase {
        case .firing:
            let keys = firing.map(\.key)
            let value = firing.first { !$0.value.isNaN }?.value ?? .nan
            return AlertLine(
                state: .firing, name: name,
                detail: "\(counted(firing.count)) \(age(state.since))  "
                    + list(keys),
                summary: definition.summary(of: keys, value: value),
                isKept: firing.allSatisfy(\.isKept))
        case .pending:
            return AlertLine(
                state: .pending, name: name,
                detail: "\(counted(state.groups.count)) \(progress(state.since))  "
                    + list(state.groups.map(\.key)))
        case .inactive:
            var rest = rest
            if !state.groups.isEmpty {
                rest.detail = "\(state.groups.count) of \(state.needed) \(noun(state.needed))"
            }
            return rest
        }
    }

    /// One group's alert.
    private func line(_ group: AlertGroup) -> AlertLine {
        let key = group.key.values.isEmpty ? "" : group.key.description + " "
        let value = group.value.isNaN ? "" : "  " + compactNumber(group.value) + threshold
        guard group.phase == .firing else {
            return AlertLine(
                group: group.key, state: .pending, name: name,
                detail: key + progress(group.since) + value, mute: group.mute)
        }
        return AlertLine(
            group: group.key, state: .firing, name: name,
            detail: key + age(group.since) + value + (group.isKept ? "  over, kept" : ""),
            summary: definition.summary(of: [group.key], value: group.value), isKept: group.isKept,
            mute: group.mute)
    }

    /// Nothing fires and nothing is pending.
    private var rest: AlertLine {
        if case .judged(let until)? = state.warming {
            return AlertLine(
                state: .waiting, name: name,
                detail: "judged until \(until.clock) in the run before  " + definition.when.text)
        }
        guard state.evaluatedAt != .beginning else {
            return AlertLine(state: .waiting, name: name, detail: definition.when.text)
        }
        if let warming = state.warming {
            return AlertLine(
                state: .waiting, name: name, detail: words(warming) + definition.when.text)
        }
        let end = state.changes.last {
            $0.transition.from == .firing && $0.transition.to == .inactive
        }
        if let end, state.evaluatedAt - end.transition.at <= Self.resolvedFor {
            let groups = list(end.groups)
            return AlertLine(
                state: .resolved, name: name,
                detail: "\(age(end.transition.at)) ago" + (groups.isEmpty ? "" : "  " + groups))
        }
        return AlertLine(state: .quiet, name: name, detail: definition.when.text)
    }

    /// Keys of several fields have blanks of their own.
    private func list(_ keys: [Key]) -> String {
        keys.map(\.description).joined(separator: definition.groups.count > 1 ? ", " : " ")
    }

    private func words(_ warming: AlertSnapshot.Warming) -> String {
        switch warming {
        case .until(let end): "warm in \(compactDuration((end - state.evaluatedAt).rawValue))  "
        case .judged: ""
        case .values(let n, let all): "warming \(n)/\(all)  "
        }
    }

    /// What the value is compared with, where that is one number: ` > 80`.
    private var threshold: String {
        guard
            case .binary(let op, let side, .literal(.number(let limit)))? =
                definition.when.condition.expression.firstComparison, side.readings.count == 1
        else { return "" }
        return " \(op.rawValue) \(compactNumber(limit))"
    }

    private func age(_ since: Timestamp) -> String {
        compactDuration((state.evaluatedAt - since).rawValue)
    }

    private func progress(_ since: Timestamp) -> String {
        "\(age(since)) of \(compactDuration(definition.rule.holdFor.rawValue))"
    }

    private func counted(_ count: Int) -> String { "\(count) \(noun(count))" }

    private func noun(_ count: Int) -> String {
        let noun = definition.groups.count == 1 ? definition.groups[0].name : "group"
        return count == 1 ? noun : noun + "s"
    }
}

extension AlertLine {
    /// Of rules, by their places in the dashboard: what fires comes first, then what is about to,
    /// what has just been resolved, and at last what is quiet; what nobody is told of comes behind
    /// its like.
    static func ordered(
        of rules: [Int], _ dashboard: Dashboard, _ snapshot: EngineSnapshot, _ filter: KeySieve
    ) -> [AlertLine] {
        rules.flatMap { rule in
            AlertLines(
                rule: rule, definition: dashboard.alerts[rule], state: snapshot.alerts[rule],
                filter: filter, now: snapshot.now
            ).lines
        }.enumerated().sorted { a, b in
            (a.element.rank, a.element.mute == nil ? 0 : 1, a.offset)
                < (b.element.rank, b.element.mute == nil ? 0 : 1, b.offset)
        }.map(\.element)
    }
}
