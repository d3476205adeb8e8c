import Events

/// A stream up to its views: its clock, its identity checks, its books and its dead letters.
struct StreamIntake {
    let rules: StreamRules
    var clock: StreamClock
    var books = StreamBooks()
    private var latency: StageLatency
    private(set) var drift = FieldDrift(fields: [])
    private var deduplicator: Deduplicator?
    private let idColumn: Int?
    /// Of `watermark_by`.
    let clockColumn: Int?
    private var deadLetters = DeadLetterBox()
    private(set) var rate = RateMeter()
    private(set) var lastEventAt: Timestamp?
    private var openedAt: Timestamp?
    private(set) var sources = SourceStates()
    var recent = RecentRecords()
    /// Where the events of a time came from; nil where no rule asks.
    var spans: BatchSpans?

    init(_ rules: StreamRules, fields: inout FieldTable) {
        self.rules = rules
        clock = StreamClock(rules)
        idColumn = rules.id.map { fields.code($0) }
        clockColumn = rules.watermarkBy.map { fields.code($0) }
        latency = StageLatency(rules, fields: &fields)
        deduplicator = rules.id.map { _ in Deduplicator(window: rules.dedupWindow) }
    }

    /// The fields of the stream's batches, in their order; known once all its views are.
    mutating func watch(_ fields: [FieldPath]) { drift = FieldDrift(fields: fields) }

    /// The same after a change of the plan: fields that were there before keep what is known of
    /// them.
    mutating func watch(_ fields: [FieldPath], after former: StreamIntake) {
        drift = FieldDrift(fields: fields, after: former.drift)
    }

    /// Counts what was received and could not be decoded.
    mutating func receive(_ batch: ColumnBatch, in partition: Int) {
        books.received += UInt64(batch.recordCount)
        books.deadLettered += UInt64(batch.deadLetters.count)
        if !batch.deadLetters.isEmpty { deadLetters.add(batch.deadLetters) }
        if batch.rowCount > 0 { lastEventAt = batch.receivedAt }
        recent.add(batch)
        spans?.add(batch)
        drift.take(batch)
    }

    /// Counts what a source received and could not keep.
    mutating func lose(_ loss: SourceLoss) {
        books.received += loss.count
        books.dropped += loss.count
        books.droppedBytes += loss.bytes
    }

    /// Which rows are redelivered: their offset has been here in this incarnation. nil: none.
    mutating func redelivered(_ batch: ColumnBatch, in partition: Int) -> [Bool]? {
        let next = clock.partitions[partition].nextOffset
        let last = max(
            batch.lines.last.map { batch.firstOffset + Int64($0) } ?? -1,
            batch.deadLetters.last?.offset ?? -1)
        clock.note(offsetsBelow: last + 1, in: partition)
        guard batch.firstOffset < next else { return nil }
        return batch.lines.map { batch.firstOffset + Int64($0) < next }
    }

    /// Marks the rows of `range` whose id is remembered, and remembers the others.
    mutating func dropDuplicates(_ range: Range<Int>, of batch: ColumnBatch, _ kept: inout [Bool]) {
        guard let idColumn else { return }
        let column = batch.columns[idColumn]
        for row in range where kept[row] && column.codes[row] != 0 {
            let print = column.dictionary[Int(column.codes[row])].fingerprint
            if deduplicator!.isDuplicate(print, at: batch.times[row]) { kept[row] = false }
        }
    }

    /// The watermark at which ids are forgotten next.
    var dedupBoundary: Int64 { deduplicator?.boundary ?? .max }

    var hasIds: Bool { idColumn != nil }

    /// Counts the rows of a batch that are accepted, and measures them.
    mutating func accept(_ batch: ColumnBatch, kept: [Bool]?) {
        let (rows, now) = (batch.rowCount, batch.receivedAt)
        let accepted = kept.map { $0.count { $0 } } ?? rows
        latency.add(batch, kept: kept)
        books.accepted += UInt64(accepted)
        books.duplicate += UInt64(rows - accepted)
        rate.mark(books.accepted, at: now)
    }

    mutating func watermarkRose() { deduplicator?.advance(to: clock.watermark) }

    mutating func tick(_ now: Timestamp) -> Bool {
        drift.tick(now)
        rate.mark(books.accepted, at: now)
        return clock.tick(now)
    }

    /// What is new and wrong with a source: it was well before, or for another reason not.
    func trouble(_ change: SourceChange) -> String? {
        guard change.state != sources.state(of: change.source) else { return nil }
        switch change.state {
        case .disconnected(let reason): return reason + "; trying again"
        case .failed(let reason): return reason
        case .opened, .hungUp, .ended: return nil
        }
    }

    /// True when the watermark rose.
    mutating func apply(_ change: SourceChange, at now: Timestamp) -> Bool {
        sources.note(change)
        switch change.state {
        case .opened(let partitions):
            openedAt = openedAt ?? now
            clock.open(change.source, partitions: partitions, at: now)
            return false
        case .hungUp(let partition): return clock.hangUp(change.source, partition)
        case .disconnected: return clock.disconnect(change.source)
        case .failed:
            // What was read of a file counts, as far as it goes.
            return rules.isBounded
                ? clock.end(change.source, isLast: sources.areOver)
                : clock.disconnect(change.source)
        case .ended: return clock.end(change.source, isLast: sources.areOver)
        }
    }

    /// Nothing will follow: it was read to its end, or can't be read any further.
    var hasEnded: Bool { sources.areOver }

    func snapshot(at now: Timestamp) -> StreamSnapshot {
        var snapshot = StreamSnapshot(
            name: rules.name, books: books, watermark: Timestamp(rawValue: clock.watermark),
            highestEventTime: Timestamp(rawValue: clock.highestEventTime),
            lastEventAt: lastEventAt, rate: rate.rate(at: now), state: state(at: now),
            partitions: clock.partitions.map {
                PartitionSnapshot(
                    source: $0.origin.source, partition: $0.origin.partition,
                    watermark: Timestamp(rawValue: $0.watermark), state: $0.state)
            },
            clocks: clock.keys.map { KeyClocksSnapshot($0, field: rules.watermarkBy!) },
            disorder: clock.disorder, deadLetters: deadLetters.newest,
            latency: latency.snapshot(at: now), drifted: drift.snapshot)
        snapshot.recent = recent
        return snapshot
    }

    private func state(at now: Timestamp) -> StreamState {
        if let trouble = sources.trouble { return trouble }
        guard let openedAt else { return .waiting }
        if let freshness = rules.freshness, now - (lastEventAt ?? openedAt) > freshness {
            return .stale
        }
        return .live
    }
}
