/// Everything that can change what weir knows. All inputs pass one queue, are numbered there, and
/// applied in that order; nothing else reaches the engine.
package enum Input: Sendable {
    case chunk(Chunk)
    /// The grid of processing time has reached this instant; a multiple of `tickInterval`.
    case tick(Timestamp)
    case source(SourceChange)
    case loss(SourceLoss)
    case lag(LagSample)
    case `operator`(OperatorAction)
    /// What is remembered of alerts from the run before; the first input of a run.
    case restored(AlertMemory)
    /// Another dashboard takes over; the composition root knows it by its number.
    case dashboard(Int)

    package static let tickInterval = Nanoseconds.milliseconds(100)
}

/// An input with its place in the order of all inputs, from 1, and the processing time at which
/// the queue admitted it.
package struct NumberedInput: Sendable {
    package var number: UInt64
    package var receivedAt: Timestamp
    package var input: Input

    package init(number: UInt64, receivedAt: Timestamp, input: Input) {
        self.number = number
        self.receivedAt = receivedAt
        self.input = input
    }
}
