/// What is remembered of alerts from one run to the next: which are pending or fire, since when,
/// who has them in hand, and what is silenced.
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
        package var acknowledgement: Acknowledgement?

        package init(
            key: Key, isFiring: Bool, activeAt: Timestamp, endedAt: Timestamp? = nil,
            since: Timestamp
        ) {
            self.key = key
            self.isFiring = isFiring
            self.activeAt = activeAt
            self.endedAt = endedAt
            self.since = since
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
    package var isEmpty: Bool { silences.isEmpty && rules.allSatisfy { $0.groups.isEmpty } }
}
