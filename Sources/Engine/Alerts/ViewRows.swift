import Events
import Queries

/// The views that a rule reads, and how: the one with the most `by` fields names the groups; the
/// others' fields are among them.
struct ViewRows {
    /// A view as the rule reads it, now or some time before.
    struct Operand: Hashable {
        struct Column: Hashable {
            var aggregate: Int
            /// Where its values go among those of a row.
            var place: Int
        }

        var view: Int
        var stream: Int
        /// A pane counts at T if it ends past T − reach: the view's hop, or of one of sessions the
        /// time between two T. nil: since the start.
        var reach: Int64?
        /// How long before T.
        var past: Int64
        /// Where each of the view's key fields stands among those of a group.
        var fields: [Int]
        /// The aggregates asked for.
        var columns: [Column]
    }

    /// The one that names the groups first.
    let operands: [Operand]
    let keyNames: [String]
    /// T is each multiple of it.
    let step: Int64
    private let width: Int
    /// Of its views, in nanoseconds.
    let longestWindow: Int64

    init(_ plan: RulePlan, readings: [ColumnReading], views: [ViewState]) {
        let ordered = plan.views.sorted {
            let (a, b) = (
                views[$0].plan.query.keyNames.count, views[$1].plan.query.keyNames.count
            )
            return a == b ? $0 < $1 : a > b
        }
        let group = views[ordered[0]].plan.query.keyNames
        let step = plan.every?.rawValue ?? ordered.compactMap { views[$0].grid?.hop }.min() ?? .max
        (keyNames, self.step, width) = (group, step, readings.count)
        longestWindow =
            ordered.compactMap { views[$0].plan.query.window?.length.rawValue }.max() ?? 0
        operands = ordered.flatMap { view in
            let columns = readings.enumerated().compactMap { place, reading in
                let column = plan.columns[reading.column]!
                return column.view == view
                    ? (past: reading.past, aggregate: column.aggregate, place: place) : nil
            }
            // The one that names the groups is read as it is, even if no column of it is.
            let pasts = Set(columns.map(\.past) + (view == ordered[0] ? [0] : [])).sorted()
            return pasts.map { past in
                Operand(
                    view: view, stream: views[view].plan.stream,
                    reach: views[view].sessions == nil ? views[view].grid?.hop : step, past: past,
                    fields: views[view].plan.query.keyNames.map { group.firstIndex(of: $0)! },
                    columns: columns.filter { $0.past == past }.map {
                        Operand.Column(aggregate: $0.aggregate, place: $0.place)
                    })
            }
        }
    }

    /// Those of the streams that the views are of, ascending.
    var streams: [Int] { Set(operands.map(\.stream)).sorted() }

    func rows(at t: Int64, _ views: [ViewState]) -> RuleRows {
        let sources = operands.map {
            PaneReader(views[$0.view], reach: $0.reach, at: saturatingSum(t, -$0.past))
        }
        var groups: [(Key, PaneReader.Row)] = []
        sources[0].forEachRow { groups.append(($0, $1)) }
        var rows = read(groups, sources)
        rows.isInReach = zip(operands, sources).contains { $0.reach != nil && $1.hasPane }
        rows.warmingUntil = warmingUntil(t, views)
        return rows
    }

    /// The values of groups: from their own pane, and from the others' by the fields they share.
    private func read(
        _ groups: [(key: Key, row: PaneReader.Row)], _ sources: [PaneReader]
    ) -> RuleRows {
        var rows = RuleRows(width: width)
        for (key, row) in groups {
            rows.append(key, window: sources[0].window(row), count: sources[0].count(row))
        }
        for (i, source) in sources.enumerated() where !operands[i].columns.isEmpty {
            let places = groups.map { key, row in
                i == 0 ? row : source.row(of: Key(operands[i].fields.map { key.values[$0] }))
            }
            for column in operands[i].columns {
                rows.set(
                    column.place,
                    to: places.map { $0.map { source.value(column.aggregate, $0) } ?? .nan })
            }
        }
        return rows
    }

    /// The rows at T of those groups that share the key of another view's row; at most `limit`.
    func rows(
        of key: Key, _ operand: Operand, at t: Int64, _ views: [ViewState], limit: Int
    ) -> RuleRows {
        let sources = operands.map {
            PaneReader(views[$0.view], reach: $0.reach, at: saturatingSum(t, -$0.past))
        }
        if operand.view == operands[0].view {
            return read(sources[0].row(of: key).map { [(key, $0)] } ?? [], sources)
        }
        var groups: [(Key, PaneReader.Row)] = []
        sources[0].forEachRow { group, row in
            guard groups.count < limit, Key(operand.fields.map { group.values[$0] }) == key
            else { return }
            groups.append((group, row))
        }
        return read(groups, sources)
    }

    private func warmingUntil(_ t: Int64, _ views: [ViewState]) -> Timestamp? {
        operands.compactMap { operand -> Timestamp? in
            guard operand.past > 0, let first = views[operand.view].history.first?.end else {
                return nil
            }
            let until = first + Nanoseconds(rawValue: operand.past)
            return until.rawValue > t && !views[operand.view].isShortened ? until : nil
        }.max()
    }
}

extension ColumnReading {
    /// How long before T.
    var past: Int64 { if case .ago(let time) = manner { time.rawValue } else { 0 } }
}
