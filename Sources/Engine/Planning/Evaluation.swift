import Events

/// One batch while the expressions of a view are computed over it.
struct Evaluation {
    let batch: ColumnBatch
    /// Texts on which a regular expression gave up at its limit; they don't match.
    var matchLimits: UInt64 = 0

    init(_ batch: ColumnBatch) { self.batch = batch }

    var rowCount: Int { batch.rowCount }
}
