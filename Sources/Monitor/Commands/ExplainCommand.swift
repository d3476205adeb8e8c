import Alerting
import ArgumentParser
import Configuration
import Engine
import Events
import Panels

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why an alert of a recording fired, or why it didn't.",
        discussion: """
            For each change of the alert: what its condition found, the windows and events behind \
            that, and how far the streams were; at the end, what is missing for it to fire.

              weir explain incident.weir overheating
              weir explain incident.weir overheating --group lyon --events 20
            """)

    @Argument(help: "A recording.")
    var file: String

    @Argument(help: "The alert, by its name.")
    var alert: String

    @Option(help: "Only changes that this group has part in.")
    var group: String?

    @Option(help: "Events to list of each window, the newest; 0 for none.")
    var events: Int = 5

    @Option(
        name: [.customShort("d"), .customLong("dashboard")],
        help: "Another dashboard to explain it by.")
    var dashboard: String?

    func validate() throws {
        guard 0...10_000 ~= events else {
            throw ValidationError("--events is 0 to 10000")
        }
    }

    func run() throws {
        let recording = try RecordedRun(
            file, showing: try dashboard.map(readDashboard), recentBytes: ShowOptions.recentBytes)
        let names = recording.program.dashboard.alerts.map(\.name)
        guard names.contains(alert) else {
            let list = names.isEmpty ? "none" : names.map { "`\($0)`" }.joined(separator: ", ")
            throw Ending(.usage, "\(file) has no alert `\(alert)`; there is \(list)")
        }
        let programs = Programs(recording.program)
        var output = Output()
        var account = Account(alert: alert, group: group, events: events)
        var failure: Ending?
        let playback = Playback(recording, cores: availableCores)
        let last = playback.run(programs, nil) { engine, effects in
            let lines = account.lines(effects, engine, programs)
            guard !lines.isEmpty else { return true }
            output.add(lines.joined(separator: "\n") + "\n\n")
            do throws(Ending) { try output.flush() } catch { failure = error }
            return failure == nil && !output.isClosed
        }
        if let failure { throw failure }
        output.add(end(last.snapshot(), programs[last.plan.number].dashboard))
        try output.flush()
    }

    /// How it stands where the recording ends.
    private func end(_ snapshot: EngineSnapshot, _ dashboard: Dashboard) -> String {
        guard let rule = dashboard.alerts.firstIndex(where: { $0.name == alert }) else { return "" }
        let explanation = Explanation(
            rule: rule, group: snapshot.alerts[rule].groups.first { "\($0.key)" == group }?.key,
            dashboard, snapshot, clock: .utc)
        let lines = explanation.lines.map { line in
            "    " + (line.sign.isEmpty ? "  " : line.sign.string + " ") + line.text
        }
        return "at the end  \(explanation.title)\n" + lines.joined(separator: "\n") + "\n"
    }
}

/// The changes of one alert as they come.
private struct Account {
    let alert: String
    let group: String?
    let events: Int
    /// Since when a group is pending; with `across` all of them together.
    private var pending: [[Key]: Timestamp] = [:]

    init(alert: String, group: String?, events: Int) {
        (self.alert, self.group, self.events) = (alert, group, events)
    }

    mutating func lines(
        _ effects: [Effect], _ engine: borrowing Engine, _ programs: Programs
    ) -> [String] {
        var lines: [String] = []
        for case .alert(let rule, let change) in effects {
            let dashboard = programs[engine.plan.number].dashboard
            let definition = dashboard.alerts[rule]
            guard definition.name == alert else { continue }
            let since = pendingSince(change, isWhole: definition.rule.across != nil)
            if let group, !change.groups.contains(where: { "\($0)" == group }) { continue }
            if !lines.isEmpty { lines.append("") }
            lines +=
                DecisionPath(
                    definition: definition, change: change, pendingSince: since,
                    dashboard: dashboard, snapshot: engine.snapshot(), eventLimit: events
                ).lines
        }
        return lines
    }

    private mutating func pendingSince(_ change: AlertChange, isWhole: Bool) -> Timestamp? {
        let place = isWhole ? [] : change.groups
        switch change.transition.to {
        case .pending: pending[place] = change.transition.at
        case .firing: return pending[place]
        case .inactive: return pending.removeValue(forKey: place)
        }
        return nil
    }
}
