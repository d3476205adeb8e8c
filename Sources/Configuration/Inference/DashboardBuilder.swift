import Events
import Queries

/// Chooses what of a stream is worth looking at.
struct DashboardBuilder {
    private(set) var dashboard: Dashboard
    private(set) var assumptions: [String] = []
    private var stream: StreamDefinition
    private let profiles: [FieldProfile]
    private let times: SampleTimes?
    private var window = "10s every 1s"
    private var panels: [(row: Int, panel: PanelDefinition)] = []

    init(_ stream: StreamDefinition, _ profiles: [FieldProfile], _ times: SampleTimes?) {
        self.stream = stream
        self.times = times
        let isTime = Set((times?.stages ?? []) + [times?.field].compactMap { $0 })
        self.profiles = profiles.filter { !isTime.contains($0.path) }
        dashboard = Dashboard(title: stream.from)
    }

    mutating func build(isLive: Bool) {
        setTime(isLive: isLive)
        setIdentity()
        let keys = profiles.filter { $0.groupingScore > 0 }
            .enumerated().sorted {
                ($1.element.groupingScore, $0.offset) < ($0.element.groupingScore, $1.offset)
            }.map(\.element)
        let key = keys.first
        if let key { assume("grouped by", key.path, "\(key.values.count) values in the sample") }
        addRate(key)
        addLatency(key)
        addErrors(key)
        addValues(key)
        addTop(keys, besides: key)
        dashboard.streams = [stream]
        dashboard.rows = (0..<3).map { row in
            PanelRow(panels: panels.filter { $0.row == row }.map(\.panel))
        }.filter { !$0.panels.isEmpty }
    }

    private mutating func assume(_ what: String, _ path: FieldPath, _ why: String) {
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
        if !isLive { setWindow(times) }
    }

    /// Windows in which a past stream has ten events or so, in the mean.
    private mutating func setWindow(_ times: SampleTimes) {
        let wanted = Double(times.span.rawValue) / Double(max(1, times.times.count)) * 10
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
    private mutating func add(
        _ name: String, _ aggregates: String, by keys: [FieldProfile], over window: String? = nil
    ) -> Int? {
        let by = keys.isEmpty ? "" : " by " + keys.map(\.path.description).joined(separator: ", ")
        let text = "\(aggregates)\(by) over \(window ?? self.window)"
        guard let query = try? Query(parsing: text) else { return nil }
        dashboard.views.append(ViewDefinition(name: name, query: query, text: text, stream: 0))
        return dashboard.views.count - 1
    }

    private mutating func show(
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

    private mutating func addErrors(_ key: FieldProfile?) {
        guard let condition = errorCondition() else { return }
        guard
            let view = add(
                "errors", "count(\(condition)) as errors, count() as events",
                by: [key].compactMap { $0 })
        else { return }
        show(.table(view: view), row: 1, title: "errors", sort: "errors")
        assumptions.append("errors are `\(condition)`")
    }

    private func errorCondition() -> String? {
        if let status = profiles.first(where: {
            $0.isNumeric && $0.has("status", "code") && $0.numbers.allSatisfy { 100..<600 ~= $0 }
        }) {
            return "\(status.path) >= 500"
        }
        let bad = ["error", "err", "fatal", "critical", "crit", "panic", "alert", "emerg", "fail"]
        for profile in profiles where profile.has("level", "severity", "lvl", "status", "priority")
        {
            let words = profile.values.keys.compactMap { value -> String? in
                if case .string(let text) = value { text } else { nil }
            }
            guard words.count == profile.values.count, words.count <= 20 else { continue }
            // journald: 0 to 3 are errors and worse.
            if profile.has("priority"),
                words.allSatisfy({ $0.count == 1 && "01234567".contains($0) })
            {
                return "\(profile.path) in [\"0\", \"1\", \"2\", \"3\"]"
            }
            let found = words.filter { bad.contains($0.lowercased()) }.sorted()
            // A level that has only been good so far has its usual word.
            let named = found.isEmpty && profile.has("level", "severity", "lvl") ? ["error"] : found
            if !named.isEmpty {
                return "\(profile.path) in [" + named.map { "\"\($0)\"" }.joined(separator: ", ")
                    + "]"
            }
        }
        return nil
    }

    /// The quantities that move, two at most.
    private mutating func addValues(_ key: FieldProfile?) {
        let latency = profiles.contains { $0.latencyScore > 0 }
        let quantities = profiles.filter { $0.isQuantity && $0.latencyScore == 0 && $0.isCommon }
        let shown = quantities.filter { $0.path != key?.path }.prefix(latency ? 1 : 2)
        for (i, quantity) in shown.enumerated() {
            let x = quantity.path
            let name = i == 0 ? "value" : "value_\(i + 1)"
            guard
                let view = add(
                    name, "avg(\(x)) as mean, min(\(x)) as low, max(\(x)) as high",
                    by: [key].compactMap { $0 })
            else { continue }
            assume("a quantity", x, "a number that changes")
            show(
                .sparkline(view: view, aggregate: 0), row: latency ? 2 : 0,
                title: "mean of \(x.name)", unit: quantity.unit)
            show(.table(view: view), row: latency ? 2 : 1, title: x.name, unit: quantity.unit)
        }
    }

    /// What there is most of, by the field with the most values that is still a key.
    private mutating func addTop(_ keys: [FieldProfile], besides key: FieldProfile?) {
        let texts = profiles.filter {
            $0.texts > 0 && $0.isCommon && !$0.isIdentity && $0.path != key?.path
                && $0.values.count > 1 && $0.values.count * 2 < $0.records
        }
        guard let top = texts.max(by: { $0.values.count < $1.values.count }) else { return }
        guard let view = add("top", "count() as events", by: [top]) else { return }
        show(.table(view: view), row: 2, title: "top \(top.path.name)", sort: "events")
    }
}
