import Events

/// What is known of a consumer group in one partition, from the polls so far.
struct LagPartition: Sendable {
    let place: LagPlace
    /// What the last answer said, and when.
    private(set) var offsets: PartitionOffsets
    private(set) var answeredAt: Timestamp
    /// The first answer that left it out; nil while it is in them.
    private(set) var missingSince: Timestamp?
    private(set) var commits = CommitHistory()
    private(set) var polls = LagPolls()
    private(set) var ends = EndOffsets()
    /// How often the commit was found beyond the end of its log.
    private(set) var resets: UInt64 = 0
    /// Polls in a row that found the commit of the one before.
    private(set) var unchangedPolls = 0
    private let firstAnswerAt: Timestamp

    init(_ offsets: PartitionOffsets, at now: Timestamp) {
        place = LagPlace(offsets)
        self.offsets = offsets
        answeredAt = now
        firstAnswerAt = now
        resets = isBeyondEnd ? 1 : 0
        note(at: now)
    }

    /// Takes the next answer. One that left nothing committed where something was begins a new
    /// history: what will be committed has nothing to do with what was.
    mutating func take(_ next: PartitionOffsets, at now: Timestamp) {
        let former = offsets
        let wasBeyondEnd = isBeyondEnd
        let formerAt = answeredAt
        offsets = next
        answeredAt = now
        missingSince = nil
        if isBeyondEnd, !wasBeyondEnd { resets += 1 }
        if next.committed == former.committed {
            unchangedPolls += 1
        } else {
            unchangedPolls = 0
            if let offset = next.committed, let lag {
                commits.add(offset, lag: lag, between: formerAt, and: now)
            } else {
                commits.clear()
            }
        }
        note(at: now)
    }

    mutating func miss(at now: Timestamp) { missingSince = missingSince ?? now }

    private mutating func note(at now: Timestamp) {
        ends.add(offsets.end, at: now)
        polls.add(LagPolls.Poll(at: now, committed: offsets.committed, end: offsets.end))
    }

    // MARK: What follows from the last answer

    /// The first record that is not consumed and still there, if there is one; nil before the
    /// first commit.
    private var position: Int64? { offsets.committed.map { max($0, offsets.logStart) } }

    /// Records behind; nil before the first commit, which is neither none nor all.
    var lag: Int64? { position.map { max(0, offsets.end - $0) } }

    /// The log is shorter than what was read of it: another log, or one that lost its end.
    var isBeyondEnd: Bool { position.map { $0 > offsets.end } ?? false }

    /// Records between the commit and the oldest one; negative: so many were deleted unread.
    var headroom: Int64? { offsets.committed.map { $0 - offsets.logStart } }

    /// The lag as a share of what is retained. Over 1 is data loss, infinite if nothing is left.
    var share: Double? {
        guard let committed = offsets.committed else { return nil }
        let behind = max(0, offsets.end - committed)
        return behind == 0 ? 0 : Double(behind) / Double(max(0, offsets.end - offsets.logStart))
    }

    var timeLag: TimeLag {
        guard let lag, let position else { return .unknown }
        if lag == 0 { return .zero }
        if let time = offsets.firstUnconsumed { return .exact(answeredAt - time) }
        return ends.age(of: position, at: answeredAt)
    }

    /// For how long the commit is known not to have changed, as of the last answer.
    var silence: Nanoseconds { answeredAt - (commits.samples.last?.at ?? firstAnswerAt) }
}

/// A partition of a topic; ordered by topic, then by number.
struct LagPlace: Hashable, Comparable, Sendable {
    var topic: String
    var partition: Int

    init(_ offsets: PartitionOffsets) {
        topic = offsets.topic
        partition = offsets.partition
    }

    static func < (a: LagPlace, b: LagPlace) -> Bool {
        a.topic == b.topic ? a.partition < b.partition : a.topic < b.topic
    }
}
