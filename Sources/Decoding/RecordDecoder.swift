import CSimdjson
import Events

/// Lines to columns: each line of a chunk becomes a row or a dead letter.
///
/// One for each stream, on one thread, fed in the order of the input: the unit of epoch times is
/// settled by the first value that shows it. A row holds what the record says of the fields asked
/// for and nothing else, but a record is a row only if all of it is valid.
package struct RecordDecoder {
    private var fields: [FieldUse]
    /// The cell of each field; fields of the same path share one.
    private var cells: [Int]
    /// The cell of the event time; nil: events happen when they are received.
    private let timeCell: Int?
    private var parser: any RecordParser
    private var interners: [ValueInterner?]
    private var time: TimeReader
    /// Of the fields that are instants.
    private var readers: [TimeReader?]
    /// The record of each row of the chunk at hand, and more room; kept for its memory.
    private var rows: [Int32] = []

    package init(fields: [FieldUse], time: TimeField, format: RecordFormat = .json) {
        let parser = recordParser(format)
        self.fields = fields
        self.parser = parser
        cells = fields.map { parser.cell(for: $0.path) }
        interners = fields.map { $0.asCode ? ValueInterner() : nil }
        switch time {
        case .arrival:
            timeCell = nil
            self.time = TimeReader(format: TimeFormat())
        case .field(let path, let format):
            timeCell = parser.cell(for: path)
            self.time = TimeReader(format: format)
        }
        let reader = self.time
        readers = fields.map { $0.asTime ? reader : nil }
    }

    /// Another one that goes on where this one stands, and shares nothing with it.
    package func fork() -> RecordDecoder {
        var fork = self
        fork.parser = parser.fork()
        fork.rows = []
        // The same cells, for they were asked for in the same order.
        fork.interners = interners.map { $0 == nil ? nil : ValueInterner() }
        return fork
    }

    /// From the next chunk on these fields are asked for. What has been learned of the input, its
    /// header and its units, stays.
    package mutating func change(fields next: [FieldUse]) {
        let before = fields
        let (interners, readers, reader) = (interners, readers, time)
        func known(_ use: FieldUse) -> Int? { before.firstIndex { $0.path == use.path } }
        cells = next.map { parser.cell(for: $0.path) }
        self.interners = next.map { use in
            use.asCode ? known(use).flatMap { interners[$0] } ?? ValueInterner() : nil
        }
        self.readers = next.map { use in
            use.asTime ? known(use).flatMap { readers[$0] } ?? reader : nil
        }
        fields = next
    }

    /// What epoch numbers are read as: the unit that was given, or the one that the records have
    /// settled; nil before that. A decoder made with it goes on where this one stands.
    package var unit: TimeFormat.Unit? { time.unit }

    /// Decodes a whole chunk. Never fails: rows and dead letters together are its records.
    ///
    /// `latest` is the newest event time allowed; times of arrival are not held against it.
    package mutating func decode(_ chunk: Chunk, latest: Timestamp) -> ColumnBatch {
        var batch = ColumnBatch(
            stream: chunk.stream, origin: chunk.origin, firstOffset: chunk.firstOffset,
            receivedAt: chunk.receivedAt, byteCount: chunk.bytes.count)
        withExtendedLifetime(chunk.bytes) {
            let table = parser.parse(chunk)
            let count = sort(
                table, receivedAt: chunk.receivedAt, latest: latest, into: &batch)
            let rows = rows
            batch.columns = rows.withUnsafeBufferPointer { rows in
                let rows = UnsafeBufferPointer(rebasing: rows[..<count])
                return fields.indices.map { column($0, of: table, rows) }
            }
        }
        return batch
    }

    private mutating func column(
        _ i: Int, of table: JSONTable, _ rows: UnsafeBufferPointer<Int32>
    ) -> Column {
        let source = CellColumn(table: table, cell: cells[i], rows: rows)
        var column = source.column(numbers: fields[i].asNumber, interner: interners[i])
        if var reader = readers[i] {
            column.times = source.times(&reader)
            readers[i] = reader
        }
        return column
    }

    /// Tells rows from dead letters, by the record's status and its time.
    /// The number of rows is returned.
    private mutating func sort(
        _ table: JSONTable, receivedAt: Timestamp, latest: Timestamp, into batch: inout ColumnBatch
    ) -> Int {
        let count = table.count
        if rows.count < count { rows = [Int32](repeating: 0, count: max(count, rows.count * 2)) }
        var kept = 0
        batch.times = Array(unsafeUninitializedCapacity: count) { times, timeCount in
            batch.lines = Array(unsafeUninitializedCapacity: count) { lines, lineCount in
                for i in 0..<count {
                    let record = table.records[i]
                    switch outcome(of: record, at: i, in: table, receivedAt, latest) {
                    case .time(let time):
                        rows[kept] = Int32(truncatingIfNeeded: i)
                        (lines.baseAddress! + kept).initialize(to: record.line)
                        (times.baseAddress! + kept).initialize(to: time)
                        kept += 1
                    case .refused(let reason):
                        let value = timeCell.map { table.cells[i * table.width + $0] }
                        batch.deadLetters.append(
                            DeadLetter(reason, record, time: value, batch.origin, batch.firstOffset)
                        )
                    }
                }
                lineCount = kept
            }
            timeCount = kept
        }
        return kept
    }

    @inline(__always)
    private mutating func outcome(
        of record: JSONRecord, at i: Int, in table: JSONTable, _ receivedAt: Timestamp,
        _ latest: Timestamp
    ) -> TimeReading {
        if let reason = record.status.reason { return .refused(parser.reason(of: i) ?? reason) }
        guard let timeCell else { return .time(receivedAt.rawValue) }
        let reading = time.read(table.cells[i * table.width + timeCell])
        if case .time(let t) = reading, t > latest.rawValue { return .refused(.futureSkew) }
        return reading
    }
}

extension JSONStatus {
    /// Why the record is a dead letter; nil if it isn't.
    fileprivate var reason: DeadLetter.Reason? {
        switch self {
        case .good: nil
        case .malformed: .malformed
        case .tooLong: .tooLong
        case .tooDeep: .tooDeep
        case .notUTF8: .notUTF8
        }
    }
}

extension DeadLetter {
    /// `time` is the record's time cell, which is where reading stopped if the JSON is good.
    fileprivate init(
        _ reason: Reason, _ record: JSONRecord, time: JSONCell?, _ origin: Origin,
        _ firstOffset: Int64
    ) {
        let all = UnsafeRawBufferPointer(start: record.start, count: Int(record.length))
        var position = record.position < 0 ? nil : Int(record.position)
        if record.status == .good, let text = time?.text {
            // A text that had escapes lies elsewhere.
            let distance = UnsafeRawPointer(text) - UnsafeRawPointer(record.start!)
            position = all.indices.contains(distance) ? distance : nil
        }
        self.init(
            reason: reason, origin: origin, offset: firstOffset + Int64(record.line),
            position: position, bytes: Array(all.prefix(Self.byteLimit)))
    }
}
