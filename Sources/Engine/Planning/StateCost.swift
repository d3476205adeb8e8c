import Events
import Queries

/// What a view keeps of a key in one slice of event time, or in a session.
package struct StateCost: Hashable, Sendable {
    /// Counts, sums, extremes and places.
    package let rowBytes: Int
    /// One for each argument of a quantile; each grows to `sketchBytes`.
    package let sketches: Int
    /// One for each `distinct`; each grows to `counterBytes`.
    package let counters: Int
    /// With `top` one, which grows to `rankingBytes` and the values' texts.
    package let rankings: Int

    package static let sketchBytes = 4 * DDSketch.bucketLimit
    package static let counterBytes = 4096
    package static let rankingBytes = 48 << 10

    package init(_ query: Query) {
        var fields = FieldTable()
        let layout = CompiledQuery(query, &fields)
        rowBytes = 8 * layout.stride
        sketches = layout.sketches
        counters = layout.varieties.count
        rankings = layout.ranked == nil ? 0 : 1
    }

    /// With all that may grow at its largest.
    package var mostBytes: Int {
        rowBytes + sketches * Self.sketchBytes + counters * Self.counterBytes
            + rankings * Self.rankingBytes
    }
}
