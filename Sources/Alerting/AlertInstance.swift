import Events

/// One group's alert under a rule: inactive, pending, firing.
///
/// At each evaluation time T the condition holds or it doesn't. Inactive becomes pending when it
/// holds (`activeAt` = T); pending becomes firing when T − activeAt ≥ `for`, at once where that is
/// 0. One evaluation without it deletes a pending instance. A firing one resolves when `clear`
/// holds, or without a `clear` when the condition doesn't, unless it did less than `keepFiringFor`
/// ago. Source of the states: Prometheus, `rules/alerting.go`.
package struct AlertInstance: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case inactive
        case pending(activeAt: Timestamp)
        case firing(activeAt: Timestamp, lastHeld: Timestamp)
    }

    package enum Transition: Hashable, Sendable { case pending, firing, resolved, dropped }

    package struct Timing: Hashable, Sendable {
        package var wait: Nanoseconds
        package var keepFiringFor: Nanoseconds

        package init(wait: Nanoseconds = .zero, keepFiringFor: Nanoseconds = .zero) {
            self.wait = wait
            self.keepFiringFor = keepFiringFor
        }
    }

    package private(set) var state = State.inactive

    package init() {}

    /// `clears`: whether `clear` holds; nil: the rule has none.
    package mutating func evaluate(
        holds: Bool, clears: Bool? = nil, at time: Timestamp, _ timing: Timing
    ) -> Transition? {
        switch state {
        case .inactive:
            guard holds else { return nil }
            return wait(since: time, at: time, timing) ?? .pending
        case .pending(let activeAt):
            guard holds else {
                state = .inactive
                return .dropped
            }
            return wait(since: activeAt, at: time, timing)
        case .firing(let activeAt, let lastHeld):
            let stays = clears.map { !$0 } ?? holds
            if stays {
                state = .firing(activeAt: activeAt, lastHeld: time)
                return nil
            }
            guard time - lastHeld >= timing.keepFiringFor else { return nil }
            state = .inactive
            return .resolved
        }
    }

    private mutating func wait(
        since activeAt: Timestamp, at time: Timestamp, _ timing: Timing
    ) -> Transition? {
        guard time - activeAt >= timing.wait else {
            state = .pending(activeAt: activeAt)
            return nil
        }
        state = .firing(activeAt: activeAt, lastHeld: time)
        return .firing
    }
}
