extension Dashboard {
    /// What a dashboard without `panels` shows: the first aggregate of each view over time, in at
    /// most two rows of three, then its alerts and consumer groups, and below them each view as a
    /// table.
    package var defaultRows: [PanelRow] {
        let lines = views.indices.prefix(6).map {
            PanelDefinition(content: .sparkline(view: $0, aggregate: 0))
        }
        let tables = views.indices.map { PanelDefinition(content: .table(view: $0)) }
        let perRow = lines.count > 3 ? (lines.count + 1) / 2 : 3
        let alerting = alerts.isEmpty ? [] : [PanelDefinition(content: .alerts(alert: nil))]
        let groups = lag.indices.map { PanelDefinition(content: .lag(probe: $0)) }
        return Self.rows(lines, of: perRow) + Self.rows(alerting + groups, of: 3)
            + Self.rows(tables, of: 3)
    }

    private static func rows(_ panels: [PanelDefinition], of count: Int) -> [PanelRow] {
        stride(from: 0, to: panels.count, by: count).map {
            PanelRow(panels: Array(panels[$0..<min($0 + count, panels.count)]))
        }
    }
}
