import Configuration
import Engine
import Events
import Screen

/// The panels of the page, each drawn from the same snapshot.
struct PanelDrawing {
    let snapshot: EngineSnapshot
    let health: Health
    let state: ScreenState
    private let sieve: KeySieve

    init(snapshot: EngineSnapshot, health: Health, state: ScreenState) {
        self.snapshot = snapshot
        self.health = health
        self.state = state
        sieve = state.filter.sieve
    }

    func drawPanels(reusing drawn: Grid?, on grid: inout Grid) {
        guard state.panels.indices.contains(state.focus) else { return }
        if state.isZoomed { return draw(state.focus, in: state.body, on: &grid) }
        for place in state.placement.pages[state.page].panels {
            if let drawn, place.panel != state.focus {
                grid.copy(place.rect, of: drawn)
            } else {
                draw(place.panel, in: place.rect, on: &grid)
            }
        }
    }

    private func draw(_ index: Int, in rect: Rect, on grid: inout Grid) {
        let panel = state.panels[index]
        if let view = panel.content.view {
            drawView(panel.content, state.area(index, view, snapshot, sieve), in: rect, on: &grid)
        } else if let stream = panel.content.stream {
            drawStream(index, stream, in: rect, on: &grid)
        } else {
            drawWhole(index, in: rect, on: &grid)
        }
    }

    private func drawView(
        _ content: PanelDefinition.Content, _ area: PanelArea, in rect: Rect, on grid: inout Grid
    ) {
        switch content {
        case .sparkline(_, let aggregate): area.drawSparklines(aggregate, in: rect, on: &grid)
        case .area(_, let aggregate): area.drawChart(aggregate, in: rect, on: &grid)
        case .gauge(_, let aggregate): area.drawGauges(aggregate, in: rect, on: &grid)
        case .bars(_, let aggregate): area.drawBars(aggregate, in: rect, on: &grid)
        case .heatmap(_, let aggregate): area.drawHeatmap(aggregate, in: rect, on: &grid)
        case .top: area.drawTop(in: rect, on: &grid)
        default: area.drawTable(in: rect, on: &grid)
        }
    }

    private func drawStream(_ index: Int, _ number: Int, in rect: Rect, on grid: inout Grid) {
        let panel = state.panels[index]
        let stream = snapshot.streams[number]
        let from = state.dashboard.streams[number].from
        let isFocused = index == state.focus
        switch panel.content {
        case .latency:
            LatencyPanel(
                title: panel.title, latency: stream.latency, from: from, isFocused: isFocused
            ).draw(in: rect, on: &grid)
        case .watermark:
            WatermarkPanel(
                title: panel.title ?? "watermark \(stream.name)", stream: stream,
                now: snapshot.now, from: from, selection: state.panelStates[index].selection,
                isFocused: isFocused
            ).draw(in: rect, on: &grid)
        case .events:
            EventsPanel(
                title: panel.title ?? "events \(stream.name)", stream: stream, from: from,
                clock: state.clock, filter: sieve, isFocused: isFocused
            ).draw(in: rect, on: &grid)
        default:
            DeadLetterPanel(
                title: panel.title ?? "dead letters", stream: stream, from: from,
                isFocused: isFocused
            ).draw(in: rect, on: &grid)
        }
    }

    private func drawWhole(_ index: Int, in rect: Rect, on grid: inout Grid) {
        let panel = state.panels[index]
        let isFocused = index == state.focus
        let selection = state.panelStates[index].selection
        switch panel.content {
        case .lag(let probe):
            let lag = state.dashboard.lag[probe]
            LagPanel(
                title: panel.title ?? "lag \(lag.name)",
                group: snapshot.lag.probes[probe].groups.first { $0.name == lag.group },
                from: lag.from, selection: selection, isFocused: isFocused
            ).draw(in: rect, on: &grid)
        case .alerts(let alert):
            let shown = alert.map { [$0] } ?? Array(state.dashboard.alerts.indices)
            AlertPanel(
                title: panel.title ?? alert.map { state.dashboard.alerts[$0].name } ?? "alerts",
                rules: shown, dashboard: state.dashboard, snapshot: snapshot, filter: sieve,
                selection: selection, isFocused: isFocused
            ).draw(in: rect, on: &grid)
        default:
            HealthPanel(
                title: panel.title ?? "weir", snapshot: snapshot, health: health,
                isFocused: isFocused
            ).draw(in: rect, on: &grid)
        }
    }
}
