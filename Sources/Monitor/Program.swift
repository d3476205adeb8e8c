import Configuration
import Engine

/// A dashboard and what the engine makes of it.
struct Program: Sendable {
    let dashboard: Dashboard
    var plan: EnginePlan

    init(_ dashboard: Dashboard, _ options: SourceOptions) {
        self.init(dashboard, span: options.span) { $0.isBounded(options) }
    }

    /// `isBounded`: whether a stream's source ends by itself.
    init(
        _ dashboard: Dashboard, span: Range<Int64> = Int64.min..<Int64.max,
        isBounded: (StreamDefinition) -> Bool
    ) {
        self.dashboard = dashboard
        plan = EnginePlan(
            streams: dashboard.streams.map { StreamRules($0, span, isBounded: isBounded($0)) },
            views: dashboard.views.map { view in
                ViewPlan(
                    name: view.name, stream: view.stream, query: view.query,
                    keyLimit: dashboard.streams[view.stream].keyLimit)
            }, rules: dashboard.alerts.map { RulePlan($0, in: dashboard) },
            lag: dashboard.lag.map { LagPlan(name: $0.name) })
    }
}

extension Program {
    /// The same streams with other views and alerts.
    func with(_ dashboard: Dashboard, number: Int) -> Program {
        var next = Program(dashboard) { _ in false }
        next.plan.streams = plan.streams
        next.plan.recentBytes = plan.recentBytes
        next.plan.number = number
        return next
    }
}

extension RulePlan {
    init(_ alert: AlertDefinition, in dashboard: Dashboard) {
        self.init(
            name: alert.name, when: alert.when.condition, clear: alert.clear?.condition,
            columns: alert.columns, rule: alert.rule, every: alert.every)
        measures = alert.measures
        sequence = alert.sequence
        inhibitedBy = alert.inhibitedBy.compactMap { name in
            dashboard.alerts.firstIndex { $0.name == name }
        }
        definition = alert.digest(in: dashboard)
    }
}

extension StreamRules {
    init(_ stream: StreamDefinition, _ span: Range<Int64>, isBounded: Bool) {
        self.init(name: stream.name, isBounded: isBounded)
        self.span = span
        outOfOrderness = stream.outOfOrderness
        allowedLateness = stream.allowedLateness
        idleAfter = stream.idleAfter
        forgetAfter = stream.forgetAfter
        freshness = stream.freshness
        id = stream.id
        dedupWindow = stream.dedupWindow
        stages = stream.stages
        watermarkBy = stream.watermarkBy
    }
}
