import Events

/// The last polls of a partition, at most 10: how fast it is written and read.
struct LagPolls: Sendable {
    struct Poll: Hashable, Sendable {
        var at: Timestamp
        var committed: Int64?
        var end: Int64
    }

    /// Records per second over real elapsed time.
    struct Rates: Hashable, Sendable {
        /// nil: nothing committed.
        var consume: Double?
        var produce: Double
    }

    /// What a person calls "several".
    static let leastForTrend = 4

    private(set) var polls: [Poll] = []

    mutating func add(_ poll: Poll) {
        if polls.count == LagRules.commitLimit { polls.removeFirst() }
        polls.append(poll)
    }

    /// Whether the log ended at or before `offset` at one of these polls.
    func hasEnd(upTo offset: Int64) -> Bool { polls.contains { $0.end <= offset } }

    var rates: Rates? {
        let polls = steadyPolls
        guard let first = polls.first, let last = polls.last, last.at > first.at else { return nil }
        let elapsed = (last.at - first.at).inSeconds
        var rates = Rates(produce: Double(last.end - first.end) / elapsed)
        if let a = first.committed, let b = last.committed {
            rates.consume = Double(b - a) / elapsed
        }
        return rates
    }

    /// Where `lag` is going. A consumer commits in steps, so its lag is a saw: it counts as
    /// shrinking when it does so in both halves of these polls.
    func trend(of lag: Int64?) -> LagTrend {
        let polls = Array(steadyPolls)
        guard let lag, polls.count >= Self.leastForTrend, let rates, let consume = rates.consume
        else { return .unknown }
        let behind = [0, polls.count / 2, polls.count - 1].map { i in
            polls[i].end - (polls[i].committed ?? 0)
        }
        if lag == 0 { return .steady }
        if behind[2] > behind[0] { return .growing }
        guard behind[0] > behind[1], behind[1] > behind[2] else { return .steady }
        let nanoseconds = Double(lag) / (consume - rates.produce) * 1e9
        return .drains(Nanoseconds(rawValue: Int64(min(nanoseconds, 9e18))))
    }

    /// The newest polls between which nothing went back, and nothing was committed for the first
    /// time: a negative difference is a change of state, not a rate.
    private var steadyPolls: ArraySlice<Poll> {
        var start = max(0, polls.count - 1)
        while start > 0, Self.isSteady(polls[start - 1], polls[start]) { start -= 1 }
        return polls[start...]
    }

    private static func isSteady(_ a: Poll, _ b: Poll) -> Bool {
        guard b.end >= a.end else { return false }
        return switch (a.committed, b.committed) {
        case (let x?, let y?): y >= x
        case (nil, nil): true
        default: false
        }
    }
}
