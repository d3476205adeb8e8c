import Events

/// What only the running process knows of itself. Beside the snapshot, never in it and never in a
/// rule: a replay has none, and shows `–`.
package struct Health: Sendable {
    package var queueBytes: Int
    package var queueChunks: Int
    /// How many bytes may wait.
    package var queueLimit = 16 << 20
    /// Records admitted, not yet applied.
    package var inFlight: Int
    /// How long the last frame took to make and hand over, and what it may.
    package var frameTime: Nanoseconds?
    package var frameBudget: Nanoseconds
    package var framesPerSecond: Int
    /// Frames that took longer than the budget, since the start.
    package var framesOverBudget: Int
    /// Resident memory of the process, in bytes.
    package var memory: Int?
    /// What the last frame took of the terminal: bytes, and the time from the first to the last.
    package var frameBytes: Int?
    package var writeTime: Nanoseconds?
    /// What frames are done without to stay in the budget, and why.
    package var economy = Economy.none
    package var economyReason = ""
    /// nil: nobody records the run.
    package var recording: RecordingHealth?
    /// Those who are told of alerts.
    package var receivers: [ReceiverHealth] = []

    package init(
        queueBytes: Int = 0, queueChunks: Int = 0, inFlight: Int = 0,
        frameTime: Nanoseconds? = nil, frameBudget: Nanoseconds = .milliseconds(16),
        framesPerSecond: Int = 10, framesOverBudget: Int = 0, memory: Int? = nil
    ) {
        self.queueBytes = queueBytes
        self.queueChunks = queueChunks
        self.inFlight = inFlight
        self.frameTime = frameTime
        self.frameBudget = frameBudget
        self.framesPerSecond = framesPerSecond
        self.framesOverBudget = framesOverBudget
        self.memory = memory
    }
}

/// What of the run is recorded: only what is durable counts.
package struct RecordingHealth: Hashable, Sendable {
    /// Of the file.
    package var bytes: Int
    /// The processing time up to which everything is there; nil: nothing yet.
    package var at: Timestamp?
    /// Bytes that wait to be written.
    package var waiting: Int
    /// Why nothing more is written.
    package var failure: String?

    package init(
        bytes: Int = 0, at: Timestamp? = nil, waiting: Int = 0, failure: String? = nil
    ) {
        self.bytes = bytes
        self.at = at
        self.waiting = waiting
        self.failure = failure
    }
}

/// How it goes with one who is told of alerts.
package struct ReceiverHealth: Hashable, Sendable {
    package var name: String
    /// Messages that arrived.
    package var sent: UInt64
    /// Groups of alerts that wait to be told of.
    package var waiting: Int
    /// Changes of alerts that found no room.
    package var lost: UInt64
    /// Why the last attempt failed; nil: it did not.
    package var trouble: String?

    package init(name: String, sent: UInt64, waiting: Int, lost: UInt64, trouble: String?) {
        self.name = name
        self.sent = sent
        self.waiting = waiting
        self.lost = lost
        self.trouble = trouble
    }
}
