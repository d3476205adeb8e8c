import Configuration
import Engine
import Events
import Queries
import Screen

/// What a person does about an alert: the chosen line of a panel of alerts; from any other panel,
/// the alert that matters most.
extension ScreenState {
    func chosenAlert(_ snapshot: EngineSnapshot) -> AlertLine? {
        guard !dashboard.alerts.isEmpty else { return nil }
        var rules = Array(dashboard.alerts.indices)
        var selection = 0
        if panels.indices.contains(focus), case .alerts(let alert) = panels[focus].content {
            selection = panelStates[focus].selection
            if let alert { rules = [alert] }
        }
        let lines = AlertLine.ordered(of: rules, dashboard, snapshot, filter.sieve)
        return lines.isEmpty ? nil : lines[min(selection, lines.count - 1)]
    }

    private func target(_ line: AlertLine) -> AlertTarget {
        AlertTarget(rule: dashboard.alerts[line.rule].name, group: line.group)
    }

    mutating func acknowledge(_ snapshot: EngineSnapshot) -> ScreenCommand? {
        guard let line = chosenAlert(snapshot), line.state == .firing || line.state == .pending
        else {
            say("no alert is pending or firing")
            return nil
        }
        let target = target(line)
        if case .acknowledged? = line.mute {
            say("\(target.words) asks for attention again")
            return .act(.withdraw(target, by: user))
        }
        say("\(target.words) is acknowledged by \(user)")
        return .act(.acknowledge(target, by: user))
    }

    mutating func beginSilence(_ snapshot: EngineSnapshot) {
        guard let line = chosenAlert(snapshot) else { return say("the dashboard has no alerts") }
        prompt = Prompt(kind: .silence(target(line)), line: LineEditor("1h "))
    }

    /// `1h the sensor is being changed`
    mutating func silence(
        _ target: AlertTarget, _ text: String, _ snapshot: EngineSnapshot
    ) -> ScreenCommand? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first, let time = parseDuration(first), time > .zero,
            parts.count > 1
        else {
            say(
                "a silence has a time and a reason: `1h the sensor is being changed`",
                isProblem: true)
            return nil
        }
        say("\(target.words) is silenced for \(durationText(time))")
        return .act(
            .silence(
                Silence(
                    target: target, until: snapshot.now + time,
                    reason: String(parts[1].prefix(200)), by: user)))
    }

    /// The lines of `:silences`.
    func silenceLines(_ snapshot: EngineSnapshot) -> [String] {
        snapshot.silences.map { silence in
            let rest = compactDuration(max(.zero, silence.until - snapshot.now).rawValue)
            return "\(silence.number)  \(silence.target.words), \(rest) more, \(silence.by): "
                + silence.reason
        }
    }

    /// `unsilence 17`, or the only one.
    mutating func unsilence(_ text: String, _ snapshot: EngineSnapshot) -> ScreenCommand? {
        let numbers = snapshot.silences.map(\.number)
        guard let number = UInt64(text) ?? (numbers.count == 1 ? numbers[0] : nil),
            numbers.contains(number)
        else {
            say(
                numbers.isEmpty
                    ? "there is no silence"
                    : "which one? " + numbers.map(String.init).joined(separator: ", "),
                isProblem: true)
            return nil
        }
        say("silence \(number) is over")
        return .act(.unsilence(number, by: user))
    }
}
