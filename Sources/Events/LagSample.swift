/// What one poll of a consumer group found, or that it found nothing. An input like any other: the
/// engine holds the rules, a probe only asks.
package struct LagSample: Hashable, Sendable {
    package enum Answer: Hashable, Sendable {
        /// `members`: how many consumers the group has; nil where that can't be asked.
        case offsets([PartitionOffsets], members: Int?)
        /// Nobody answered, for this reason.
        case none(String)
    }

    /// Index into the dashboard's lag probes.
    package var probe: Int
    package var group: String
    package var answer: Answer

    package init(probe: Int, group: String, answer: Answer) {
        self.probe = probe
        self.group = group
        self.answer = answer
    }
}

/// Where a consumer group stands in a partition. The commit is read before the end, so that a
/// consumer that keeps up never seems to be ahead. Offsets are those of the next record.
package struct PartitionOffsets: Hashable, Sendable {
    package var topic: String
    package var partition: Int
    /// nil: nothing committed yet.
    package var committed: Int64?
    /// Of the oldest record that is still there.
    package var logStart: Int64
    /// The last stable offset for read_committed, else the high watermark offset.
    package var end: Int64
    /// Event or append time of the first record that is not consumed, where a probe can look.
    package var firstUnconsumed: Timestamp?

    package init(
        topic: String, partition: Int, committed: Int64?, logStart: Int64, end: Int64,
        firstUnconsumed: Timestamp? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.committed = committed
        self.logStart = logStart
        self.end = end
        self.firstUnconsumed = firstUnconsumed
    }
}
