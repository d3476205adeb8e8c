import Engine
import Events
import Screen

/// One consumer group: a line per partition, with how far it is behind and what is the matter.
///
/// The columns keep their places, so that numbers don't jump. A narrow panel sheds the drain, then
/// the time lag and the bar; never the lag and the status. Where there are more partitions than
/// lines the worst come first, and the note says how many are not shown.
package struct LagPanel {
    package var title: String
    /// nil: nothing has been heard of it.
    package var group: LagGroupSnapshot?
    /// What an empty panel waits for: the probe's source, as the dashboard names it.
    package var from: String
    /// The line that is chosen while the panel is focused.
    package var selection: Int
    package var isFocused: Bool

    package init(
        title: String, group: LagGroupSnapshot?, from: String, selection: Int = 0,
        isFocused: Bool = false
    ) {
        self.title = title
        self.group = group
        self.from = from
        self.selection = selection
        self.isFocused = isFocused
    }

    package func draw(in rect: Rect, on grid: inout Grid) {
        guard let group, !group.partitions.isEmpty else { return drawEmpty(in: rect, on: &grid) }
        let inside = Box.interior(of: rect)
        let count = group.partitions.count
        let hasFooter = inside.height > min(count, 2)
        let room = max(0, inside.height - (hasFooter ? 1 : 0))
        let order = order(of: group, room: room)
        let hidden = max(0, count - room) + group.partitionsOverLimit
        box(LagNote(group: group, hidden: hidden), rect).draw(in: rect, on: &grid)
        guard !inside.isEmpty else { return }

        let lines = LagLines(group: group, width: inside.width - 2)
        let selected = min(max(0, selection), count - 1)
        let first = isFocused ? max(0, min(selected - room / 2, count - room)) : 0
        let shown = order.dropFirst(first).prefix(room)
        for (i, index) in shown.enumerated() {
            let row = Rect(
                column: inside.column, row: inside.row + i, width: inside.width, height: 1)
            lines.draw(group.partitions[index], in: row.inset(columns: 1, rows: 0), on: &grid)
            if isFocused, first + i == selected { grid.restyle(row, role: .selected) }
        }
        guard hasFooter else { return }
        let rest = Rect(
            column: inside.column, row: inside.row + shown.count, width: inside.width,
            height: inside.height - shown.count)
        LagFooter(group: group, lines: lines, chosen: isFocused ? order[selected] : nil)
            .draw(in: rest.inset(columns: 1, rows: 0), on: &grid)
    }

    /// The places of the partitions in the order of their lines: their own while all fit.
    private func order(of group: LagGroupSnapshot, room: Int) -> [Int] {
        let all = Array(group.partitions.indices)
        guard all.count > room else { return all }
        return all.sorted { i, j in
            let (a, b) = (group.partitions[i], group.partitions[j])
            if a.status != b.status { return a.status > b.status }
            return a.lag == b.lag ? i < j : (a.lag ?? -1) > (b.lag ?? -1)
        }
    }

    private func box(_ note: LagNote, _ rect: Rect) -> Box {
        let title = CleanText(title)
        return Box(
            title: title, note: note.text(within: rect.width - 4 - min(title.width, 12) - 3),
            isFocused: isFocused, noteStyle: note.style)
    }

    private func drawEmpty(in rect: Rect, on grid: inout Grid) {
        let inside = Box(title: CleanText(title), isFocused: isFocused).draw(in: rect, on: &grid)
        let text = group?.reason ?? "waiting for an answer from \(from)"
        let isDown = group?.status == .disconnected
        grid.write(
            CleanText(text), in: inside, line: inside.height / 2, .center,
            style: Style(isDown ? .bad : .dim))
    }
}
