import Events

/// How long a stream's events take from stage to stage, and all the way.
package struct LatencySnapshot: Sendable {
    /// In the order of the stages; empty where there is nothing to measure.
    package var steps: [LatencyStep]
    /// From the first stage to the last; nil where there is nothing to measure.
    package var whole: LatencyStep?
    /// Events without a readable time in some stage.
    package var incomplete: UInt64

    package init(
        steps: [LatencyStep] = [], whole: LatencyStep? = nil, incomplete: UInt64 = 0
    ) {
        self.steps = steps
        self.whole = whole
        self.incomplete = incomplete
    }

    /// The place of the step that took longest in the last minute: by its 95th percentile, the
    /// first of equal ones. nil with fewer than two steps, or without events.
    package var slowest: Int? {
        guard steps.count > 1 else { return nil }
        let measured = steps.indices.filter { steps[$0].recent.p95 != nil }
        return measured.max { steps[$0].recent.p95! < steps[$1].recent.p95! }
    }
}

/// The way from one stage to another.
package struct LatencyStep: Sendable {
    package var from, to: String
    /// Of the last 50 to 60 seconds of processing time.
    package var recent: LatencyDistribution
    /// Since the start.
    package var total: LatencyDistribution
    /// Events whose later stage has the earlier time: clocks that differ. They are in no
    /// distribution, and never taken for zero.
    package var skewed: UInt64
    /// The largest such difference; 0 without one.
    package var largestSkew: Nanoseconds

    package init(
        from: String, to: String, recent: LatencyDistribution = LatencyDistribution(),
        total: LatencyDistribution = LatencyDistribution(), skewed: UInt64 = 0,
        largestSkew: Nanoseconds = .zero
    ) {
        self.from = from
        self.to = to
        self.recent = recent
        self.total = total
        self.skewed = skewed
        self.largestSkew = largestSkew
    }
}

/// Durations in nanoseconds. Percentiles have a relative error of at most 1 %; nil without events.
package struct LatencyDistribution: Sendable {
    package var count: UInt64 = 0
    package var p50, p95, p99: Double?
    /// Exact.
    package var max: Double?
    /// Events by their duration, in bins of equal width on a log scale from `shortest` to
    /// `longest`.
    package var histogram: [UInt64] = []
    package var shortest, longest: Double?

    package init() {}

    init(_ sketch: DDSketch, max: Double?, bins: Int) {
        count = sketch.count
        p50 = sketch.quantile(0.5)
        p95 = sketch.quantile(0.95)
        p99 = sketch.quantile(0.99)
        self.max = max
        guard bins > 0, let histogram = sketch.histogram(bins: bins) else { return }
        self.histogram = histogram.counts
        shortest = histogram.shortest
        longest = histogram.longest
    }
}
