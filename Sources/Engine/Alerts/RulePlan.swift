import Alerting
import Events
import Queries

/// An alert rule for the engine: a condition over the columns of views.
package struct RulePlan: Hashable, Sendable {
    package var name: String
    /// Tells one text of the rule from another.
    package var definition = ""
    package var when: Condition
    /// nil: a firing alert resolves when `when` no longer holds.
    package var clear: Condition?
    /// What the conditions' names stand for: columns of views, or else measures of health.
    package var columns: [FieldPath: ViewColumn]
    package var measures: [FieldPath: HealthMeasure] = [:]
    /// Instead of both: what its one column counts the matches of.
    package var sequence: SequenceRule?
    package var rule: AlertRule
    /// Indices of the rules that say enough while they fire.
    package var inhibitedBy: [Int] = []
    /// nil: at each multiple of the views' smallest hop.
    package var every: Nanoseconds?

    package init(
        name: String, when: Condition, clear: Condition? = nil, columns: [FieldPath: ViewColumn],
        rule: AlertRule = AlertRule(), every: Nanoseconds? = nil
    ) {
        self.name = name
        self.when = when
        self.clear = clear
        self.columns = columns
        self.rule = rule
        self.every = every
    }

    /// Whether it is about the way that the data takes, and so goes by processing time.
    package var isOfHealth: Bool { !measures.isEmpty }

    /// What its conditions read, each once; those of `when` first.
    package var readings: [ColumnReading] { Condition.readings(when: when, clear: clear) }

    /// Of the streams that it waits for.
    func streams(_ plans: [ViewPlan]) -> [Int] {
        views.map { plans[$0].stream } + (sequence.map { [$0.stream] } ?? [])
    }

    /// Indices of the views it names, ascending.
    package var views: [Int] { Set(columns.values.map(\.view)).sorted() }
}
