import Events

/// A batch as one view sees it: its predicate and arguments, computed for all rows at once.
struct ViewBatch {
    let batch: ColumnBatch
    /// Of each key field, its codes.
    let keyCodes: [[UInt32]]
    /// Which rows pass the view's `where`; nil: all.
    let passes: [Bool]?
    /// Per measure, its argument in each row; NaN where there is no number.
    let numbers: [[Double]]
    /// Per tally, its truth in each row.
    let truths: [[Bool]]
    /// Per `distinct`, the fingerprint of its argument in each row; nil where it is null.
    let prints: [[UInt64?]]
    /// What `top` counts, and its fingerprints.
    let ranked: ValueColumn?
    let rankedPrints: [UInt64?]
    /// Texts on which a regular expression gave up.
    let matchLimits: UInt64
    /// Of the partitions of the stream, by their numbers.
    let origins: [Origin]
    private let origin: UInt64
    private let keyColumns: [Int]
    /// The event time from which slopes count.
    let timeOrigin: Int64

    /// `partition`: the number of the batch's.
    init(
        _ batch: ColumnBatch, layout: CompiledQuery, partition: Int, origins: [Origin],
        timeOrigin: Int64
    ) {
        self.batch = batch
        keyColumns = layout.keyColumns
        keyCodes = layout.keyColumns.map { batch.columns[$0].codes }
        var rows = Evaluation(batch)
        passes = layout.predicate?.evaluate(&rows)
        numbers = layout.measures.map { $0.program.evaluate(&rows) }
        truths = layout.tallies.map { $0.program.evaluate(&rows) }
        prints = layout.varieties.map { $0.program.evaluate(&rows).fingerprints }
        ranked = layout.ranked?.evaluate(&rows)
        rankedPrints = ranked?.fingerprints ?? []
        matchLimits = rows.matchLimits
        self.origins = origins
        origin = EventPlace.origin(
            partition: partition, incarnation: batch.origin.incarnation)
        self.timeOrigin = timeOrigin
    }

    func key(_ row: Int) -> Key {
        Key(keyColumns.map { batch.columns[$0].dictionary[Int(batch.columns[$0].codes[row])] })
    }

    func place(of row: Int) -> EventPlace {
        EventPlace(
            time: batch.times[row], origin: origin,
            offset: batch.firstOffset + Int64(batch.lines[row]))
    }
}
