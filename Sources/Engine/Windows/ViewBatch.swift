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

    init(_ batch: ColumnBatch, layout: CompiledQuery) {
        self.batch = batch
        keyCodes = layout.keyColumns.map { batch.columns[$0].codes }
        passes = layout.predicate?.evaluate(batch)
        numbers = layout.measures.map { $0.program.evaluate(batch) }
        truths = layout.tallies.map { $0.program.evaluate(batch) }
    }
}
