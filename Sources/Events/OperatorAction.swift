/// What a person does about alerts: an input like any other, so that a replay does it again. It
/// changes what is notified and how it looks, never an alert's state.
package enum OperatorAction: Hashable, Sendable {
    /// Somebody has it in hand, until it is resolved.
    case acknowledge(AlertTarget, by: String)
    /// Takes that back.
    case withdraw(AlertTarget, by: String)
    case silence(Silence)
    /// Ends the silence of that number before its time.
    case unsilence(UInt64, by: String)
}

/// Which alerts are meant.
package struct AlertTarget: Hashable, Sendable {
    /// The rule's name; nil: all rules.
    package var rule: String?
    /// One group's alert; nil: all of the rule.
    package var group: Key?

    package init(rule: String?, group: Key? = nil) {
        self.rule = rule
        self.group = group
    }

    package func covers(rule: String, group: Key?) -> Bool {
        (self.rule == nil || self.rule == rule) && (self.group == nil || self.group == group)
    }
}

/// Alerts that nobody is to be told of for a while, and why.
package struct Silence: Hashable, Sendable {
    /// Of the input that brought it; the engine gives it.
    package var number: UInt64
    package var target: AlertTarget
    /// Processing time; from then on it is over.
    package var until: Timestamp
    package var reason: String
    package var by: String

    package init(
        number: UInt64 = 0, target: AlertTarget, until: Timestamp, reason: String, by: String
    ) {
        self.number = number
        self.target = target
        self.until = until
        self.reason = reason
        self.by = by
    }
}
