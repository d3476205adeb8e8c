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
        return String(SHA256.hex((lines + views).joined(separator: "\n")).prefix(16))
    }

    /// As lines of a dashboard file; what is as by default is left out.
    var lines: [String] {
        var lines = ["  \(name):", "    when: \(doubleQuoted(when.text))"]
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
