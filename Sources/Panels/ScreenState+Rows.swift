import Configuration
import Engine
import Events
import Screen

/// The rows of the panel that has the keyboard: found, looked into, copied.
extension ScreenState {
    /// The key rows of a panel in the order in which it shows them.
    private func lines(_ index: Int, _ snapshot: EngineSnapshot) -> [PanelArea.Line] {
        guard let view = panels[index].content.view else { return [] }
        return area(index, view, snapshot, filter.sieve).shownOrder
    }

    /// What a panel on a view draws from.
    func area(
        _ index: Int, _ view: Int, _ snapshot: EngineSnapshot, _ sieve: KeySieve
    ) -> PanelArea {
        let stream = dashboard.views[view].stream
        return PanelArea(
            definition: panels[index], view: snapshot.views[view],
            stream: snapshot.streams[stream], from: dashboard.streams[stream].from,
            now: snapshot.now, filter: sieve, clock: clock, state: panelStates[index],
            isFocused: index == focus, hasColors: hasColors,
            isCoarse: economy >= .fewerPoints)
    }

    /// Moves to the next row that the filter's text is found in; with a filter that is all of them.
    mutating func findMatch(_ step: Int, _ snapshot: EngineSnapshot) {
        let rows = lines(focus, snapshot)
        guard !rows.isEmpty else { return say("this panel has no rows of keys") }
        guard !filter.isEmpty else { return say("`/` says first what to look for") }
        let selected = min(panelStates[focus].selection, rows.count - 1)
        panelStates[focus].selection = floorMod(selected + step, rows.count)
        let name = rows[panelStates[focus].selection].name.string
        say("\(panelStates[focus].selection + 1) of \(rows.count): \(name)")
    }

    /// Opens what is behind the chosen row: the events that its value was made of.
    mutating func showEvents(_ snapshot: EngineSnapshot) {
        guard panels.indices.contains(focus) else { return }
        if let view = panels[focus].content.view { return showEvents(ofView: view, snapshot) }
        let stream = panels[focus].content.stream ?? 0
        let recent = snapshot.streams[stream].recent
        let records = recent.tail(EventsOverlay.limit)
        overlay = .events(
            EventsOverlay(
                title: "records of \(dashboard.streams[stream].name)",
                note: "the newest \(records.count)", records: records))
    }

    private mutating func showEvents(ofView view: Int, _ snapshot: EngineSnapshot) {
        let sieve = filter.sieve
        let area = area(focus, view, snapshot, sieve)
        let rows = area.shownOrder
        guard !rows.isEmpty else { return say("there is no row to look behind") }
        let row = rows[min(panelStates[focus].selection, rows.count - 1)]
        let pane = area.shownPane
        let window = area.view.window == nil ? nil : pane.map { $0.start..<$0.end }
        let (found, total) = area.view.events(
            of: row.key.values.isEmpty ? nil : row.key, in: window,
            among: area.stream.recent, limit: EventsOverlay.limit)
        let counted = pane.flatMap { pane in pane.row(of: row.slot).map { pane.counts[$0] } } ?? 0
        let times = window.map { "\(clock.time($0.lowerBound))–\(clock.time($0.upperBound))" }
        overlay = .events(
            EventsOverlay(
                title: "\(area.view.name) \(row.name.string)",
                note: [times ?? "since the start", Self.counted(found.count, total, Int(counted))]
                    .joined(separator: "  "), records: found))
    }

    /// Of the events that were counted some may be gone from the ring.
    private static func counted(_ shown: Int, _ kept: Int, _ counted: Int) -> String {
        if kept < counted { return "\(kept) of \(counted) are still kept" }
        return shown < kept ? "the newest \(shown) of \(kept)" : "\(kept) events"
    }

    /// The chosen row as text: its key, and the values by their names.
    mutating func copied(_ snapshot: EngineSnapshot) -> ScreenCommand? {
        if case .events(let events)? = overlay, let line = events.chosen {
            return .copy(line)
        }
        guard panels.indices.contains(focus), let view = panels[focus].content.view else {
            say("this panel has no row to copy")
            return nil
        }
        let area = area(focus, view, snapshot, filter.sieve)
        let rows = area.shownOrder
        guard !rows.isEmpty else {
            say("there is no row to copy")
            return nil
        }
        let row = rows[min(panelStates[focus].selection, rows.count - 1)]
        let values = area.view.aggregateNames.indices.map { index in
            let value = area.value(index, of: row.slot, in: area.shownPane)
            return "\(area.view.aggregateNames[index])=\(value.map { plainNumber($0) } ?? "null")"
        }
        return .copy(([row.name.string] + values).joined(separator: " "))
    }
}

extension PanelDefinition.Content {
    /// The view that it shows.
    var view: Int? {
        switch self {
        case .sparkline(let view, _), .area(let view, _), .gauge(let view, _), .bars(let view, _),
            .heatmap(let view, _), .table(let view), .top(let view):
            view
        default: nil
        }
    }

    /// The stream that it shows.
    var stream: Int? {
        switch self {
        case .latency(let stream), .watermark(let stream), .deadLetters(let stream),
            .events(let stream):
            stream
        default: nil
        }
    }
}
