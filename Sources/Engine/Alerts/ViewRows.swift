import Events
import Queries

/// The views that a rule reads, and how: the one with the most `by` fields names the groups; the
/// others' fields are among them.
struct ViewRows {
    /// A view as the rule reads it, now or some time before.
    struct Operand {
        var view: Int
        var stream: Int
        /// A pane counts at T if it ends past T − reach: the view's hop, or of one of sessions the
        /// time between two T. nil: since the start.
        var reach: Int64?
        /// How long before T.
        var past: Int64
        /// Where each of the view's key fields stands among those of a group.
        var fields: [Int]
        /// The aggregates asked for, and where their values go.
        var columns: [(aggregate: Int, place: Int)]
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
                    columns: columns.filter { $0.past == past }.map { ($0.aggregate, $0.place) })
            }
        }
    }

    /// Those of the streams that the views are of, ascending.
    var streams: [Int] { Set(operands.map(\.stream)).sorted() }

    func rows(at t: Int64, _ views: [ViewState]) -> RuleRows {
        let sources = operands.map {
            PaneReader(views[$0.view], reach: $0.reach, at: saturatingSum(t, -$0.past))
        }
        var rows = RuleRows(width: width)
        rows.isInReach = zip(operands, sources).contains { $0.reach != nil && $1.hasPane }
        rows.warmingUntil = warmingUntil(t, views)
        sources[0].forEachRow { key, row in
            rows.append(
                key, read(key, row, sources), window: sources[0].window(row),
                count: sources[0].count(row))
        }
        return rows
    }

    /// A row of values: from the group's own pane, and from the others' by the fields they share.
    private func read(
        _ key: Key, _ row: PaneReader.Row, _ sources: [PaneReader]
    ) -> [Double] {
        var values = [Double](repeating: .nan, count: width)
        for (i, source) in sources.enumerated() where !operands[i].columns.isEmpty {
            let place =
                i == 0 ? row : source.row(of: Key(operands[i].fields.map { key.values[$0] }))
            for column in operands[i].columns {
                values[column.place] = place.map { source.value(column.aggregate, $0) } ?? .nan
            }
        }
        return values
    }

    /// The rows at T of those groups that share the key of another view's row; at most `limit`.
    func rows(
        of key: Key, _ operand: Operand, at t: Int64, _ views: [ViewState], limit: Int
    ) -> [(Key, [Double])] {
        let sources = operands.map {
            PaneReader(views[$0.view], reach: $0.reach, at: saturatingSum(t, -$0.past))
        }
        if operand.view == operands[0].view {
            return sources[0].row(of: key).map { [(key, read(key, $0, sources))] } ?? []
        }
        var rows: [(Key, [Double])] = []
        sources[0].forEachRow { group, row in
            guard rows.count < limit, Key(operand.fields.map { group.values[$0] }) == key else {
                return
            }
            rows.append((group, read(group, row, sources)))
        }
        return rows
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
