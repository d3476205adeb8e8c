import Engine
import Events

/// A row as it is printed: names and values in their order, an unknown value being null.
struct PrintedRow {
    var fields: [(name: String, value: Scalar)]

    init(fields: [(name: String, value: Scalar)]) { self.fields = fields }

    var names: [String] { fields.map(\.name) }

    /// The rows of a pane, ordered by key; with `top`, in each group the most frequent first.
    /// Without `fill` empty ones are left out.
    static func rows(
        of fired: FiredPane, view: ViewPlan, labelled: Bool, times: TimesFormat, fill: Bool
    ) -> [PrintedRow] {
        let pane = fired.pane
        let isRanked = view.query.top != nil
        let order = pane.slots.indices
            .filter { fill || pane.counts[$0] > 0 }
            .compactMap { row in fired.keys[Int(pane.slots[row])].map { (row, $0) } }
            .sorted { a, b in
                let groups = (Key(a.1.values.dropLast()), Key(b.1.values.dropLast()))
                let (m, n) = (pane.counts[a.0], pane.counts[b.0])
                return isRanked && groups.0 == groups.1 && m != n ? m > n : a.1 < b.1
            }
        return order.map { row, key in
            PrintedRow(pane, row, key, view, labelled: labelled, times)
        }
    }

    private init(
        _ pane: Pane, _ row: Int, _ key: Key, _ view: ViewPlan, labelled: Bool,
        _ times: TimesFormat
    ) {
        fields = labelled ? [("kind", .string("window")), ("view", .string(view.name))] : []
        fields.append(("window_start", times.value(of: pane.start)))
        fields.append(("window_end", times.value(of: pane.end)))
        fields.append(("pane", .string(pane.kind.rawValue)))
        if !pane.replaces.isEmpty {
            fields.append(
                ("replaces", .string(pane.replaces.map(times.text).joined(separator: ","))))
        }
        for (name, value) in zip(view.query.keyNames, key.values) { fields.append((name, value)) }
        for (i, name) in view.query.columnNames.enumerated() {
            let value = pane.values[i][row]
            fields.append((name, value.isFinite ? .number(value) : .null))
        }
    }
}
