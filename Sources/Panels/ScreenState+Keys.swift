import Configuration
import Engine
import Events
import Queries
import Screen

extension ScreenState {
    /// Takes a key. What the screen can't do for itself is returned.
    package mutating func handle(_ key: KeyPress, latest: EngineSnapshot) -> ScreenCommand? {
        message = nil
        let shown = frozen ?? latest
        if case .mouse(let press) = key { return handle(press, shown) }
        if prompt != nil { return type(key, shown) }
        if overlay != nil, handleOverlay(key, shown) { return nil }
        guard let action = keyMap.action(of: key) else { return nil }
        return perform(action, latest)
    }

    private mutating func perform(_ action: KeyAction, _ latest: EngineSnapshot) -> ScreenCommand? {
        switch action {
        case .quit: return .quit
        case .redraw: return .redraw
        case .reload: return .reload
        case .picture: return .picture(nil)
        case .help: overlay = .help(search: LineEditor(), first: 0)
        case .filter: beginFilter()
        case .command: prompt = Prompt(kind: .command, line: LineEditor(history: commandHistory))
        case .nextPanel: moveFocus(1)
        case .previousPanel: moveFocus(-1)
        case .nextPage: turnPage(1)
        case .previousPage: turnPage(-1)
        case .panel(let number): choose(number)
        case .zoom: isZoomed = true
        case .back: goBack()
        case .freeze: frozen = frozen == nil ? latest : nil
        case .pause:
            isPaused.toggle()
            return .pause(isPaused)
        case .theme: return nextTheme
        case .zone: changeZone()
        case .copy: return copied(frozen ?? latest)
        case .acknowledge: return acknowledge(latest)
        case .silence: beginSilence(latest)
        case .explain: explain(frozen ?? latest)
        case .play, .seek, .step, .speed, .alert, .bookmark, .nextBookmark, .loopFrom, .loopTo:
            return performInReplay(action)
        default: performOnPanel(action, frozen ?? latest)
        }
        return nil
    }

    private mutating func performOnPanel(_ action: KeyAction, _ snapshot: EngineSnapshot) {
        guard panelStates.indices.contains(focus) else { return }
        switch action {
        case .move(let rows): panelStates[focus].select(rows)
        case .sort: sortNext()
        case .logScale: toggleLog()
        case .nearer: changeRange(-1)
        case .further: changeRange(1)
        case .events: showEvents(snapshot)
        case .nextMatch: findMatch(1, snapshot)
        case .previousMatch: findMatch(-1, snapshot)
        default: break
        }
    }

    // MARK: Panels and pages

    private mutating func moveFocus(_ step: Int) {
        guard !panels.isEmpty else { return }
        focus = floorMod(focus + step, panels.count)
    }

    private mutating func turnPage(_ step: Int) {
        let pages = placement.pages
        let next = floorMod(page + step, pages.count)
        guard pages.count > 1 else { return say("there is one page") }
        focus = pages[next].panels.first?.panel ?? focus
    }

    /// The panel of that number on its page.
    private mutating func choose(_ number: Int) {
        let places = placement.pages[page].panels
        if places.indices.contains(number) { focus = places[number].panel }
    }

    /// Closes the nearest thing: the zoom, then the filter.
    private mutating func goBack() {
        if isZoomed {
            isZoomed = false
        } else {
            filter = KeyFilter()
        }
    }

    // MARK: A panel's looks

    private mutating func toggleLog() {
        switch panels[focus].content {
        case .sparkline, .area, .heatmap:
            let isLog = !(panelStates[focus].isLog ?? panels[focus].log)
            panelStates[focus].isLog = isLog
            say(isLog ? "a scale of powers of ten" : "an even scale")
        default: say("this panel has no scale to change")
        }
    }

    private mutating func changeRange(_ step: Int) {
        switch panels[focus].content {
        case .sparkline(let view, _), .area(let view, _), .heatmap(let view, _):
            guard let hop = dashboard.views[view].query.hop else {
                return say("without windows of one length the range of time can't be changed")
            }
            let range = panelStates[focus].range + step
            guard TimeAxis.levels.contains(range) else {
                return say("that is the \(step < 0 ? "shortest" : "longest") range")
            }
            panelStates[focus].range = range
            let place = range >= 0 ? hop.rawValue << range : hop.rawValue >> -range
            say("a point is \(durationText(Nanoseconds(rawValue: place)))")
        default: say("this panel has no range of time")
        }
    }

    /// The next of the columns: aggregates the largest first, then the fields of `by`, then as the
    /// dashboard says.
    private mutating func sortNext() {
        guard let view = panels[focus].content.sortedView else {
            return say("only a table or a heatmap can be sorted")
        }
        let query = dashboard.views[view].query
        let choices =
            query.columnNames.map { PanelDefinition.Sort(column: $0, descending: true) }
            + query.keyNames.map { PanelDefinition.Sort(column: $0, descending: false) }
        let current = panelStates[focus].sort
        let next = current.map { choices.firstIndex(of: $0).map { $0 + 1 } ?? 0 } ?? 0
        let sort = next < choices.count ? choices[next] : nil
        panelStates[focus].sort = sort
        say(sort.map { "sorted by \($0.column)" } ?? "sorted as the dashboard says")
    }

    // MARK: The whole screen

    private var nextTheme: ScreenCommand? {
        guard !themes.isEmpty else { return nil }
        let next = themes.firstIndex(of: theme).map { ($0 + 1) % themes.count } ?? 0
        return .theme(themes[next])
    }

    private mutating func changeZone() {
        clock = clock == .utc ? localClock : .utc
        say(
            clock == .utc
                ? "times in UTC" : "local times, \(clock.label)")
    }
}

extension PanelState {
    /// The panel holds the selection within its rows when it is drawn.
    mutating func select(_ rows: Int) {
        let (sum, overflow) = selection.addingReportingOverflow(rows)
        selection = overflow ? .max / 2 : min(max(0, sum), .max / 2)
    }
}
