/// What is remembered of alerts from one run to the next: which are pending or fire, since when,
/// who has them in hand, what is silenced, and what values usually are.
///
/// An input, the first of a run: so a recording of that run says where it began.
package struct AlertMemory: Hashable, Sendable {
    package struct Rule: Hashable, Sendable {
        package var name: String
        /// Tells one text of the rule from another: state goes with the text it came from.
        package var definition: String
        /// The last T.
        package var evaluatedAt: Timestamp
        /// Of the rule as a whole.
        package var phase: Phase
        package var since: Timestamp
        package var groups: [Group] = []
        package var baselines: [Baseline] = []
        /// Of the rule's one alert, where it has one.
        package var acknowledgement: Acknowledgement?

        package init(
            name: String, definition: String, evaluatedAt: Timestamp, phase: Phase,
            since: Timestamp
        ) {
            self.name = name
            self.definition = definition
            self.evaluatedAt = evaluatedAt
            self.phase = phase
            self.since = since
        }
    }

    package enum Phase: String, Hashable, Sendable { case inactive, pending, firing }

    /// A group that is pending or fires.
    package struct Group: Hashable, Sendable {
        package var key: Key
        package var isFiring: Bool
        package var activeAt: Timestamp
        /// Since when a firing one is only kept.
        package var endedAt: Timestamp?
        package var since: Timestamp
        /// Of the first column that `when` names, when it was seen last; NaN is null.
        package var value: Double
        package var acknowledgement: Acknowledgement?

        package init(
            key: Key, isFiring: Bool, activeAt: Timestamp, endedAt: Timestamp? = nil,
            since: Timestamp, value: Double = .nan
        ) {
            self.key = key
            self.isFiring = isFiring
            self.activeAt = activeAt
            self.endedAt = endedAt
            self.since = since
            self.value = value
        }

        /// Whether it stands as another does, whatever their values are.
        package func isSame(as other: Group) -> Bool {
            key == other.key && isFiring == other.isFiring && activeAt == other.activeAt
                && endedAt == other.endedAt && since == other.since
                && acknowledgement == other.acknowledgement
        }
    }

    /// What a group's value usually is, for a condition that asks how unusual it is.
    package struct Baseline: Hashable, Sendable {
        /// The place of what the condition reads.
        package var reading: Int
        package var key: Key
        /// Values that it has seen.
        package var count: Int
        package var mean: Double
        package var variance: Double
        package var updatedAt: Timestamp

        package init(
            reading: Int, key: Key, count: Int, mean: Double, variance: Double,
            updatedAt: Timestamp
        ) {
            self.reading = reading
            self.key = key
            self.count = count
            self.mean = mean
            self.variance = variance
            self.updatedAt = updatedAt
        }
    }

    package struct Acknowledgement: Hashable, Sendable {
        package var by: String
        package var at: Timestamp

        package init(by: String, at: Timestamp) {
            self.by = by
            self.at = at
        }
    }

    package var rules: [Rule] = []
    package var silences: [Silence] = []

    package init() {}

    /// Whether there is anything that a later run would have to know.
    package var isEmpty: Bool {
        silences.isEmpty && rules.allSatisfy { $0.groups.isEmpty && $0.baselines.isEmpty }
    }

    /// Takes the baselines of another one, rule by rule.
    package mutating func takeBaselines(of other: AlertMemory) {
        for rule in other.rules where !rule.baselines.isEmpty {
            let known = rules.firstIndex {
                $0.name == rule.name && $0.definition == rule.definition
            }
            if let known { rules[known].baselines = rule.baselines } else { rules.append(rule) }
        }
    }
}
