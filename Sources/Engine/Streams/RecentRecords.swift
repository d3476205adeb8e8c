import Events

/// The newest chunks of a stream, as they came and as they were decoded: what a raw tail shows, and
/// in what the events behind a value are looked for.
///
/// Bounded by bytes and by chunks, whichever comes first; the newest chunk is always kept. Chunks
/// are shared, never copied, and stand in blocks, so that a snapshot costs a copy of one block. Of
/// columns only those stay that a view finds its events by, with dictionaries of their own: a
/// batch's may hold every value that its stream has ever had.
package struct RecentRecords: Sendable {
    static let chunkLimit = 4096
    private static let blockSize = 64

    /// A chunk that is kept.
    final class Kept: Sendable {
        let batch: ColumnBatch
        /// False where its columns are those of an earlier plan.
        let isReadable: Bool

        init(_ batch: ColumnBatch, isReadable: Bool = true) {
            self.batch = batch
            self.isReadable = isReadable
        }
    }

    /// 0: nothing is kept.
    package let byteLimit: Int
    /// Of each column of a batch: whether events are found by it. One that isn't there is not.
    var isSearched: [Bool] = []
    private var blocks: [[Kept]] = []
    private var chunks = 0
    private var bytes = 0

    /// Of the chunks that are kept.
    package var byteCount: Int { bytes }

    package init(byteLimit: Int = 0) { self.byteLimit = byteLimit }

    mutating func add(_ batch: ColumnBatch) {
        guard byteLimit > 0, batch.bytes != nil else { return }
        if blocks.last.map({ $0.count >= Self.blockSize }) ?? true { blocks.append([]) }
        blocks[blocks.count - 1].append(Kept(reduced(batch)))
        chunks += 1
        bytes += batch.byteCount
        while chunks > 1, bytes > byteLimit || chunks > Self.chunkLimit { dropOldest() }
    }

    private func reduced(_ batch: ColumnBatch) -> ColumnBatch {
        var batch = batch
        for i in batch.columns.indices {
            batch.columns[i] =
                i < isSearched.count && isSearched[i]
                ? batch.columns[i].withOwnDictionary : Column()
        }
        return batch
    }

    private mutating func dropOldest() {
        let oldest = blocks[0].removeFirst()
        if blocks[0].isEmpty { blocks.removeFirst() }
        chunks -= 1
        bytes -= oldest.batch.byteCount
    }

    /// From now on batches have other columns: what is kept can be shown, and no longer searched.
    mutating func changeColumns(_ isSearched: [Bool]) {
        self.isSearched = isSearched
        blocks = blocks.map { $0.map { Kept($0.batch, isReadable: false) } }
    }

    /// The newest first.
    private var newestFirst: some Sequence<Kept> {
        blocks.reversed().lazy.flatMap { $0.reversed() }
    }

    /// The last lines as they came, bad ones too; the newest last.
    package func tail(_ count: Int) -> [RecentRecord] {
        var found: [RecentRecord] = []
        for kept in newestFirst where found.count < count {
            let lines = kept.batch.recordLines
            for line in lines.suffix(count - found.count).reversed() {
                found.append(kept.batch.record(line))
            }
        }
        return found.reversed()
    }

    /// Rows for which `matches` says so, of the columns of a batch; the newest last, at most
    /// `count`, and how many there are.
    func rows(
        _ count: Int, where matches: (ColumnBatch) -> [Bool]
    ) -> (newest: [RecentRecord], total: Int) {
        var found: [RecentRecord] = []
        var total = 0
        for kept in newestFirst where kept.isReadable && kept.batch.rowCount > 0 {
            let rows = matches(kept.batch)
            for row in rows.indices.reversed() where rows[row] {
                total += 1
                if found.count < count { found.append(kept.batch.record(row: row)) }
            }
        }
        return (found.reversed(), total)
    }
}

extension Column {
    /// The same values by a dictionary that holds no others.
    fileprivate var withOwnDictionary: Column {
        var column = self
        column.dictionaryNumber = 0
        column.dictionary = [.null]
        var places: [UInt32: UInt32] = [0: 0]
        for (row, code) in codes.enumerated() {
            if let place = places[code] {
                column.codes[row] = place
            } else {
                let place = UInt32(column.dictionary.count)
                column.dictionary.append(dictionary[Int(code)])
                places[code] = place
                column.codes[row] = place
            }
        }
        return column
    }
}

/// A record as it came.
package struct RecentRecord: Sendable {
    /// Nil where it isn't known: of a record that is only shown.
    package var time: Timestamp?
    package var origin: Origin
    package var offset: Int64
    /// Its bytes, without the line's end; of a long one the first 4 KiB.
    package var bytes: [UInt8]
    /// Why it could not be used.
    package var reason: DeadLetter.Reason?

    static let byteLimit = 4096
}

extension ColumnBatch {
    /// Lines of the chunk that hold a record, ascending. A piece of a batch has some of them.
    fileprivate var recordLines: [UInt32] {
        if deadLetters.isEmpty { return lines }
        return (lines + deadLetters.map { UInt32($0.offset - firstOffset) }).sorted()
    }

    fileprivate func record(row: Int) -> RecentRecord {
        RecentRecord(
            time: Timestamp(rawValue: times[row]), origin: origin,
            offset: firstOffset + Int64(lines[row]), bytes: text(of: lines[row]))
    }

    fileprivate func record(_ line: UInt32) -> RecentRecord {
        let letter = deadLetters.first { $0.offset == firstOffset + Int64(line) }
        if letter == nil, let row = row(of: line) { return record(row: row) }
        return RecentRecord(
            origin: origin, offset: firstOffset + Int64(line), bytes: text(of: line),
            reason: letter?.reason)
    }

    private func row(of line: UInt32) -> Int? {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < line { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low] == line ? low : nil
    }

    /// The bytes of the chunk's line of that number, found from its beginning.
    private func text(of line: UInt32) -> [UInt8] {
        guard let bytes else { return [] }
        return withExtendedLifetime(bytes) {
            var rest = bytes.bytes[...]
            for _ in 0..<line {
                guard let end = rest.firstIndex(of: 0x0A) else { return [] }
                rest = rest[(end + 1)...]
            }
            let text = rest.prefix { $0 != 0x0A }.prefix(RecentRecord.byteLimit)
            return Array(text)
        }
    }
}
