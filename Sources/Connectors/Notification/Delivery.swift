import Events

/// What came of telling somebody.
package enum Delivery: Hashable, Sendable {
    case delivered
    /// It would not help to try again: why.
    case refused(String)
    /// It may help to try again: why.
    case failed(String)
    /// Somebody said stop meanwhile, so that it isn't known.
    case stopped
}
