import Configuration
import Engine
import Events
import Screen
import Testing

@testable import Panels

/// What keys do to the state of the screen.
@Suite struct ScreenStateTests {
    private let dashboard: Dashboard
    private let snapshot: EngineSnapshot

    init() throws {
        dashboard = try Dashboard(
            reading: """
                version: 1
                streams: { s: { from: stdin } }
                views:
                  load: rate() as rate, count() as n by site over 10s every 1s
                  whole: count() by site
                panels:
                  - sparkline: load.rate
                  - table: load
                  - { events: s, page: raw }
                """, file: "test")
        let views = dashboard.views.map {
            ViewSnapshot(
                name: $0.name, keyNames: ["site"], aggregateNames: $0.query.columnNames,
                window: $0.query.window)
        }
        snapshot = EngineSnapshot(
            number: 1, now: .beginning, streams: [StreamSnapshot(name: "s")], views: views)
    }

    private func state(_ keys: KeyPress...) -> ScreenState {
        var state = ScreenState(dashboard: dashboard)
        for key in keys { _ = state.handle(key, latest: snapshot) }
        return state
    }

    private func command(_ text: String) -> (ScreenState, ScreenCommand?) {
        var state = state(":")
        for c in text { _ = state.handle(.character(c), latest: snapshot) }
        let command = state.handle(.enter, latest: snapshot)
        return (state, command)
    }

    @Test func panelsAndPages() {
        #expect(state(.tab).focus == 1)
        #expect(state(.backTab).focus == 2)
        #expect(state(">").focus == 2 && state(">", ">").focus == 0)
        #expect(state("2").focus == 1)
        // Numbers count on the page.
        #expect(state(">", "1").focus == 2 && state(">", "2").focus == 2)
        #expect(state(.enter).isZoomed && !state(.enter, .escape).isZoomed)
    }

    @Test func sortingGoesThroughTheColumnsAndBack() {
        func sort(_ count: Int) -> PanelDefinition.Sort? {
            var state = state(.tab)
            for _ in 0..<count { _ = state.handle("s", latest: snapshot) }
            return state.panelStates[1].sort
        }
        #expect(sort(1) == PanelDefinition.Sort(column: "rate", descending: true))
        #expect(sort(2) == PanelDefinition.Sort(column: "n", descending: true))
        #expect(sort(3) == PanelDefinition.Sort(column: "site", descending: false))
        #expect(sort(4) == nil)
        #expect(state("s").message?.text == "only a table or a heatmap can be sorted")
    }

    @Test func scalesAndRanges() {
        #expect(state("L").panelStates[0].isLog == true)
        #expect(state("L", "L").panelStates[0].isLog == false)
        #expect(state("-").panelStates[0].range == 1 && state("+").panelStates[0].range == -1)
        #expect(state("+", "+", "+").panelStates[0].range == TimeAxis.levels.lowerBound)
        #expect(state(.tab, "-").panelStates[1].range == 0)
    }

    @Test func commands() {
        #expect(command("q").1 == .quit)
        #expect(command("count() by site over 5s").1 == .query("count() by site over 5s"))
        #expect(command("page raw").0.focus == 2)
        #expect(command("page 1").0.focus == 0)
        #expect(command("page nowhere").0.message?.isProblem == true)
        #expect(command("nonsense").0.message?.isProblem == true)
        #expect(command("theme none").0.message?.isProblem == true)
        #expect(command("filter ber").0.filter.text == "ber")
        #expect(state("=").isPaused)
    }

    @Test func theMouseChoosesZoomsAndScrolls() {
        var state = state()
        state.look(at: snapshot, columns: 80, rows: 24)
        let last = state.placement.pages[0].panels[1].rect
        func act(_ kind: MousePress.Kind, column: Int? = nil, row: Int? = nil) {
            let press = MousePress(
                kind, column: column ?? last.column + 2, row: row ?? last.row + 1)
            _ = state.handle(.mouse(press), latest: snapshot)
        }
        act(.click)
        #expect(state.focus == 1 && !state.isZoomed)
        act(.click, row: 0)
        act(.click, row: 23)
        act(.click, column: 500)
        #expect(state.focus == 1)
        act(.wheelDown)
        act(.wheelDown)
        act(.wheelUp)
        #expect(state.panelStates[1].selection == 3)
        act(.doubleClick)
        #expect(state.isZoomed)
        act(.doubleClick, row: 3)
        #expect(!state.isZoomed && state.focus == 1)
        _ = state.handle("/", latest: snapshot)
        act(.click, row: 2)
        #expect(state.focus == 1 && state.prompt != nil)
    }

    @Test func escapeClosesTheNearest() {
        var state = state("/", "b", .enter, .enter, "?")
        #expect(state.isZoomed && state.overlay != nil && state.filter.text == "b")
        _ = state.handle(.escape, latest: snapshot)
        #expect(state.overlay == nil && state.isZoomed)
        _ = state.handle(.escape, latest: snapshot)
        #expect(!state.isZoomed && state.filter.text == "b")
        _ = state.handle(.escape, latest: snapshot)
        #expect(state.filter.isEmpty)
    }

    @Test func whatIsRememberedComesBack() {
        var before = state("-", "L", .tab, "s", .enter, "/", "x", .enter, "Z")
        before.commandHistory = ["page raw"]
        var after = ScreenState(dashboard: dashboard)
        after.localClock = ScreenClock(offset: .seconds(3600), label: "+01:00")
        after.restore(before.kept)
        #expect(after.focus == 1 && after.isZoomed && after.filter.text == "x")
        #expect(after.panelStates == before.panelStates)
        #expect(after.commandHistory == ["page raw"])
        // Of another dashboard most means nothing; it does no harm.
        after.restore(["focus 99", "sort 7 -x", "sort 1 -gone", "range 0 99", "log", "", "zz 1"])
        #expect(after.focus == 1 && after.panelStates == before.panelStates)
    }

    @Test func anotherDashboardKeepsWhatItsPanelsRemember() throws {
        var state = state(.tab, "s")
        let next = try dashboard.adding(query: "count() over 1s")
        state.adopt(next)
        #expect(state.focus == 3 && state.panelStates[1].sort?.column == "rate")
        #expect(next.withoutLastQuery?.yaml == dashboard.yaml)
        #expect(dashboard.withoutLastQuery == nil)
        #expect(throws: DashboardErrors.self) { try dashboard.adding(query: "count(") }
    }
}
