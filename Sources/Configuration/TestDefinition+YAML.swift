import Events

extension TestDefinition {
    /// As lines of a dashboard file.
    func lines(in dashboard: Dashboard) -> [String] {
        var lines = ["  - name: \(doubleQuoted(name))"]
        if dashboard.streams.count > 1 {
            lines.append("    stream: \(doubleQuoted(dashboard.streams[stream].name))")
        }
        switch feed {
        case .file(let path): lines.append("    feed: \(doubleQuoted(path))")
        case .records(let records):
            lines.append("    feed:")
            lines += records.map { "      - \(doubleQuoted($0))" }
        }
        lines.append("    expect:")
        return lines
            + expectations.map {
                "      - { \($0.parts(dashboard).joined(separator: ", ")) }"
            }
    }
}

extension TestExpectation {
    fileprivate func parts(_ dashboard: Dashboard) -> [String] {
        switch self {
        case .alert(let alert): alert.parts(dashboard)
        case .view(let view): view.parts(dashboard)
        }
    }
}

extension AlertExpectation {
    fileprivate func parts(_ dashboard: Dashboard) -> [String] {
        var parts = ["alert: \(doubleQuoted(dashboard.alerts[alert].name))"]
        let times = [
            ("pending_at", pendingAt), ("firing_at", firingAt), ("resolved_at", resolvedAt),
        ]
        for (key, time) in times { if let time { parts.append("\(key): \(time.written)") } }
        switch groups {
        case .count(let count): parts.append("groups: \(count)")
        case .names(let names):
            parts.append("groups: [\(names.map(written).joined(separator: ", "))]")
        case nil: break
        }
        if let value { parts.append("value: \(writtenNumber(value))") }
        if never { parts.append("never: true") }
        return parts
    }

    private func written(_ group: [String]) -> String {
        let values = group.map(doubleQuoted).joined(separator: ", ")
        return group.count == 1 ? values : "[\(values)]"
    }
}

extension ViewExpectation {
    fileprivate func parts(_ dashboard: Dashboard) -> [String] {
        let view = dashboard.views[view]
        var parts = ["view: \(doubleQuoted(view.name))"]
        if let window {
            parts.append("window: [\(window.start.written), \(window.end.written)]")
        }
        if !group.isEmpty {
            let fields = zip(view.query.keyNames, group).map {
                "\(doubleQuoted($0)): \(doubleQuoted($1))"
            }
            parts.append("group: { \(fields.joined(separator: ", ")) }")
        }
        if !values.isEmpty {
            let fields = values.map { value in
                "\(doubleQuoted(view.query.columnNames[value.column])): "
                    + (value.number.map(writtenNumber) ?? "null")
            }
            parts.append("values: { \(fields.joined(separator: ", ")) }")
        }
        if never { parts.append("never: true") }
        return parts
    }
}

extension TestTime {
    /// As a test is written: `121s`, `-5s`, or RFC 3339.
    var written: String {
        switch self {
        case .sinceFirst(let length) where length < .zero:
            "-" + Nanoseconds(rawValue: -length.rawValue).written
        case .sinceFirst(let length): length.written
        case .at(let instant): doubleQuoted(instant.writtenExactly)
        }
    }
}

extension Timestamp {
    /// RFC 3339 with as many decimals as it takes.
    fileprivate var writtenExactly: String {
        let rest = floorMod(rawValue, 1_000_000)
        guard rest != 0 else { return rfc3339 }
        return rfc3339.dropLast() + String(1_000_000 + rest).dropFirst() + "Z"
    }
}
