import Events

/// A lag probe of the dashboard, as the engine needs it: its place among them is a sample's
/// `probe`.
package struct LagPlan: Hashable, Sendable {
    package var name: String
    package var rules: LagRules

    package init(name: String, rules: LagRules = LagRules()) {
        self.name = name
        self.rules = rules
    }
}

/// By what a group's lag is judged, and how much is kept to judge by.
///
/// Which end offset a probe reads (the isolation level) is the probe's business, not a rule.
package struct LagRules: Hashable, Sendable {
    /// How many groups of one probe are followed; samples of others are counted and left.
    package static let groupLimit = 256
    /// How many partitions of one group are followed, the first ones by topic and number; the
    /// others are counted and left.
    package static let partitionLimit = 4096
    /// How many changes of the committed offset, and how many polls, a status is made from.
    package static let commitLimit = 10
    /// How many points a group's history of total lag has.
    package static let historyLimit = 600
    /// The shortest silence that can mean STOP while there is too little to tell its usual span.
    package static let spanWithoutCommits = Nanoseconds.seconds(60)
    /// How many polls in a row must find the same commit before that means STOP.
    package static let leastUnchangedPolls = 3

    /// A lag of this many records, or fewer, is no lag to speak of.
    package var allowedLag: Int64 = 0
    /// Without any answer for longer, the group is DISCONNECTED, also when the probe has not said
    /// so: one that hangs says nothing. To be longer than a few of the probe's intervals.
    package var silentAfter = Nanoseconds.seconds(60)
    /// A partition that answers leave out for longer is forgotten.
    package var forgetAfter = Nanoseconds.seconds(600)

    package init() {}
}
