import Engine
import Events
import Recording

/// What is played: the same inputs each time it is begun.
protocol PlaybackOrigin: Sendable {
    var program: Program { get }

    /// Throws why it can't be begun, if that is known beforehand.
    func check() throws(Ending)

    /// The same with another dashboard of the same streams.
    func showing(_ program: Program) -> Self

    /// Whether it can be begun only once.
    var isOneWay: Bool { get }

    /// When it ends, as far as that is known; `.beginning`: it isn't.
    var end: Timestamp { get }

    /// Whether a checkpoint holds the decoder's state, to go on from there.
    var needsDecoder: Bool { get }

    /// From the beginning, or from behind a checkpoint. `forks`: so often the decoder's state goes
    /// with an input, where that is needed. `note` sees what is no input.
    func begin(
        after checkpoint: Checkpoint?, _ programs: Programs, _ deadLetters: DeadLetterFile?,
        cores: Int, forks interval: Nanoseconds,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) -> any PlaybackFeed

    /// Whether nothing will follow, however long one waits.
    func isOver(_ engine: borrowing Engine) -> Bool
}

/// What comes of an origin that was begun. For one thread.
protocol PlaybackFeed: AnyObject {
    /// The next input in order; waits for one. nil at the end.
    func take() -> DecodedInput?

    /// Nothing is taken any more.
    func stop()
}
