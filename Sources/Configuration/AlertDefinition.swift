import Alerting
import Events
import Queries

/// An alert rule as the dashboard file states it.
package struct AlertDefinition: Hashable, Sendable {
    /// A condition over the columns of views, and how it was written.
    package struct When: Hashable, Sendable {
        package var condition: Condition
        package var text: String

        package init(_ condition: Condition, text: String) {
            self.condition = condition
            self.text = text
        }
    }

    package struct Label: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var name: String
    package var when: When
    package var clear: When?
    /// What the names in the conditions stand for.
    package var columns: [FieldPath: ViewColumn]
    /// Or, of a rule about health.
    package var measures: [FieldPath: HealthMeasure] = [:]
    /// Instead of both: events in an order, and how its steps are written.
    package var sequence: SequenceRule?
    package var steps: [String] = []
    /// The fields that name its groups: the `by` of the finest view. Empty: one group, of no name.
    package var groups: [FieldPath]
    package var rule = AlertRule()
    /// Alerts that say enough while they fire, by their names; of the same dashboard.
    package var inhibitedBy: [String] = []
    /// nil: evaluated at each multiple of the views' smallest hop.
    package var every: Nanoseconds?
    /// In the file's order.
    package var labels: [Label] = []
    package var summary: SummaryTemplate?

    package init(
        name: String, when: When, columns: [FieldPath: ViewColumn], groups: [FieldPath] = []
    ) {
        self.name = name
        self.when = when
        self.columns = columns
        self.groups = groups
    }

    /// What its conditions read, as the engine's rows hold it.
    package var readings: [ColumnReading] {
        Condition.readings(when: when.condition, clear: clear?.condition)
    }

    /// The summary of these groups, the first of which that has a value has this one (NaN: none);
    /// nil: the rule has no summary.
    package func summary(of keys: [Key], value: Double) -> String? {
        summary?.text { place in
            switch place {
            case "alert": name
            case "count": String(keys.count)
            case "for": rule.holdFor.written
            case "groups": list(keys.map(\.description))
            case "value": value.isNaN ? nil : plainNumber(rounded(value, digits: 4))
            default: groups.firstIndex { $0.name == place }.flatMap { field(at: $0, of: keys) }
            }
        }
    }

    private func field(at index: Int, of keys: [Key]) -> String? {
        var values: [String] = []
        for key in keys {
            let value = key.values[index].description
            if !values.contains(value) { values.append(value) }
            if values.count > 12 { break }
        }
        return values.isEmpty ? nil : list(values)
    }

    private func list(_ words: [String]) -> String {
        let rest = words.count > 12 ? ", and \(words.count - 12) more" : ""
        return words.prefix(12).joined(separator: ", ") + rest
    }
}
