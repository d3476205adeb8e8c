import Configuration
import Engine
import Events
import Screen

/// The dashboard's alerts, a line each: what fires comes first, then what is about to, what has
/// just been resolved, and at last what is quiet.
///
/// A rule with `across` is one alert; one without has an alert per group. Where there is room, the
/// summary of an alert that fires stands below it.
struct AlertPanel {
    let title: String
    /// Those that it shows, by their places in the dashboard.
    let rules: [Int]
    let dashboard: Dashboard
    let snapshot: EngineSnapshot
    let filter: KeySieve
    /// The line that is chosen while the panel is focused.
    let selection: Int
    let isFocused: Bool

    func draw(in rect: Rect, on grid: inout Grid) {
        let lines = AlertLine.ordered(of: rules, dashboard, snapshot, filter)
        let room = Box.interior(of: rect).height
        let box = Box(
            title: CleanText(title), note: note(lines, hidden: max(0, lines.count - room)),
            isFocused: isFocused, noteStyle: noteStyle)
        let inside = box.draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }
        guard !lines.isEmpty else {
            let text: CleanText =
                rules.isEmpty ? "the dashboard has no alerts" : "no alert passes the filter"
            grid.write(text, in: inside, line: inside.height / 2, .center, style: Style(.dim))
            return
        }
        draw(lines, in: inside, on: &grid)
    }

    private func draw(_ lines: [AlertLine], in inside: Rect, on grid: inout Grid) {
        let selected = min(max(0, selection), lines.count - 1)
        let first =
            isFocused
            ? max(0, min(selected - inside.height / 2, lines.count - inside.height)) : 0
        let shown = lines.dropFirst(first).prefix(inside.height)
        var spare = inside.height - shown.count
        let nameWidth = min(20, lines.map(\.name.width).max() ?? 0)
        let body = inside.inset(columns: 1, rows: 0)
        var row = inside.row
        for (i, line) in shown.enumerated() {
            line.draw(column: body.column, row: row, width: body.width, nameWidth, on: &grid)
            if isFocused, first + i == selected {
                grid.restyle(
                    Rect(column: inside.column, row: row, width: inside.width, height: 1),
                    role: .selected)
            }
            row += 1
            guard let summary = line.summary, spare > 0 else { continue }
            spare -= 1
            grid.write(
                CleanText(summary).truncated(to: max(0, body.width - 2)), column: body.column + 2,
                row: row, style: Style(.dim), width: max(0, body.width - 2))
            row += 1
        }
    }

    private var firing: Int {
        rules.reduce(0) { $0 + snapshot.alerts[$1].firingAlerts(dashboard.alerts[$1]) }
    }

    private var muted: Int {
        rules.reduce(0) { $0 + snapshot.alerts[$1].mutedAlerts(dashboard.alerts[$1]) }
    }

    private var noteStyle: Style {
        firing > muted ? Style(.bad, bold: true) : Style(.dim)
    }

    private func note(_ lines: [AlertLine], hidden: Int) -> CleanText {
        guard !rules.isEmpty else { return .empty }
        let pending = lines.count { $0.state == .pending }
        let parts = [
            hidden > 0 ? "+\(hidden) more" : nil, firing > 0 ? "\(firing) firing" : nil,
            muted > 0 ? "\(muted) muted" : nil,
            pending > 0 ? "\(pending) pending" : nil,
            firing + pending == 0 ? "\(rules.count) quiet" : nil,
        ]
        return CleanText(parts.compactMap { $0 }.joined(separator: " · "))
    }
}

extension AlertSnapshot {
    /// How many alerts of the rule fire: one with `across`, else one per group.
    func firingAlerts(_ definition: AlertDefinition) -> Int {
        definition.rule.across == nil ? firing : phase == .firing ? 1 : 0
    }

    /// Those of them that nobody is told of.
    func mutedAlerts(_ definition: AlertDefinition) -> Int {
        definition.rule.across == nil
            ? groups.count { $0.phase == .firing && $0.mute != nil }
            : phase == .firing && mute != nil ? 1 : 0
    }
}
