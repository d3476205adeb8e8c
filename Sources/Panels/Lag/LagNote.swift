import Engine
import Events
import Screen

/// What stands at the right of a lag panel's edge: what is not shown, the group's status unless it
/// is OK, its lag over how many partitions, and the worst of them.
struct LagNote {
    let group: LagGroupSnapshot
    /// Partitions without a line.
    let hidden: Int

    var style: Style {
        Style(group.status <= .noCommit ? .dim : group.status.role, bold: group.status.role == .bad)
    }

    /// The longest that fits into so many columns; what can't be left out comes first.
    func text(within width: Int) -> CleanText {
        let more = hidden > 0 ? "+\(hidden) more" : nil
        let over = "over \(group.total.known) of \(group.total.partitions)"
        let isWhole = group.total.isComplete
        let candidates = [
            [more, status, total + (isWhole ? "" : " \(over) partitions"), worst],
            [more, status, total + (isWhole ? "" : " \(over)"), worst],
            [more, status, total + (isWhole ? "" : " \(over)")],
            [more, status, total + part], [more, total + part], [total + part],
        ]
        let texts = candidates.map { CleanText($0.compactMap { $0 }.joined(separator: " · ")) }
        return texts.first { $0.width <= width } ?? .empty
    }

    private var total: String {
        group.total.known == 0 ? "–" : compactNumber(Double(group.total.lag))
    }

    private var part: String {
        group.total.isComplete ? "" : " \(group.total.known)/\(group.total.partitions)"
    }

    private var status: String? {
        switch group.status {
        case .ok: nil
        case .disconnected where group.age != nil:
            "\(group.status.word) \(compactDuration(age?.rawValue))"
        default: group.status.word(members: group.members)
        }
    }

    /// Of the last answer; of the worst partition's, where the others have answered since.
    private var age: Nanoseconds? {
        guard let age = group.age, let answeredAt = group.answeredAt, let worst = group.worst,
            group.partitions.contains(where: { $0.status != .disconnected })
        else { return group.age }
        return age + (answeredAt - group.partitions[worst].answeredAt)
    }

    private var worst: String? {
        guard let worst = group.worst, group.partitions.count > 1 else { return nil }
        let partition = group.partitions[worst]
        let hasTopics = group.partitions.contains { $0.topic != partition.topic }
        return "worst \(hasTopics ? "\(partition.topic) " : "")p\(partition.partition)"
    }
}
