import Engine
import Events
import Screen

/// The lines of a lag panel: which columns there is room for, and what stands in them.
struct LagLines {
    let group: LagGroupSnapshot
    private let columns: TableColumns
    /// Room for both numbers of a bracketed time lag.
    private let isWide: Bool
    private let hasTopics: Bool
    private let nameWidth: Int
    /// The largest lag that the history knows: what a full bar stands for.
    private let largest: Int64

    init(group: LagGroupSnapshot, width: Int) {
        self.group = group
        isWide = width >= 70
        hasTopics = group.partitions.contains { $0.topic != group.partitions[0].topic }
        largest = max(
            group.history.compactMap(\.largest).max() ?? 0,
            group.partitions.compactMap(\.lag).max() ?? 0)
        let hasTopics = hasTopics
        let widest = group.partitions.map { Self.name($0, hasTopics).width }.max() ?? 2
        // Where there is room the columns keep their places, whatever the words.
        let words = group.partitions.map { CleanText($0.status.word).width }
        let statusWidth = width < 22 ? words.max() ?? 2 : 12
        nameWidth = max(2, min(widest, isWide ? 24 : 14, width - 5 - 12 - 2))
        columns = TableColumns(
            fitting: [
                Self.fixed(nameWidth, .leading, priority: 8),
                ColumnRequest(minimum: 4, ideal: max(4, width), priority: 3),
                Self.fixed(5, .trailing, priority: 9),
                Self.fixed(isWide ? 14 : 8, .trailing, priority: 2),
                Self.fixed(16, .leading, priority: 1),
                ColumnRequest(minimum: statusWidth, ideal: 12, priority: 10),
            ], width: width, spacing: isWide ? 2 : 1)
    }

    private static func fixed(_ width: Int, _ alignment: Alignment, priority: Int)
        -> ColumnRequest
    {
        ColumnRequest(minimum: width, ideal: width, alignment: alignment, priority: priority)
    }

    func draw(_ partition: LagPartitionSnapshot, in row: Rect, on grid: inout Grid) {
        let isOld = partition.status == .disconnected
        let plain = Style(isOld ? .dim : .text)
        let role = role(of: partition)
        columns.write(
            [
                shortName(partition), .empty,
                CleanText(compactNumber(partition.lag.map(Double.init))),
                CleanText(Self.text(partition.timeLag, isWide: isWide)),
                CleanText(outlook(partition)), CleanText(status(partition)),
            ],
            styles: [
                plain, plain, Style(plain.role, bold: !isOld), plain,
                Style(mark(partition) == nil ? .dim : role), Style(role, bold: role == .bad),
            ], in: row, line: 0, on: &grid)
        let bar = Rect(
            column: row.column + columns.starts[1], row: row.row, width: columns.widths[1],
            height: 1)
        let share = partition.lag.map { largest > 0 ? Double($0) / Double(largest) : 0 }
        Meter(share: share, role: isOld ? .dim : role).draw(in: bar.intersection(row), on: &grid)
    }

    private func role(of partition: LagPartitionSnapshot) -> Role {
        if partition.lost > 0 { return .bad }
        return partition.isBeyondEnd ? .warn : partition.status.role
    }

    /// What no width sheds, beside the status.
    private func mark(_ partition: LagPartitionSnapshot) -> String? {
        partition.lost > 0 ? "lost" : partition.isBeyondEnd ? "reset" : nil
    }

    private func outlook(_ partition: LagPartitionSnapshot) -> String {
        if partition.lost > 0 { return "lost \(compactNumber(Double(partition.lost)))" }
        return partition.isBeyondEnd ? "beyond the end" : partition.trend.text
    }

    /// `p3`, with its topic where the group reads several.
    func name(_ partition: LagPartitionSnapshot) -> CleanText { Self.name(partition, hasTopics) }

    private static func name(_ partition: LagPartitionSnapshot, _ hasTopics: Bool) -> CleanText {
        CleanText((hasTopics ? "\(partition.topic) " : "") + "p\(partition.partition)")
    }

    /// Cut in its topic, so that the number stays.
    private func shortName(_ partition: LagPartitionSnapshot) -> CleanText {
        let number = CleanText("p\(partition.partition)")
        guard hasTopics, nameWidth > number.width + 1 else { return number }
        let topic = CleanText(partition.topic).truncated(to: nameWidth - number.width - 1)
        return topic + " " + number
    }

    private func status(_ partition: LagPartitionSnapshot) -> String {
        let mark = mark(partition).map { " " + $0 }
        guard partition.status == .warmingUp else {
            return partition.status.word(members: group.members) + (mark ?? "")
        }
        return "WARMING" + (mark ?? " \(partition.commitsSeen)/\(LagRules.commitLimit)")
    }

    /// How it is known is in the text: `3.1s`, `41s ±5.0s` (`~41s` where there is no room for
    /// both), `≥10m05s`, `–`.
    private static func text(_ timeLag: TimeLag, isWide: Bool) -> String {
        switch timeLag {
        case .zero: "0s"
        case .unknown: "–"
        case .exact(let age): compactDuration(age.rawValue)
        case .atLeast(let age): "≥" + compactDuration(age.rawValue)
        case .bracketed(let middle, let half):
            isWide
                ? "\(compactDuration(middle.rawValue)) ±\(compactDuration(half.rawValue))"
                : "~" + compactDuration(middle.rawValue)
        }
    }
}

extension LagStatus {
    var role: Role {
        switch self {
        case .ok: .good
        case .warmingUp, .noCommit: .dim
        case .warn: .warn
        case .disconnected, .rewind, .stall, .stop: .bad
        }
    }

    /// `STOP ?` where nobody knows whether the group has members.
    func word(members: Int?) -> String { self == .stop && members == nil ? "STOP ?" : word }
}

extension LagTrend {
    fileprivate var text: String {
        switch self {
        case .drains(let duration): "drains in \(compactDuration(duration.rawValue))"
        case .growing: "growing"
        case .steady: "steady"
        case .unknown: "–"
        }
    }
}
