import Engine
import Events

/// A row as it is printed: names and values in their order, an unknown value being null.
struct PrintedRow {
    var fields: [(name: String, value: Scalar)]

    init(fields: [(name: String, value: Scalar)]) { self.fields = fields }

    var names: [String] { fields.map(\.name) }

    /// The rows of a pane, ordered by key. Without `fill` empty ones are left out.
    static func rows(
        of fired: FiredPane, view: ViewPlan, labelled: Bool, times: TimesFormat, fill: Bool
    ) -> [PrintedRow] {
        let pane = fired.pane
        let order = pane.slots.indices
            .filter { fill || pane.counts[$0] > 0 }
            .compactMap { row in fired.keys[Int(pane.slots[row])].map { (row, $0) } }
            .sorted { $0.1 < $1.1 }
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
        for (path, value) in zip(view.query.keys, key.values) { fields.append((path.name, value)) }
        for (i, aggregate) in view.query.aggregates.enumerated() {
            let value = pane.values[i][row]
            fields.append((aggregate.name, value.isFinite ? .number(value) : .null))
        }
    }
}
