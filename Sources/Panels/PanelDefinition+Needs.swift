import Configuration
import Engine

extension PanelDefinition {
    /// How many lines it has use for, with its border; nil: any number.
    func need(_ snapshot: EngineSnapshot, _ dashboard: Dashboard) -> Int? {
        func keys(_ view: Int) -> Int {
            Swift.max(1, snapshot.views[view].keys.count { $0 != nil })
        }
        switch content {
        case .sparkline, .area, .events: return nil
        case .table(let view): return keys(view) + 3
        case .gauge(let view, _), .bars(let view, _), .top(let view): return keys(view) + 2
        case .heatmap(let view, _): return keys(view) + 3
        case .latency(let stream):
            return 2 + snapshot.streams[stream].latency.steps.count + 2 + 5
        case .watermark(let stream):
            let stream = snapshot.streams[stream]
            return 3 + Swift.max(1, stream.clocks?.clocks.count ?? stream.partitions.count)
        case .lag(let probe):
            let name = dashboard.lag[probe].group
            let group = snapshot.lag.probes[probe].groups.first { $0.name == name }
            return 4 + Swift.max(1, group?.partitions.count ?? 1)
        case .alerts(let alert):
            let shown = alert.map { [$0] } ?? Array(dashboard.alerts.indices)
            return 2
                + shown.reduce(0) { sum, index in
                    let rule = dashboard.alerts[index]
                    let groups = rule.rule.across == nil ? snapshot.alerts[index].groups.count : 1
                    return sum + Swift.max(1, groups) * (rule.summary == nil ? 1 : 2)
                }
        case .deadLetters(let stream):
            return 2 + Swift.max(2, snapshot.streams[stream].deadLetters.count)
        case .health: return HealthPanel.lines + 2
        }
    }
}
