import Events

/// How far a consumer is behind in time, and how that is known. As of the answer: it is never
/// extrapolated to now.
package enum TimeLag: Hashable, Sendable {
    /// The age of the first record that is not consumed, by its own time. Negative where that
    /// record's clock is ahead of ours.
    case exact(Nanoseconds)
    /// That record came between two polls: the middle, and half of what lies between them.
    case bracketed(Nanoseconds, half: Nanoseconds)
    /// It was there at the oldest poll that is remembered.
    case atLeast(Nanoseconds)
    /// Nothing is behind.
    case zero
    case unknown
}

/// How a lag moves, from the last polls.
package enum LagTrend: Hashable, Sendable {
    /// It shrinks, and at the rates of these polls will be gone after this.
    case drains(Nanoseconds)
    case growing
    case steady
    /// Too few polls, or nothing committed.
    case unknown
}
