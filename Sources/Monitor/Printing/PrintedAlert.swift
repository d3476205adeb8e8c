import Alerting
import Configuration
import Engine
import Events

/// An alert's change of state as a line for programs.
struct PrintedAlert {
    let definition: AlertDefinition
    let change: AlertChange
    /// Of the input that led to it.
    let number: UInt64
    let times: TimesFormat

    var state: String { change.transition.word }

    var json: String {
        let groups = change.groups.map { key in
            let fields = zip(definition.groups, key.values).map { path, value in
                "\(quoted(path.name)):\(jsonValue(value))"
            }
            return "{\(fields.joined(separator: ","))}"
        }
        var fields = row.fields.map { ($0.name, jsonValue($0.value)) }
        if let at = fields.firstIndex(where: { $0.0 == "groups" }) {
            fields[at].1 = "[\(groups.joined(separator: ","))]"
        }
        if !definition.labels.isEmpty {
            let labels = definition.labels.map { "\(quoted($0.name)):\(quoted($0.value))" }
            fields.append(("labels", "{\(labels.joined(separator: ","))}"))
        }
        return "{" + fields.map { "\(quoted($0)):\($1)" }.joined(separator: ",") + "}\n"
    }

    /// Without labels, and with the groups as one text.
    var row: PrintedRow {
        let groups = change.groups.map(\.description).joined(separator: ", ")
        let summary = definition.summary(of: change.groups, value: change.value)
        return PrintedRow(fields: [
            ("kind", .string("alert")), ("alert", .string(definition.name)),
            ("state", .string(state)), ("at", times.value(of: change.transition.at)),
            ("groups", .string(groups)),
            ("value", change.value.isFinite ? .number(change.value) : .null),
            ("snapshot", .number(Double(number))),
            ("summary", summary.map { .string($0) } ?? .null),
        ])
    }
}

extension AlertTransition {
    /// What it led to; `inactive` is the end of one that was only pending.
    var word: String {
        switch (from, to) {
        case (_, .firing): "firing"
        case (_, .pending): "pending"
        case (.firing, .inactive): "resolved"
        case (_, .inactive): "inactive"
        }
    }
}
