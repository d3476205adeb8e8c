import Alerting
import Configuration
import Engine
import Events
import Queries
import Screen

/// An alert explained, in a box over the panels: lines, a chart of the first comparison with its
/// threshold in it, the groups, and what has changed.
///
/// It is drawn from the snapshot at hand, so it follows the stream while it is open.
struct ExplanationOverlay: Sendable {
    let rule: Int
    let group: Key?
    /// The first of its groups and changes that is shown.
    var first = 0

    func draw(
        in body: Rect, _ state: ScreenState, _ snapshot: EngineSnapshot, on grid: inout Grid
    ) {
        let explanation = Explanation(
            rule: rule, group: group, state.dashboard, snapshot, clock: state.clock)
        let inside = Box(
            title: CleanText(explanation.title), note: "e events · esc closes", isFocused: true
        ).draw(in: body, on: &grid)
        guard !inside.isEmpty else { return }
        let place = inside.inset(columns: 1, rows: 0)
        let lines = explanation.lines
        for (i, line) in lines.prefix(place.height).enumerated() {
            grid.write(line.sign, column: place.column, row: place.row + i, style: line.signStyle)
            grid.write(
                CleanText(line.text).truncated(to: max(0, place.width - 2)),
                column: place.column + 2, row: place.row + i, style: line.style)
        }
        let rest = Rect(
            column: place.column, row: place.row + lines.count + 1, width: place.width,
            height: place.height - lines.count - 1)
        guard rest.height > 0 else { return }
        let chart = chart(explanation, state, snapshot)
        let height = chart == nil || rest.height < 7 ? 0 : min(12, rest.height * 3 / 5)
        chart?(Rect(column: rest.column, row: rest.row, width: rest.width, height: height), &grid)
        drawList(
            explanation, state.clock, on: &grid,
            in: Rect(
                column: rest.column, row: rest.row + height, width: rest.width,
                height: rest.height - height))
    }

    /// The column that the first comparison is about, of the group alone; nil where it has none.
    private func chart(
        _ explanation: Explanation, _ state: ScreenState, _ snapshot: EngineSnapshot
    ) -> ((Rect, inout Grid) -> Void)? {
        let definition = explanation.definition
        let trace = ConditionTrace(
            definition.when.condition, readings: definition.readings, values: explanation.row)
        guard let part = trace.parts.first(where: { $0.column != nil }),
            let column = definition.columns[part.column!.column]
        else { return nil }
        var panel = PanelDefinition(
            content: .area(view: column.view, aggregate: column.aggregate))
        panel.title = part.column!.column.description
        if part.isThreshold, part.column!.manner == .now { panel.crit = part.right }
        if let clear = definition.clear {
            let trace = ConditionTrace(
                clear.condition, readings: definition.readings, values: explanation.row)
            panel.warn = trace.parts.first { $0.column == part.column && $0.isThreshold }?.right
        }
        var view = snapshot.views[column.view]
        if let key = explanation.key { view.keepOnly(key, named: definition.groups.map(\.name)) }
        let stream = state.dashboard.views[column.view].stream
        let area = PanelArea(
            definition: panel, view: view, stream: snapshot.streams[stream],
            from: state.dashboard.streams[stream].from, now: snapshot.now,
            filter: KeyFilter().sieve, clock: state.clock, state: PanelState(), isFocused: false,
            hasColors: state.hasColors)
        return { rect, grid in area.drawChart(column.aggregate, in: rect, on: &grid) }
    }

    /// Its groups, the nearest to firing first, then what has changed, the newest first.
    private func drawList(
        _ explanation: Explanation, _ clock: ScreenClock, on grid: inout Grid, in rect: Rect
    ) {
        let lines = explanation.groupLines + explanation.changeLines
        let top = max(0, min(first, lines.count - rect.height))
        for (i, line) in lines.dropFirst(top).prefix(max(0, rect.height)).enumerated() {
            grid.write(line.sign, column: rect.column, row: rect.row + i, style: line.signStyle)
            grid.write(
                CleanText(line.text).truncated(to: max(0, rect.width - 2)),
                column: rect.column + 2, row: rect.row + i, style: line.style)
        }
    }
}

extension ViewSnapshot {
    /// Leaves the key that shares the group's fields; `names`: of the group's values.
    fileprivate mutating func keepOnly(_ group: Key, named names: [String]) {
        let wanted = keyNames.map { name in
            names.firstIndex(of: name).flatMap {
                $0 < group.values.count ? group.values[$0] : nil
            }
        }
        guard !wanted.isEmpty, wanted.allSatisfy({ $0 != nil }) else { return }
        let key = Key(wanted.map { $0! })
        keys = keys.map { $0 == key ? $0 : nil }
    }
}

extension ScreenState {
    mutating func explain(_ snapshot: EngineSnapshot) {
        guard let line = chosenAlert(snapshot) else { return say("the dashboard has no alerts") }
        overlay = .explanation(ExplanationOverlay(rule: line.rule, group: line.group))
    }

    /// The events behind the value that is explained.
    mutating func showEvents(of explanation: ExplanationOverlay, _ snapshot: EngineSnapshot) {
        let shown = Explanation(
            rule: explanation.rule, group: explanation.group, dashboard, snapshot, clock: clock)
        guard let reading = shown.definition.readings.first,
            let column = shown.definition.columns[reading.column]
        else { return say("there are no events behind a rule about health") }
        let view = snapshot.views[column.view]
        let names = shown.definition.groups.map(\.name)
        let values = view.keyNames.compactMap { name in
            names.firstIndex(of: name).flatMap { i in shown.key.map { $0.values[i] } }
        }
        let row = shown.key.flatMap { shown.state.rows.keys.firstIndex(of: $0) }
        let window = row.flatMap { shown.state.rows.window($0) } ?? view.history.last?.window
        let (found, total) = view.events(
            of: values.isEmpty ? nil : Key(values), in: view.window == nil ? nil : window,
            among: snapshot.streams[dashboard.views[column.view].stream].recent,
            limit: EventsOverlay.limit)
        let times = window.map { "\(clock.time($0.lowerBound))–\(clock.time($0.upperBound))" }
        overlay = .events(
            EventsOverlay(
                title: "\(shown.title)  \(view.name)",
                note: (times.map { $0 + "  " } ?? "")
                    + "the newest \(found.count) of \(total) that are still kept", records: found))
    }
}

extension Pane {
    fileprivate var window: Range<Timestamp> { start..<max(start, end) }
}
