import Events
import Queries

/// The keys of the rows that `top` gives: a group's values, and one that came often in it.
struct RankedKeys {
    private(set) var table: KeyTable
    /// Of each slot: the end of the last window that has a row of it.
    private var lastEnd: [Timestamp] = []
    private let limit: Int
    private let forgetAfter: Nanoseconds

    /// `rows` of each group, at most.
    init(rows: Int, keyLimit: Int, fields: Int, forgetAfter: Nanoseconds) {
        table = KeyTable(limit: keyLimit, fields: fields + 1)
        limit = rows
        self.forgetAfter = forgetAfter
    }

    /// The pane with a row for each value that is among the first of its group, instead of one for
    /// each group: how often it was counted, and how much more often it may have come. Rows whose
    /// key finds no room are left out.
    mutating func rows(of pane: Pane, groups: [Key?]) -> Pane {
        var rows: [(slot: Int32, count: UInt64, error: UInt64)] = []
        for (row, group) in pane.slots.enumerated() {
            guard let group = groups[Int(group)] else { continue }
            let ranking = pane.rankings[row]
            for (value, count) in ranking.top(limit) {
                let slot = table.slot(of: Key(group.values + [value]), firstEnd: pane.end)
                guard Int(slot) < table.limit else { continue }
                rows.append((slot, count, ranking.error))
                note(slot, pane.end)
            }
        }
        rows.sort { $0.slot < $1.slot }
        var result = pane
        result.rankings = []
        result.slots = rows.map(\.slot)
        result.counts = rows.map(\.count)
        result.values = [rows.map { Double($0.count) }, rows.map { Double($0.error) }]
        return result
    }

    private mutating func note(_ slot: Int32, _ end: Timestamp) {
        while lastEnd.count <= slot { lastEnd.append(.beginning) }
        lastEnd[Int(slot)] = max(lastEnd[Int(slot)], end)
        table.note(slot, in: end)
    }

    /// Lets go of the keys that have had no row for long.
    mutating func forget(at end: Timestamp) {
        for slot in lastEnd.indices where lastEnd[slot] != .beginning {
            guard lastEnd[slot] + forgetAfter < end else { continue }
            table.forget(slot: Int32(slot), after: lastEnd[slot])
            lastEnd[slot] = .beginning
        }
        // Their last panes are final.
        table.release(through: .end)
    }
}

extension ViewState {
    /// The keys that rows of panes stand for.
    var shownKeys: KeyTable { ranked?.table ?? keys }

    /// A pane of the windows as it is shown and kept.
    mutating func shown(_ pane: Pane) -> Pane {
        ranked?.rows(of: pane, groups: keys.keys) ?? pane
    }
}
