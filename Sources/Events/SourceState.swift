/// What a source says of itself. An input like any other, so that a replay knows it too.
package struct SourceChange: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Open, with these partitions; they hold the watermark from now on.
        case opened(partitions: [Int])
        /// Whoever fed this partition has gone, and may come back; the source itself is open.
        case hungUp(partition: Int)
        /// It went away, for this reason, and is being tried again.
        case disconnected(String)
        /// Read to its end: nothing will follow.
        case ended
        /// It can't be read, for this reason, and won't be tried again.
        case failed(String)
    }

    package var stream: Int
    package var source: String
    package var state: State

    package init(stream: Int, source: String, state: State) {
        self.stream = stream
        self.source = source
        self.state = state
    }
}
