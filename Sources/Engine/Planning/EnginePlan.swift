import Events
import Queries

/// What the engine is to compute: streams with their rules of time, views on them, alert rules on
/// those, and consumer groups.
package struct EnginePlan: Sendable {
    package var streams: [StreamRules]
    package var views: [ViewPlan]
    package var rules: [RulePlan]
    package var lag: [LagPlan]
    /// How many bytes of each stream's newest records are kept to be looked at.
    package var recentBytes = 0
    /// Tells plans that follow each other apart.
    package var number = 0

    package init(
        streams: [StreamRules], views: [ViewPlan], rules: [RulePlan] = [], lag: [LagPlan] = []
    ) {
        self.streams = streams
        self.views = views
        self.rules = rules
        self.lag = lag
    }

    /// What a stream's decoder has to deliver, in the order of a batch's columns.
    package func fields(ofStream index: Int) -> [FieldUse] {
        var fields = FieldTable()
        _ = StreamIntake(streams[index], fields: &fields)
        for view in views where view.stream == index { _ = CompiledQuery(view.query, &fields) }
        for case let sequence? in rules.map(\.sequence) where sequence.stream == index {
            _ = SequenceState(sequence, &fields)
        }
        return fields.uses
    }
}

/// A stream's rules of time, order and identity.
package struct StreamRules: Hashable, Sendable {
    package var name: String
    /// Read to its end: idleness is off, and its end fires every open window.
    package var isBounded: Bool
    package var outOfOrderness = Nanoseconds.zero
    package var allowedLateness = Nanoseconds.zero
    package var idleAfter = Nanoseconds.seconds(10)
    package var forgetAfter = Nanoseconds.seconds(600)
    package var freshness: Nanoseconds?
    package var id: FieldPath?
    package var dedupWindow = Nanoseconds.seconds(600)
    /// The field each value of which has a watermark of its own; each view's `by` contains it.
    package var watermarkBy: FieldPath?
    /// Fields that hold the times at which an event passed its stages, in their order; at most 16.
    package var stages: [FieldPath] = []
    /// Event times outside of it are filtered from every view.
    package var span = Int64.min..<Int64.max

    package init(name: String, isBounded: Bool) {
        self.name = name
        self.isBounded = isBounded
    }
}

/// A named query on a stream.
package struct ViewPlan: Hashable, Sendable {
    /// Keys a view holds; past them events go to the `(other)` row.
    package static let defaultKeyLimit = 10_000

    package var name: String
    /// Index into the plan's streams.
    package var stream: Int
    package var query: Query
    package var keyLimit: Int

    package init(
        name: String, stream: Int, query: Query, keyLimit: Int = ViewPlan.defaultKeyLimit
    ) {
        self.name = name
        self.stream = stream
        self.query = query
        self.keyLimit = keyLimit
    }
}
