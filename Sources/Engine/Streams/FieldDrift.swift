import Events

/// Whether the fields that queries name are still what they were.
///
/// Judged by the minute of processing time, once it is over: a field drifts when more than 1 % of
/// the minute's events lack it, or hold another kind of value in it, and that was not so in the
/// last ten minutes that were well. It has drifted until a minute is well again; minutes without
/// events say nothing. A field that not every event has, or that has always held a mixture, can't
/// drift in that respect.
///
/// A count per field and row, and nothing that grows.
package struct FieldDrift: Sendable {
    package static let cell = Nanoseconds.seconds(60)

    private var fields: [Field]
    /// The number of the minute that runs.
    private var minute = Int64.min

    /// `fields` in the order of the columns of this stream's batches.
    package init(fields: [FieldPath]) { self.fields = fields.map { Field(path: $0) } }

    /// Goes on with what is known of the fields that stay.
    init(fields: [FieldPath], after former: FieldDrift) {
        self.init(fields: fields)
        minute = former.minute
        for i in self.fields.indices {
            let path = self.fields[i].path
            if let known = former.fields.first(where: { $0.path == path }) {
                self.fields[i] = known
            }
        }
    }

    package mutating func take(_ batch: ColumnBatch) {
        precondition(batch.columns.count == fields.count, "a batch has a column per field")
        tick(batch.receivedAt)
        guard batch.rowCount > 0 else { return }
        for i in fields.indices { fields[i].take(batch.columns[i].kinds, of: batch) }
    }

    package mutating func tick(_ now: Timestamp) {
        let current = floorDiv(now.rawValue, Self.cell.rawValue)
        guard current > minute else { return }
        let start = Timestamp(rawValue: minute == .min ? .min : minute * Self.cell.rawValue)
        for i in fields.indices { fields[i].judge(minuteFrom: start) }
        minute = current
    }

    /// In the order of the fields; empty when all is well.
    package var snapshot: [DriftedField] {
        fields.flatMap { [$0.vanished, $0.retyped].compactMap { $0 } }
    }
}

/// A field that is not what it was.
package struct DriftedField: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// Missing or null.
        case vanished
        case retyped(from: Column.Kind, to: Column.Kind)
    }

    package var field: FieldPath
    package var change: Change
    /// Of the events of the last whole minute that had any.
    package var share: Double
    /// The beginning of the first minute of it.
    package var since: Timestamp
    /// The first such event of that minute.
    package var origin: Origin
    package var offset: Int64

    /// `vanished`, `was number, now text`.
    package var words: String {
        switch change {
        case .vanished: "vanished"
        case .retyped(let from, let to): "was \(from.word), now \(to.word)"
        }
    }
}

extension Column.Kind {
    fileprivate var word: String {
        switch self {
        case .missing: "missing"
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "text"
        case .compound: "object or array"
        }
    }
}

/// One field: its minute, and what its minutes were like before.
private struct Field: Sendable {
    private static let minutesRemembered = 10

    private struct Place: Sendable {
        var origin: Origin
        var offset: Int64
        /// How many events of the minute came before it.
        var rank: Int
    }

    let path: FieldPath
    private(set) var vanished: DriftedField?
    private(set) var retyped: DriftedField?
    private var minute = KindCounts()
    /// By kind: the first event of the minute with it.
    private var first: [Place?] = Array(repeating: nil, count: KindCounts.kinds.count)
    /// The last minutes that were well.
    private var normal: [KindCounts] = []

    init(path: FieldPath) { self.path = path }

    mutating func take(_ kinds: [Column.Kind], of batch: ColumnBatch) {
        let former = minute
        minute.add(kinds)
        for kind in KindCounts.kinds where former[kind] == 0 && minute[kind] > 0 {
            guard let row = kinds.firstIndex(of: kind) else { continue }
            let offset = batch.firstOffset + Int64(batch.lines[row])
            first[Int(kind.rawValue)] = Place(
                origin: batch.origin, offset: offset, rank: former.events + row)
        }
    }

    /// Ends the minute.
    mutating func judge(minuteFrom start: Timestamp) {
        guard minute.events > 0 else { return }
        let before = normal.reduce(into: KindCounts()) { $0.add($1) }
        vanished = absence(against: before).map { drifted($0, after: vanished, start) }
        retyped = otherKind(against: before).map { drifted($0, after: retyped, start) }
        if vanished == nil, retyped == nil {
            if normal.count == Self.minutesRemembered { normal.removeFirst() }
            normal.append(minute)
        }
        minute = KindCounts()
        first = Array(repeating: nil, count: first.count)
    }

    /// A change that this minute shows: how many events, and which kinds they have.
    private struct Finding {
        var change: DriftedField.Change
        var count: Int
        var kinds: [Column.Kind]
    }

    private func absence(against before: KindCounts) -> Finding? {
        guard before.events > 0, !before.exceedsShare(before.absent),
            minute.exceedsShare(minute.absent)
        else { return nil }
        return Finding(change: .vanished, count: minute.absent, kinds: [.missing, .null])
    }

    private func otherKind(against before: KindCounts) -> Finding? {
        guard let usual = before.mostFrequent(), !before.exceedsShare(before.others(than: usual)),
            minute.exceedsShare(minute.others(than: usual)),
            let new = minute.mostFrequent(but: usual)
        else { return nil }
        return Finding(
            change: .retyped(from: usual, to: new), count: minute.others(than: usual), kinds: [new])
    }

    /// Where the field had drifted before, the first event and its minute stay.
    private func drifted(_ finding: Finding, after former: DriftedField?, _ start: Timestamp)
        -> DriftedField
    {
        let share = Double(finding.count) / Double(minute.events)
        if var same = former, same.change == finding.change {
            same.share = share
            return same
        }
        let places = finding.kinds.compactMap { first[Int($0.rawValue)] }
        let place = places.min { $0.rank < $1.rank }!
        return DriftedField(
            field: path, change: finding.change, share: share, since: start,
            origin: place.origin, offset: place.offset)
    }
}
