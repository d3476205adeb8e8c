import Alerting
import Events

extension AlertDefinition {
    /// Of the rule's text and those of the views that it reads, in hexadecimal: two rules that give
    /// the same alerts for the same events have the same one, or so it is meant.
    package func digest(in dashboard: Dashboard) -> String {
        let views = Set(columns.values.map(\.view)).sorted().map { view in
            let view = dashboard.views[view]
            return "\(view.name) \(dashboard.streams[view.stream].name): \(view.query)"
        }
        return String(
            SHA256.hex((lines(dashboard.streams) + views).joined(separator: "\n")).prefix(16))
    }

    private func conditionLines(_ streams: [StreamDefinition]) -> [String] {
        guard let sequence else { return ["    when: \(doubleQuoted(when.text))"] }
        var lines = ["    sequence:"]
        for (step, text) in zip(sequence.steps, steps) {
            let words = doubleQuoted(text)
            lines.append("      - " + (step.isAbsent ? "{ not: \(words) }" : words))
        }
        lines.append("    within: \(sequence.within.written)")
        if streams.count > 1 {
            lines.append("    from: \(doubleQuoted(streams[sequence.stream].name))")
        }
        if !groups.isEmpty {
            let fields = groups.map { doubleQuoted($0.description) }
            lines.append("    by: [\(fields.joined(separator: ", "))]")
        }
        return lines
    }

    /// As lines of a dashboard file; what is as by default is left out.
    /// `streams`: of the dashboard.
    func lines(_ streams: [StreamDefinition]) -> [String] {
        var lines = ["  \(name):"] + conditionLines(streams)
        if let clear { lines.append("    clear: \(doubleQuoted(clear.text))") }
        if rule.holdFor != .zero { lines.append("    for: \(rule.holdFor.written)") }
        if let across = rule.across { lines.append("    across: \(across.written)") }
        if rule.keepFiringFor != .zero {
            lines.append("    keep_firing_for: \(rule.keepFiringFor.written)")
        }
        if rule.noData != .false { lines.append("    no_data: \(rule.noData.rawValue)") }
        if let every { lines.append("    every: \(every.written)") }
        if !inhibitedBy.isEmpty {
            let names = inhibitedBy.map { doubleQuoted($0) }
            lines.append("    inhibited_by: [\(names.joined(separator: ", "))]")
        }
        if !labels.isEmpty {
            let parts = labels.map { "\($0.name): \(doubleQuoted($0.value))" }
            lines.append("    labels: { \(parts.joined(separator: ", ")) }")
        }
        if let summary { lines.append("    summary: \(doubleQuoted(summary.written))") }
        return lines
    }
}

extension Across {
    /// A share as percent, with twelve decimals at most.
    fileprivate var written: String {
        switch self {
        case .count(let n): "\(n)"
        case .share(let share): "\"\(plainNumber((share * 1e14).rounded() / 1e12))%\""
        }
    }
}
