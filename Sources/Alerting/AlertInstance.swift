import Events

/// What one evaluation of a rule found for one group.
package enum Evidence: Hashable, Sendable {
    /// Whether the condition holds, and whether that of `clear` does; nil: the rule has no `clear`.
    case verdict(holds: Bool, clears: Bool? = nil)
    /// The group is missing, or its value is null.
    case missing
}

/// An alert's way from one state to another.
package struct AlertTransition: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable {
        case inactive, pending, firing
    }

    /// Never equal. From firing to inactive the alert is resolved; from pending it never was one.
    package var from, to: Phase
    package var at: Timestamp

    package init(from: Phase, to: Phase, at: Timestamp) {
        precondition(from != to, "a transition leads somewhere")
        self.from = from
        self.to = to
        self.at = at
    }
}

/// The state machine of one rule for one group.
///
/// Evaluated at ascending instants T, it goes as an alert in Prometheus does (`rules/alerting.go`,
/// `Eval`):
/// - inactive → pending when the condition holds: `activeAt` is that T;
/// - pending → firing when T − activeAt ≥ `for`, in the same evaluation where that is 0;
/// - pending → inactive at the first evaluation at which the condition doesn't hold;
/// - firing → inactive when the condition has ended for `keep_firing_for`: it fires on while the
///   time since the first such T is strictly less. A T at which it hasn't ended starts that anew.
///
/// Hysteresis: with a `clear`, a firing alert's condition has ended when `clear` holds, and not
/// when the condition no longer does. A missing group counts as the rule's `noData` says; where
/// that is `false` the condition has ended, whatever `clear` would ask for.
package struct AlertInstance: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case inactive
        case pending(activeAt: Timestamp)
        /// `endedAt`: the first T since which the condition has ended and the alert is only kept.
        case firing(activeAt: Timestamp, endedAt: Timestamp?)

        package var phase: AlertTransition.Phase {
            switch self {
            case .inactive: .inactive
            case .pending: .pending
            case .firing: .firing
            }
        }
    }

    package let rule: AlertRule
    package private(set) var state = State.inactive

    package init(rule: AlertRule) { self.rule = rule }

    /// One that goes on from a state that it was in before.
    package init(rule: AlertRule, state: State) {
        self.rule = rule
        self.state = state
    }

    /// Moves what it counts from: time that went by unseen doesn't count.
    package mutating func shift(by time: Nanoseconds) {
        switch state {
        case .inactive: break
        case .pending(let activeAt): state = .pending(activeAt: activeAt + time)
        case .firing(let activeAt, let endedAt):
            state = .firing(activeAt: activeAt + time, endedAt: endedAt.map { $0 + time })
        }
    }

    /// Whether the condition has ended, and the alert only fires on for `keep_firing_for`.
    package var isKept: Bool { if case .firing(_, _?) = state { true } else { false } }

    /// Applies what was found at T, which is later than at any call before. nil where the alert
    /// stays inactive, pending or firing.
    package mutating func evaluate(_ evidence: Evidence, at t: Timestamp) -> AlertTransition? {
        guard let evidence = counted(evidence) else { return nil }
        let before = state.phase
        state = next(evidence, t)
        return before == state.phase
            ? nil : AlertTransition(from: before, to: state.phase, at: t)
    }

    /// Evidence in which nothing is missing; nil if the state is to stay.
    private func counted(_ evidence: Evidence) -> (holds: Bool, hasEnded: Bool)? {
        switch (evidence, rule.noData) {
        case (.verdict(let holds, let clears), _): (holds, clears ?? !holds)
        case (.missing, .keep): nil
        case (.missing, .false): (false, true)
        case (.missing, .fire): (true, false)
        }
    }

    private func next(_ evidence: (holds: Bool, hasEnded: Bool), _ t: Timestamp) -> State {
        switch state {
        case .inactive: evidence.holds ? held(since: t, t) : .inactive
        case .pending(let activeAt): evidence.holds ? held(since: activeAt, t) : .inactive
        case .firing(let activeAt, _) where !evidence.hasEnded:
            .firing(activeAt: activeAt, endedAt: nil)
        case .firing(let activeAt, let endedAt):
            t - (endedAt ?? t) < rule.keepFiringFor
                ? .firing(activeAt: activeAt, endedAt: endedAt ?? t) : .inactive
        }
    }

    /// When time alone will change the state, with evidence that stays the same; nil: never.
    package var deadline: Timestamp? {
        switch state {
        case .inactive, .firing(_, nil): nil
        case .pending(let activeAt): activeAt + rule.holdFor
        case .firing(_, let endedAt?): endedAt + rule.keepFiringFor
        }
    }

    private func held(since activeAt: Timestamp, _ t: Timestamp) -> State {
        t - activeAt >= rule.holdFor
            ? .firing(activeAt: activeAt, endedAt: nil) : .pending(activeAt: activeAt)
    }
}
