import Events

/// How long a rule's condition has to hold and for how many groups, and what becomes of an alert
/// when it no longer does.
package struct AlertRule: Hashable, Sendable {
    /// What an evaluation of a group that is missing, or whose value is null, counts as.
    package enum NoData: String, Hashable, Sendable {
        /// The condition doesn't hold. Prometheus does the same.
        case `false`
        /// Nothing: the instance stays as it is.
        case keep
        /// The condition holds.
        case fire
    }

    /// `for`: how long the condition holds before the alert fires; 0: at once.
    package var holdFor: Nanoseconds
    /// `keep_firing_for`: how long an alert fires on after its condition has ended.
    package var keepFiringFor: Nanoseconds
    package var noData: NoData
    /// nil: each group has an alert of its own. Else there is one alert, of this many groups.
    package var across: Across?

    package init(
        holdFor: Nanoseconds = .zero, keepFiringFor: Nanoseconds = .zero, noData: NoData = .false,
        across: Across? = nil
    ) {
        precondition(min(holdFor, keepFiringFor) >= .zero, "a rule waits for no negative time")
        self.holdFor = holdFor
        self.keepFiringFor = keepFiringFor
        self.noData = noData
        self.across = across
    }
}
