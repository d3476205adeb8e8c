import Events

/// The last changes of a committed offset, at most 10: what Burrow judges a consumer by.
///
/// A poll sees where a commit stands, not when it was made. So a sample is a *change* between two
/// polls, timed at the middle of them; the first poll of all shows no change.
struct CommitHistory: Sendable {
    struct Sample: Hashable, Sendable {
        var at: Timestamp
        var offset: Int64
        /// At the poll that found it.
        var lag: Int64
    }

    private(set) var samples: [Sample] = []

    var isComplete: Bool { samples.count == LagRules.commitLimit }

    /// From the first sample to the last; with fewer than two there is nothing to measure.
    var span: Nanoseconds {
        guard samples.count > 1 else { return LagRules.spanWithoutCommits }
        return samples[samples.count - 1].at - samples[0].at
    }

    mutating func add(_ offset: Int64, lag: Int64, between earlier: Timestamp, and later: Timestamp)
    {
        if isComplete { samples.removeFirst() }
        let half = Nanoseconds(rawValue: (later - earlier).rawValue / 2)
        samples.append(Sample(at: earlier + half, offset: offset, lag: lag))
    }

    mutating func clear() { samples.removeAll() }

    /// The offset before the first step back, and the one after it, if no later one has reached
    /// the former again.
    var rewind: (from: Int64, to: Int64)? {
        let offsets = samples.map(\.offset)
        guard let i = offsets.indices.dropFirst().first(where: { offsets[$0] < offsets[$0 - 1] })
        else { return nil }
        let former = offsets[i - 1]
        return offsets[i...].contains { $0 >= former } ? nil : (former, offsets[i])
    }

    /// Whether every lag is above `allowed`, and none is below the one before it.
    func neverFell(allowed: Int64) -> Bool {
        samples.allSatisfy { $0.lag > allowed }
            && zip(samples, samples.dropFirst()).allSatisfy { $0.lag <= $1.lag }
    }
}
