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
    let filter: KeySieve
    let clock: ScreenClock
    let state: PanelState
    let isFocused: Bool
    /// Without colours shades of grey tell a value's size.
    var hasColors = true
    /// Charts have half as many points.
    var isCoarse = false

    var isLog: Bool { state.isLog ?? definition.log }

    /// A key that is shown, by its slot.
    struct Line {
        var key: Key
        var slot: Int32
        var name: CleanText
    }

    /// The pane whose values are shown: the newest that has fired, before the first one the running
    /// one.
    ///
    /// After the end it is the last one of a window that was over before: what comes behind has
    /// less and less in it.
    var shownPane: Pane? { history.last ?? view.history.last ?? view.early.last }

    var history: ArraySlice<Pane> {
        guard stream.state == .ended, view.window != nil else { return view.history[...] }
        let whole = view.history.prefix { $0.end <= stream.highestEventTime }
        return whole.isEmpty ? view.history[...] : whole
    }

    /// The panes of a chart with so many places. A view since the start has a running one alone.
    func axis(places: Int) -> TimeAxis {
        let early = view.history.isEmpty && view.window == nil ? view.early : []
        var hop: Nanoseconds?
        if case .hopping(_, let each)? = view.window { hop = each }
        let axis = TimeAxis(history + early, hop: hop, level: state.range, count: places)
        return isCoarse ? axis.coarse : axis
    }

    /// A key's values along an axis.
    func values(_ aggregate: Int, of slot: Int32, along axis: TimeAxis) -> [Double?] {
        axis.values { value(aggregate, of: slot, in: $0) }
    }

    /// From the least to the largest of the values, or as far as the definition says; from 0 unless
    /// they are below.
    func scale(of series: [[Double?]]) -> ValueScale {
        let values = series.joined().compactMap { $0 }
        if isLog {
            let least = values.filter { $0 > 0 }.min() ?? 1
            return ValueScale(
                low: definition.min ?? least, high: definition.max ?? values.max() ?? 1,
                isLog: true)
        }
        return ValueScale(
            low: definition.min ?? min(0, values.min() ?? 0),
            high: definition.max ?? max(0, values.max() ?? 0))
    }

    /// The lines of a list that a panel has room for.
    func visible(_ lines: [Line], room: Int) -> [Line] {
        Array(lines.dropFirst(firstLine(of: lines.count, room: room)).prefix(room))
    }

    /// Marks the chosen line of a list in a panel that has the keyboard.
    func mark(
        _ place: Int, first: Int, of count: Int, in inside: Rect, row: Int, on grid: inout Grid
    ) {
        guard isFocused, first + place == selected(of: count) else { return }
        grid.restyle(
            Rect(column: inside.column, row: row, width: inside.width, height: 1), role: .selected)
    }

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

    /// The lines in the order in which the panel shows them.
    var shownOrder: [Line] {
        switch definition.content {
        case .table, .heatmap: sortedLines
        case .bars(_, let aggregate): sorted(lines, by: aggregate)
        case .top: sorted(lines.filter { shownPane?.row(of: $0.slot) != nil }, by: 0)
        default: lines
        }
    }

    /// The largest first; those without a value last, equal ones in the order of keys.
    func sorted(_ lines: [Line], by aggregate: Int) -> [Line] {
        let keyed = lines.enumerated().map {
            (order: $0, line: $1, x: value(aggregate, of: $1.slot, in: shownPane) ?? -.infinity)
        }
        return keyed.sorted { $0.x == $1.x ? $0.order < $1.order : $0.x > $1.x }.map(\.line)
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
        let title = CleanText(definition.title ?? title)
        let inside = Box(
            title: title, note: note(hidden: lines - shown, beside: title, width: rect.width),
            isFocused: isFocused
        ).draw(in: rect, on: &grid)
        guard lines == 0, !inside.isEmpty else { return inside.isEmpty ? nil : inside }
        grid.write(
            waiting, in: inside, line: inside.height / 2, .center, style: Style(.dim))
        return nil
    }

    /// As much as fits beside the whole title, and at least how many keys are not shown, for which
    /// the title is cut.
    private func note(hidden: Int, beside title: CleanText, width: Int) -> CleanText {
        guard hidden > 0 else {
            let text = CleanText(window)
            return text.width + title.width + 7 <= width ? text : .empty
        }
        let all = CleanText("+\(hidden) more · \(window)")
        if all.width + title.width + 7 <= width { return all }
        let more = CleanText("+\(hidden) more")
        return more.width + 15 <= width ? more : CleanText("+\(hidden)")
    }

    private var window: String {
        switch view.window {
        case .hopping(let size, let hop)?:
            return size == hop
                ? durationText(size) : "\(durationText(size)) every \(durationText(hop))"
        case .session(let gap)?: return "sessions, gap \(durationText(gap))"
        case nil: return "since the start"
        }
    }

    /// What an empty panel waits for.
    private var waiting: CleanText {
        if !filter.isEmpty, !view.keys.isEmpty { return "no key passes the filter" }
        if case .failed(let reason) = stream.state { return CleanText(reason) }
        if case .disconnected(let reason) = stream.state { return CleanText(reason) }
        if let unusable { return unusable }
        if stream.state == .ended { return "no events" }
        return CleanText("waiting for events from \(from)")
    }

    /// Records come, and none can be used.
    private var unusable: CleanText? {
        guard stream.books.received > 0, stream.books.accepted == 0,
            let last = stream.deadLetters.last
        else { return nil }
        return CleanText("\(stream.books.received) records, none usable: \(last.reason.words)")
    }

    /// Whether one of the values has a fraction that is shown, so that all have one.
    func hasTenths(_ aggregate: Int, _ lines: some Sequence<Line>) -> Bool {
        lines.contains { line in
            guard let x = value(aggregate, of: line.slot, in: shownPane) else { return false }
            return x.hasShownFraction
        }
    }

    /// A value with its unit; durations in the unit that suits them.
    func text(_ x: Double?, width: Int, tenths: Bool = false) -> String {
        guard let x else { return compactNumber(nil, width: width) }
        if let length = definition.unit.flatMap(unitLength) {
            let nanoseconds = x * length
            if abs(nanoseconds) < 9e18 { return compactDuration(Int64(nanoseconds), width: width) }
        }
        return compactNumber(x, width: width, tenths: tenths) + (definition.unit ?? "")
    }

    /// Of a unit of time, in nanoseconds.
    private func unitLength(_ unit: String) -> Double? {
        ["ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9][unit]
    }

    /// Where a list of lines begins so that the selected one is seen.
    func firstLine(of count: Int, room: Int) -> Int {
        max(0, min(selected(of: count) - room / 2, count - room))
    }

    func selected(of count: Int) -> Int { min(state.selection, max(0, count - 1)) }

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

extension Double {
    /// Whether it is written with a fraction of tenths.
    var hasShownFraction: Bool { self != rounded() && abs(self) >= 0.995 && abs(self) < 99.95 }
}
