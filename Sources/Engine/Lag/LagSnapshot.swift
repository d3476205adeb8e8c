import Events

/// What is known of all consumer groups: per probe, group and partition.
package struct LagSnapshot: Sendable {
    /// In the order of the plan.
    package var probes: [LagProbeSnapshot]
    /// Samples of a probe that the plan doesn't have.
    package var strays: UInt64

    package init(probes: [LagProbeSnapshot] = [], strays: UInt64 = 0) {
        self.probes = probes
        self.strays = strays
    }
}

package struct LagProbeSnapshot: Sendable {
    package var name: String
    /// In the order of their names.
    package var groups: [LagGroupSnapshot]
    /// Samples of groups past `LagRules.groupLimit`.
    package var refusedSamples: UInt64

    package init(name: String, groups: [LagGroupSnapshot] = [], refusedSamples: UInt64 = 0) {
        self.name = name
        self.groups = groups
        self.refusedSamples = refusedSamples
    }
}

/// A sum over the partitions for which there is a value: unknown is not 0, so it says how many.
package struct LagTotal: Hashable, Sendable {
    package var lag: Int64
    package var known: Int
    package var partitions: Int

    package init(lag: Int64 = 0, known: Int = 0, partitions: Int = 0) {
        self.lag = lag
        self.known = known
        self.partitions = partitions
    }

    package var isComplete: Bool { known == partitions }
}

/// A point of a group's history.
package struct LagPoint: Hashable, Sendable {
    package var at: Timestamp
    /// nil: nobody answered. Totals over different numbers of partitions don't compare.
    package var total: LagTotal?
    /// The largest lag of a partition.
    package var largest: Int64?

    package init(at: Timestamp, total: LagTotal?, largest: Int64? = nil) {
        self.at = at
        self.total = total
        self.largest = largest
    }
}

package struct LagGroupSnapshot: Sendable {
    package var name: String
    /// Of its worst partition.
    package var status: LagStatus
    package var reason: String
    /// The place in `partitions` of the worst one: by status, then by lag; nil where none is
    /// behind or amiss.
    package var worst: Int?
    /// Ordered by topic and number. The numbers are those of the last answer.
    package var partitions: [LagPartitionSnapshot]
    package var total: LagTotal
    /// Records per second, over the `rated` partitions for which both are known.
    package var consumeRate: Double?
    package var produceRate: Double?
    package var rated: Int
    /// nil: can't be asked.
    package var members: Int?
    /// nil: never.
    package var answeredAt: Timestamp?
    /// Of the last answer, at the time of the snapshot.
    package var age: Nanoseconds?
    /// A point per sample, oldest first, at most `LagRules.historyLimit`.
    package var history: [LagPoint]
    /// Commits that were found beyond the end of their log.
    package var resets: UInt64
    /// Partitions of the last answer past `LagRules.partitionLimit`.
    package var partitionsOverLimit: Int
    /// Partitions in answers with an offset below zero, or named a second time.
    package var refused: UInt64

    package init(name: String) {
        self.name = name
        status = .disconnected
        reason = "no answer yet"
        partitions = []
        total = LagTotal()
        rated = 0
        history = []
        resets = 0
        partitionsOverLimit = 0
        refused = 0
    }
}

package struct LagPartitionSnapshot: Hashable, Sendable {
    package var topic: String
    package var partition: Int
    /// nil: nothing yet.
    package var committed: Int64?
    package var logStart: Int64
    package var end: Int64
    /// nil: nothing committed, or the last answer left the partition out.
    package var lag: Int64?
    package var timeLag = TimeLag.unknown
    package var trend = LagTrend.unknown
    package var consumeRate: Double?
    package var produceRate: Double?
    /// Records between the commit and the oldest one; negative: so many were deleted unread.
    package var headroom: Int64?
    /// The lag as a share of what is retained; over 1 is data loss.
    package var share: Double?
    package var status: LagStatus
    package var reason: String
    /// Changes of the commit seen, up to `LagRules.commitLimit`: the history of a status.
    package var commitsSeen = 0
    /// The commit is beyond the end of the log now, and how often it came to be.
    package var isBeyondEnd = false
    package var resets: UInt64 = 0
    package var answeredAt: Timestamp

    package init(
        topic: String, partition: Int, committed: Int64? = nil, logStart: Int64 = 0, end: Int64 = 0,
        lag: Int64? = nil, status: LagStatus, reason: String, answeredAt: Timestamp
    ) {
        self.topic = topic
        self.partition = partition
        self.committed = committed
        self.logStart = logStart
        self.end = end
        self.lag = lag
        self.status = status
        self.reason = reason
        self.answeredAt = answeredAt
    }

    /// Records that were deleted before they were read.
    package var lost: Int64 { max(0, -(headroom ?? 0)) }
}
