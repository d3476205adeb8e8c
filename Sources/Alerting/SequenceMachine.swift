import Events

/// The matches of a sequence in one group's events, which come in the order of event time.
///
/// As in Flink CEP: each event takes the partial matches a step further that wait for it, and one
/// for which the first step holds begins another; an event that an absent step names ends those
/// that it was not to come in. After a match all partial matches that have begun by then are
/// dropped (`skipPastLastEvent`).
package struct SequenceMachine: Hashable, Sendable {
    /// Partial matches kept; past it the oldest goes, and is counted.
    package static let partialLimit = 1000

    /// The pattern, as bits of the conditions that hold for an event.
    package struct Pattern: Hashable, Sendable {
        /// Of each positive step, the bit of its condition, and the bits that may not come before.
        fileprivate var steps: [(bit: UInt64, forbidden: UInt64)]
        /// What may not come after the last one until the time is over; 0: nothing.
        fileprivate var forbiddenAtEnd: UInt64 = 0
        fileprivate let within: Nanoseconds

        package init(_ rule: SequenceRule) {
            within = rule.within
            steps = []
            var forbidden: UInt64 = 0
            for (i, step) in rule.steps.enumerated() {
                if step.isAbsent {
                    forbidden |= 1 << UInt64(i)
                } else {
                    steps.append((1 << UInt64(i), forbidden))
                    forbidden = 0
                }
            }
            forbiddenAtEnd = forbidden
        }

        /// Whether a match can end without an event.
        package var endsByTime: Bool { forbiddenAtEnd != 0 }

        package static func == (a: Pattern, b: Pattern) -> Bool {
            a.within == b.within && a.forbiddenAtEnd == b.forbiddenAtEnd
                && a.steps.elementsEqual(b.steps, by: ==)
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(steps.map(\.bit)) }
    }

    package struct Match: Hashable, Sendable {
        package var start, end: Timestamp

        package init(start: Timestamp, end: Timestamp) {
            self.start = start
            self.end = end
        }
    }

    private struct Partial: Hashable, Sendable {
        var start: Timestamp
        /// Of the next positive step; their count: all are there, and the time has to pass.
        var next: Int
    }

    private var partials: [Partial] = []
    private var dropped: UInt64 = 0

    package init() {}

    /// Partial matches that were let go since the last call.
    package mutating func takeDropped() -> UInt64 {
        defer { dropped = 0 }
        return dropped
    }

    package var isEmpty: Bool { partials.isEmpty }

    /// Takes an event for which these conditions hold; it isn't earlier than any before. What it
    /// completes: what ended before it by time first.
    package mutating func take(_ bits: UInt64, at t: Timestamp, _ pattern: Pattern) -> [Match] {
        var matches = pass(to: t, includingIt: false, pattern)
        partials.removeAll { t - $0.start > pattern.within }
        var kept: [Partial] = []
        for var partial in partials {
            let isLast = partial.next == pattern.steps.count
            let forbidden =
                isLast ? pattern.forbiddenAtEnd : pattern.steps[partial.next].forbidden
            if bits & forbidden != 0 { continue }
            if !isLast, bits & pattern.steps[partial.next].bit != 0 {
                partial.next += 1
                if partial.next == pattern.steps.count, !pattern.endsByTime {
                    matches.append(Match(start: partial.start, end: t))
                    partials = []
                    return matches
                }
            }
            kept.append(partial)
        }
        partials = kept
        if bits & pattern.steps[0].bit != 0 {
            if pattern.steps.count == 1, !pattern.endsByTime {
                matches.append(Match(start: t, end: t))
                partials = []
                return matches
            }
            if partials.count == Self.partialLimit {
                partials.removeFirst()
                dropped += 1
            }
            partials.append(Partial(start: t, next: 1))
        }
        return matches
    }

    /// No event before `t` will come: matches that end by time, up to then.
    package mutating func pass(
        to t: Timestamp, includingIt: Bool, _ pattern: Pattern
    ) -> [Match] {
        guard pattern.endsByTime else { return [] }
        var matches: [Match] = []
        while let first = partials.first(where: { partial in
            let end = partial.start + pattern.within
            return partial.next == pattern.steps.count && (includingIt ? end <= t : end < t)
        }) {
            let end = first.start + pattern.within
            matches.append(Match(start: first.start, end: end))
            partials.removeAll { $0.start <= end }
        }
        return matches
    }
}
