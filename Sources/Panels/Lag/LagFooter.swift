import Engine
import Screen

/// Below a lag panel's lines: why a partition has its status, or how fast all of them move; and
/// with room to spare, the group's lag as it was.
struct LagFooter {
    let group: LagGroupSnapshot
    let lines: LagLines
    /// The partition that is chosen; else the worst one speaks.
    let chosen: Int?

    func draw(in rect: Rect, on grid: inout Grid) {
        let used = grid.write(CleanText(text), in: rect, style: Style(.dim))
        let graph = Rect(
            column: rect.column, row: rect.row + 1, width: rect.width, height: rect.height - 1)
        guard graph.height >= 2 else { return }
        let history = history(columns: graph.width, symbols: grid.symbols)
        let highest = history.compactMap { $0 }.max() ?? 0
        Sparkline(values: history, maximum: highest).draw(in: graph, on: &grid)
        let label = CleanText("total below, at most \(compactNumber(highest))")
        guard used + 2 + label.width <= rect.width else { return }
        grid.write(label, in: rect, .trailing, style: Style(.dim))
    }

    private var text: String {
        let speaker = chosen ?? (group.status == .ok ? nil : group.worst)
        guard let speaker else { return rates }
        if chosen == nil, group.partitions.allSatisfy({ $0.status == .disconnected }) {
            return group.reason
        }
        let partition = group.partitions[speaker]
        return "\(lines.name(partition).string): \(partition.reason)"
    }

    private var rates: String {
        let over = group.rated < group.partitions.count ? " (\(group.rated) partitions)" : ""
        let members = group.members.map { $0 == 1 ? "1 member" : "\($0) members" }
        return "written \(rate(group.produceRate)) · read \(rate(group.consumeRate))\(over)"
            + " · \(members ?? "members unknown")"
            + (group.resets > 0 ? " · \(group.resets) resets" : "")
    }

    private func rate(_ rate: Double?) -> String {
        rate.map { compactNumber($0) + "/s" } ?? "–"
    }

    /// The newest totals. A gap where nobody answered, or where fewer or more partitions were
    /// summed up than now: such totals don't compare.
    private func history(columns: Int, symbols: Symbols) -> [Double?] {
        group.history.suffix(Sparkline.capacity(columns: columns, symbols: symbols)).map { point in
            point.total.flatMap { $0.known == group.total.known ? Double($0.lag) : nil }
        }
    }
}
