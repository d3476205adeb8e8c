import Configuration
import Engine
import Events
import Queries
import Screen

/// What a panel draws from: its definition, its view's results, and where the screen stands.
struct PanelArea {
    let definition: PanelDefinition
    let view: ViewSnapshot
    let stream: StreamSnapshot
    /// The stream's source, as the dashboard names it.
    let from: String
    let now: Timestamp
    let filter: KeyFilter
    let selection: Int
    let isFocused: Bool

    /// A key that is shown, by its slot.
    struct Line {
        var key: Key
        var slot: Int32
        var name: CleanText
    }

    /// The pane whose values are shown: the newest that has fired, before the first one the running
    /// one.
    var shownPane: Pane? { view.history.last ?? view.early.last }

    /// Keys that pass the filter, in the order of keys, `(other)` last.
    var lines: [Line] {
        view.keys.enumerated()
            .compactMap { slot, key in key.map { (slot: Int32(slot), key: $0) } }
            .filter { filter.passes($0.key) }
            .sorted { isOther($0.slot) == isOther($1.slot) ? $0.key < $1.key : isOther($1.slot) }
            .map {
                Line(
                    key: $0.key, slot: $0.slot,
                    name: CleanText($0.key.values.isEmpty ? "all" : $0.key.description))
            }
    }

    private func isOther(_ slot: Int32) -> Bool {
        view.overLimit && Int(slot) == view.keys.count - 1
    }

    /// A value of the shown pane; nil where there is none or it is null.
    func value(_ aggregate: Int, of slot: Int32, in pane: Pane?) -> Double? {
        guard let pane, pane.end >= since(slot), let row = pane.row(of: slot) else { return nil }
        let value = pane.values[aggregate][row]
        return value.isNaN ? nil : value
    }

    /// Rows of older panes belong to a key that had the slot before.
    func since(_ slot: Int32) -> Timestamp {
        view.keysSince.indices.contains(Int(slot)) ? view.keysSince[Int(slot)] : .beginning
    }

    /// Draws the border; the inside, or nil when there is nothing to show in it.
    func drawBox(_ title: String, lines: Int, shown: Int, in rect: Rect, on grid: inout Grid)
        -> Rect?
    {
        let more = lines > shown ? "+\(lines - shown) more · " : ""
        let inside = Box(
            title: CleanText(definition.title ?? title), note: CleanText(more + window),
            isFocused: isFocused
        ).draw(in: rect, on: &grid)
        guard lines == 0, !inside.isEmpty else { return inside.isEmpty ? nil : inside }
        grid.write(
            waiting, in: inside, line: inside.height / 2, .center, style: Style(.dim))
        return nil
    }

    private var window: String {
        guard let size = view.windowSize, let hop = view.hop else { return "since the start" }
        return size == hop
            ? durationText(size) : "\(durationText(size)) every \(durationText(hop))"
    }

    /// What an empty panel waits for.
    private var waiting: CleanText {
        if !filter.text.isEmpty, !view.keys.isEmpty { return "no key passes the filter" }
        if case .failed(let reason) = stream.state { return CleanText(reason) }
        if case .disconnected(let reason) = stream.state { return CleanText(reason) }
        if stream.state == .ended { return "no events" }
        return CleanText("waiting for events from \(from)")
    }

    /// Where a list of lines begins so that the selected one is seen.
    func firstLine(of count: Int, room: Int) -> Int {
        let selected = min(selection, max(0, count - 1))
        return max(0, min(selected - room / 2, count - room))
    }

    var selected: Int { selection }

    /// How long a key has had no event, where that is longer than two windows; by its panes.
    func idleText(_ slot: Int32) -> String? {
        guard let newest = view.history.last, let row = newest.row(of: slot),
            newest.counts[row] == 0
        else { return nil }
        let last = view.history.last { pane in
            pane.row(of: slot).map { pane.counts[$0] > 0 } ?? false
        }
        return last.map { "idle \(compactDuration((newest.end - $0.end).rawValue))" } ?? "idle"
    }
}
