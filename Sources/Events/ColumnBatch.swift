/// A chunk, decoded: the event time and the named fields of its good records as columns, and the
/// others as dead letters.
package struct ColumnBatch: Sendable {
    package var stream: Int
    package var origin: Origin
    package var firstOffset: Int64
    package var receivedAt: Timestamp
    /// Bytes of the chunk, for throughput.
    package var byteCount: Int
    /// The chunk's records as they came; nil where nobody needs them.
    package var bytes: RecordBytes?
    /// Of each row: its line within the chunk; `firstOffset + line` is its offset. Ascending.
    package var lines: [UInt32]
    /// Of each row: event time in nanoseconds, as in `Timestamp`.
    package var times: [Int64]
    /// In the order of the decoder's `FieldUse`s.
    package var columns: [Column]
    /// In the order of the lines.
    package var deadLetters: [DeadLetter]

    @inlinable package var rowCount: Int { times.count }
    /// Records in the chunk: rows and dead letters.
    @inlinable package var recordCount: Int { times.count + deadLetters.count }

    package init(
        stream: Int, origin: Origin, firstOffset: Int64, receivedAt: Timestamp, byteCount: Int = 0,
        lines: [UInt32] = [], times: [Int64] = [], columns: [Column] = [],
        deadLetters: [DeadLetter] = []
    ) {
        self.stream = stream
        self.origin = origin
        self.firstOffset = firstOffset
        self.receivedAt = receivedAt
        self.byteCount = byteCount
        self.lines = lines
        self.times = times
        self.columns = columns
        self.deadLetters = deadLetters
    }
}
