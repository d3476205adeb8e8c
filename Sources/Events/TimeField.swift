/// Where an event's time comes from.
package enum TimeField: Hashable, Sendable {
    /// The event happened when it was received.
    case arrival
    case field(FieldPath, TimeFormat)
}

/// How the time field is read.
package struct TimeFormat: Hashable, Sendable {
    package enum Unit: String, CaseIterable, Hashable, Sendable { case s, ms, us, ns }

    /// Of epoch numbers; nil: settled by the first value that fits one unit only.
    package var unit: Unit?
    /// Offset from UTC of times that don't say theirs.
    package var offset = Nanoseconds.zero

    package init(unit: Unit? = nil, offset: Nanoseconds = .zero) {
        self.unit = unit
        self.offset = offset
    }
}
