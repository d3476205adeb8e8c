import Events
import Queries

/// Chooses what of a stream is worth looking at.
struct DashboardBuilder {
    private(set) var dashboard: Dashboard
    var assumptions: [String] = []
    var stream: StreamDefinition
    let profiles: [FieldProfile]
    private let times: SampleTimes?
    private var window = "10s every 1s"
    private var panels: [(row: Int, panel: PanelDefinition)] = []

    init(_ stream: StreamDefinition, _ profiles: [FieldProfile], _ times: SampleTimes?) {
        self.stream = stream
        self.times = times
        self.profiles = profiles.filter { times?.instants.contains($0.path) != true }
        dashboard = Dashboard(title: stream.from)
    }

    mutating func build(isLive: Bool) {
        setTime(isLive: isLive)
        setIdentity()
        let keys = rankedKeys
        let key = keys.first
        if let key { assume("grouped by", key.path, "\(key.values.count) values in the sample") }
        addRate(key)
        addLatency(key)
        let errors = addErrors(keys)
        addValues(key, besides: errors)
        addTop(besides: [key?.path, errors].compactMap { $0 })
        dashboard.streams = [stream]
        dashboard.rows = (0..<3).map { row in
            PanelRow(panels: panels.filter { $0.row == row }.map(\.panel))
        }.filter { !$0.panels.isEmpty }
    }

    private var rankedKeys: [FieldProfile] {
        profiles.filter { $0.groupingScore > 0 }.enumerated().sorted {
            ($1.element.groupingScore, $0.offset) < ($0.element.groupingScore, $1.offset)
        }.map(\.element)
    }

    mutating func assume(_ what: String, _ path: FieldPath, _ why: String) {
        assumptions.append("\(what) `\(path)`: \(why)")
    }

    // MARK: The stream

    private mutating func setTime(isLive: Bool) {
        guard let times else {
            assumptions.append("no time field: events happen when they arrive")
            return
        }
        let unit = times.unit
        stream.time = .field(times.field, TimeFormat(unit: unit))
        assume("time", times.field, unit.map { "epoch in \($0.rawValue)" } ?? "a date")
        if times.disorder > .zero {
            stream.outOfOrderness = Self.roundedUp(times.disorder)
            assumptions.append(
                "out of order by up to \(stream.outOfOrderness.written), as in the sample")
        }
        if times.stages.count > 1 {
            stream.stages = times.stages
            assumptions.append("stages " + times.stages.map(\.name).joined(separator: " → "))
        }
        setWindow(isLive ? times.usualSpacing : times.meanSpacing)
    }

    /// Windows in which a stream has ten events or so. A live one may begin with older records
    /// that were kept for it, so the mean says little of it.
    private mutating func setWindow(_ spacing: Nanoseconds) {
        let wanted = Double(spacing.rawValue) * 10
        let choices: [(seconds: Double, text: String)] = [
            (10, "10s every 1s"), (60, "1m every 5s"), (600, "10m every 1m"),
            (3600, "1h every 5m"), (21_600, "6h every 30m"), (86_400, "24h every 1h"),
        ]
        let choice = choices.first { $0.seconds * 1e9 >= wanted } ?? choices.last!
        window = choice.text
        stream.forgetAfter = max(
            stream.forgetAfter, Nanoseconds(rawValue: Int64(choice.seconds * 2e9)))
        assumptions.append("windows of \(window)")
    }

    private mutating func setIdentity() {
        guard let id = profiles.first(where: \.isIdentity) else { return }
        stream.id = id.path
        stream.dedupWindow = max(stream.dedupWindow, stream.outOfOrderness)
        assume("id", id.path, "no two records of the sample share one")
    }

    private static func roundedUp(_ disorder: Nanoseconds) -> Nanoseconds {
        let steps: [Int64] = [1, 2, 5, 10, 30, 60, 300, 600, 3600, 7200, 86_400]
        return steps.map { Nanoseconds.seconds($0) }.first { $0 >= disorder } ?? .seconds(172_800)
    }

    // MARK: Views and panels

    /// The view's index; nil if there is no such query, which would be a mistake in here.
    mutating func add(
        _ name: String, _ aggregates: String, by keys: [FieldProfile], over window: String? = nil
    ) -> Int? {
        let by = keys.isEmpty ? "" : " by " + keys.map(\.path.description).joined(separator: ", ")
        let text = "\(aggregates)\(by) over \(window ?? self.window)"
        guard let query = try? Query(parsing: text) else { return nil }
        dashboard.views.append(ViewDefinition(name: name, query: query, text: text, stream: 0))
        return dashboard.views.count - 1
    }

    mutating func show(
        _ content: PanelDefinition.Content, row: Int, title: String, unit: String? = nil,
        sort: String? = nil
    ) {
        var panel = PanelDefinition(content: content)
        panel.title = title
        panel.unit = unit
        panel.sort = sort.map { PanelDefinition.Sort(column: $0, descending: true) }
        panels.append((row, panel))
    }

    private mutating func addRate(_ key: FieldProfile?) {
        guard let view = add("load", "rate()", by: [key].compactMap { $0 }) else { return }
        let by = key.map { " by \($0.path.name)" } ?? ""
        show(.sparkline(view: view, aggregate: 0), row: 0, title: "events/s\(by)", unit: "/s")
    }

    private mutating func addLatency(_ key: FieldProfile?) {
        if stream.stages.count > 1 {
            panels.append((0, PanelDefinition(content: .latency(stream: 0))))
        }
        let best = profiles.filter { $0.latencyScore > 0 }.max { $0.latencyScore < $1.latencyScore }
        guard let best else { return }
        assume("latency", best.path, "by its name")
        let (x, name) = (best.path, best.path.name)
        guard
            let view = add(
                "latency", "p50(\(x)), p95(\(x)), p99(\(x)), count()",
                by: [key].compactMap { $0 })
        else { return }
        if stream.stages.count < 2 {
            show(
                .sparkline(view: view, aggregate: 2), row: 0, title: "p99 of \(name)",
                unit: best.unit)
        }
        show(.table(view: view), row: 1, title: name, unit: best.unit, sort: "p99")
    }
}
