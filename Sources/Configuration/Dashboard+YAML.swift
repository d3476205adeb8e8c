import Events

extension Dashboard {
    /// The dashboard as a file that reads back equal, if its parts fit together as they do after
    /// reading. Text is always quoted; what is as by default is left out.
    package var yaml: String {
        var lines = ["version: 1"]
        if let title { lines.append("title: \(doubleQuoted(title))") }
        lines.append("streams:")
        for stream in streams { lines += stream.lines }
        lines.append("views:")
        lines += views.map { "  \($0.name): \(doubleQuoted($0.text))" }
        if !lag.isEmpty { lines.append("lag:") }
        lines += lag.map(\.line)
        if !alerts.isEmpty { lines.append("alerts:") }
        for alert in alerts { lines += alert.lines(streams) }
        if !rows.isEmpty { lines.append("panels:") }
        for row in rows {
            lines.append("  - row:")
            lines += row.panels.map { "      - { \(line(of: $0)) }" }
            if row.height != 1 { lines.append("    height: \(row.height)") }
            if let page = row.page { lines.append("    page: \(doubleQuoted(page))") }
        }
        if !receivers.isEmpty { lines.append("notify:") }
        lines += receivers.map(\.line)
        if !tests.isEmpty { lines.append("tests:") }
        for test in tests { lines += test.lines(in: self) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(of panel: PanelDefinition) -> String {
        var parts = [contentPart(panel.content)]
        if let title = panel.title { parts.append("title: \(doubleQuoted(title))") }
        if let unit = panel.unit { parts.append("unit: \(doubleQuoted(unit))") }
        let numbers = [
            ("min", panel.min), ("max", panel.max), ("warn", panel.warn), ("crit", panel.crit),
        ]
        for (key, number) in numbers {
            if let number { parts.append("\(key): \(writtenNumber(number))") }
        }
        if let sort = panel.sort {
            parts.append("sort: \(doubleQuoted((sort.descending ? "-" : "") + sort.column))")
        }
        if panel.log { parts.append("log: true") }
        if panel.width != 1 { parts.append("width: \(panel.width)") }
        if let width = panel.minWidth { parts.append("min_width: \(width)") }
        if let height = panel.minHeight { parts.append("min_height: \(height)") }
        return parts.joined(separator: ", ")
    }

    private func contentPart(_ content: PanelDefinition.Content) -> String {
        switch content {
        case .sparkline(let view, let aggregate): "sparkline: \(column(view, aggregate))"
        case .area(let view, let aggregate): "area: \(column(view, aggregate))"
        case .bars(let view, let aggregate): "bars: \(column(view, aggregate))"
        case .heatmap(let view, let aggregate): "heatmap: \(column(view, aggregate))"
        case .top(let view): "top: \(doubleQuoted(views[view].name))"
        case .events(let stream): "events: \(doubleQuoted(streams[stream].name))"
        case .health: "health: all"
        case .gauge(let view, let aggregate): "gauge: \(column(view, aggregate))"
        case .table(let view): "table: \(doubleQuoted(views[view].name))"
        case .latency(let stream): "latency: \(doubleQuoted(streams[stream].name))"
        case .deadLetters(let stream): "dead_letters: \(doubleQuoted(streams[stream].name))"
        case .watermark(let stream): "watermark: \(doubleQuoted(streams[stream].name))"
        case .lag(let probe): "lag: \(doubleQuoted(lag[probe].name))"
        case .alerts(let alert): "alerts: \(alert.map { doubleQuoted(alerts[$0].name) } ?? "all")"
        }
    }

    private func column(_ view: Int, _ aggregate: Int) -> String {
        doubleQuoted(views[view].name + "." + views[view].query.columnNames[aggregate])
    }
}

/// A number as a dashboard reads it.
func writtenNumber(_ x: Double) -> String { x == 0 && x.sign == .minus ? "-0" : plainNumber(x) }

extension StreamDefinition {
    fileprivate var lines: [String] {
        let standard = StreamDefinition(name: name, from: from)
        var lines = ["  \(name):", "    from: \(from == "stdin" ? from : doubleQuoted(from))"]
        lines += settingLines
        switch format {
        case .pattern(let pattern)?: lines.append("    pattern: \(doubleQuoted(pattern))")
        case let format?: lines.append("    format: \(format.name)")
        case nil: break
        }
        lines += timeLines
        if let id { lines.append("    id: \(doubleQuoted(id.description))") }
        let durations = [
            ("out_of_orderness", outOfOrderness, standard.outOfOrderness),
            ("allowed_lateness", allowedLateness, standard.allowedLateness),
            ("idle_after", idleAfter, standard.idleAfter),
            ("max_future_skew", maxFutureSkew, standard.maxFutureSkew),
            ("forget_after", forgetAfter, standard.forgetAfter),
            ("dedup_window", dedupWindow, standard.dedupWindow),
        ]
        for (key, value, usual) in durations where value != usual {
            lines.append("    \(key): \(value.written)")
        }
        if !stages.isEmpty {
            let paths = stages.map { doubleQuoted($0.description) }
            lines.append("    stages: [\(paths.joined(separator: ", "))]")
        }
        if let watermarkBy {
            lines.append("    watermark_by: \(doubleQuoted(watermarkBy.description))")
        }
        if keyLimit != standard.keyLimit { lines.append("    key_limit: \(keyLimit)") }
        if !units.isEmpty {
            let pairs = units.sorted { $0.key.description < $1.key.description }.map {
                "\(doubleQuoted($0.key.description)): \($0.value.name)"
            }
            lines.append("    units: { \(pairs.joined(separator: ", ")) }")
        }
        if let freshness { lines.append("    freshness: \(freshness.written)") }
        return lines
    }

    private var settingLines: [String] { settings.pairs(beside: from).map { "    " + $0 } }

    private var timeLines: [String] {
        guard case .field(let path, let format) = time else { return [] }
        // Without backticks this one means that there is no such field.
        let text = path == FieldPath("arrival") ? "`arrival`" : path.description
        var lines = ["    time: \(doubleQuoted(text))"]
        if let unit = format.unit { lines.append("    time_unit: \(unit.rawValue)") }
        if format.offset != .zero {
            lines.append("    time_zone: \(doubleQuoted(format.offset.writtenAsOffset))")
        }
        return lines
    }
}

extension LagDefinition {
    fileprivate var line: String {
        let pairs = ["from: \(doubleQuoted(from))", "group: \(doubleQuoted(group))"]
        return "  \(name): { "
            + (pairs + settings.pairs(beside: from)).joined(separator: ", ") + " }"
    }
}

extension SourceSettings {
    /// `"key": "value"`; options that stand in the source's name are written there.
    fileprivate func pairs(beside source: String) -> [String] {
        let named = Set(((try? SourceURL(source)) ?? nil)?.options.map(\.name) ?? [])
        return (written + properties.map { ($0.name, $0.written) })
            .filter { !named.contains($0.0) }
            .map { "\(doubleQuoted($0.0)): \(doubleQuoted($0.1))" }
    }
}
