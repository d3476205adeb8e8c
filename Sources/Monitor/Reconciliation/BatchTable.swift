import Connectors
import Decoding
import Engine
import Events
import Queries
import Synchronization

/// What a batch job says of the same windows: a file of rows, CSV or lines of JSON, each with the
/// beginning of its window, the fields of the key, and some of the view's columns.
struct BatchTable: Sendable {
    let table: WindowTable
    /// Of each column of the view, whether the file has it.
    let hasColumn: [Bool]

    /// `time`: the field that holds the beginning of a window.
    init(_ path: String, _ query: Query, time: String) throws(Ending) {
        try checkReadable(path)
        let keys = query.keyNames.map { FieldUse(path: FieldPath($0), asCode: true) }
        let columns = query.columnNames.map { FieldUse(path: FieldPath($0), asNumber: true) }
        let sink = RowSink(
            RecordDecoder(
                fields: keys + columns, time: .field(FieldPath(time), TimeFormat()),
                format: RecordFormat(path: path)), keyCount: keys.count)
        FileSource(stream: 0, path: path, follow: false, startAtEnd: false, stop: Stop())
            .run(into: sink)
        let found = sink.found
        if let failure = found.failure { throw Ending(.inputOutput, failure) }
        if let letter = found.letter {
            throw Ending(
                .badData,
                "\(path):\(letter.offset + 1): \(letter.reason.rawValue); a row has `\(time)`, the "
                    + "beginning of its window, or what --time says")
        }
        guard found.isWhole else {
            throw Ending(.failed, "\(path): more than \(WindowTable.limit) rows")
        }
        guard found.hasColumn.contains(true) else {
            let names = query.columnNames.map { "`\($0)`" }.joined(separator: ", ")
            throw Ending(.badData, "\(path): no row has any of the view's columns, \(names)")
        }
        for (name, isThere) in zip(query.keyNames, found.hasKey) where !isThere {
            throw Ending(.badData, "\(path): no row has `\(name)`, a field of the view's key")
        }
        (table, hasColumn) = (found.table, found.hasColumn)
    }
}

/// Decodes the rows of a file on the thread that reads it.
private final class RowSink: ChunkSink {
    struct Found {
        var decoder: RecordDecoder
        var table = WindowTable()
        var hasKey: [Bool] = []
        var hasColumn: [Bool] = []
        var letter: DeadLetter?
        var failure: String?
        var isWhole = true
    }

    private let state: Mutex<Found>
    private let keyCount: Int

    init(_ decoder: sending RecordDecoder, keyCount: Int) {
        state = Mutex(Found(decoder: decoder))
        self.keyCount = keyCount
    }

    var found:
        (
            table: WindowTable, hasKey: [Bool], hasColumn: [Bool], letter: DeadLetter?,
            failure: String?, isWhole: Bool
        )
    {
        state.withLock {
            ($0.table, $0.hasKey, $0.hasColumn, $0.letter, $0.failure, $0.isWhole)
        }
    }

    var isStopping: Bool { state.withLock { $0.letter != nil || !$0.isWhole } }

    func admit(_ chunk: Chunk, readAhead: Int) -> Bool {
        state.withLock { found in
            let batch = found.decoder.decode(chunk, latest: .end)
            found.letter = found.letter ?? batch.deadLetters.first
            found.take(batch, keyCount: keyCount)
            return found.letter == nil && found.isWhole
        }
    }

    func report(_ change: SourceChange) {
        if case .failed(let reason) = change.state { state.withLock { $0.failure = reason } }
    }

    func report(lag sample: LagSample) {}
    func report(_ loss: SourceLoss) {}
}

extension RowSink.Found {
    fileprivate mutating func take(_ batch: ColumnBatch, keyCount: Int) {
        if hasColumn.isEmpty {
            hasKey = Array(repeating: false, count: keyCount)
            hasColumn = Array(repeating: false, count: batch.columns.count - keyCount)
        }
        for (i, column) in batch.columns.enumerated() {
            let isThere = column.kinds.contains { $0 != .missing }
            if i < keyCount {
                hasKey[i] = hasKey[i] || isThere
            } else {
                hasColumn[i - keyCount] = hasColumn[i - keyCount] || isThere
            }
        }
        for row in 0..<batch.rowCount {
            let key = batch.columns[..<keyCount].map {
                $0.dictionary[Int($0.codes[row])].cellText
            }
            let values = batch.columns[keyCount...].map { $0.numbers[row] }
            let place = WindowTable.Place(
                start: Timestamp(rawValue: batch.times[row]), key: key)
            isWhole = table.set(WindowTable.Row(end: nil, values: values), at: place) && isWhole
        }
    }
}
