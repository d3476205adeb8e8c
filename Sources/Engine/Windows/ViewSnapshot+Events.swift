import Events

/// How the events of a view are found again among the records that are kept.
struct ViewMatcher: Sendable {
    let layout: CompiledQuery

    /// Which rows the view counted, of one key in windows `[start, end)`; nil: of any.
    func rows(
        of batch: ColumnBatch, key: Key?, window: Range<Timestamp>?
    ) -> [Bool] {
        var evaluation = Evaluation(batch)
        var passes =
            layout.predicate?.evaluate(&evaluation)
            ?? [Bool](repeating: true, count: batch.rowCount)
        if let window {
            for row in passes.indices where passes[row] {
                passes[row] = window.contains(Timestamp(rawValue: batch.times[row]))
            }
        }
        guard let key else { return passes }
        for (value, column) in zip(key.values, layout.keyColumns) {
            let column = batch.columns[column]
            for row in passes.indices where passes[row] {
                passes[row] = column.dictionary[Int(column.codes[row])] == value
            }
        }
        if layout.ranked != nil, let value = key.values.last { keep(value, in: batch, &passes) }
        return passes
    }

    /// With `top` a key's last value is what is ranked.
    private func keep(_ value: Scalar, in batch: ColumnBatch, _ passes: inout [Bool]) {
        var evaluation = Evaluation(batch)
        guard let prints = layout.ranked?.evaluate(&evaluation).fingerprints else { return }
        for row in passes.indices where passes[row] {
            passes[row] = prints[row] == value.fingerprint
        }
    }
}

extension ViewSnapshot {
    /// The newest of the records that the view counted in a key's windows, as far as they are
    /// still kept, and how many those are.
    package func events(
        of key: Key?, in window: Range<Timestamp>?, among recent: RecentRecords, limit: Int
    ) -> (newest: [RecentRecord], total: Int) {
        guard let matcher else { return ([], 0) }
        return recent.rows(limit) { matcher.rows(of: $0, key: key, window: window) }
    }
}
