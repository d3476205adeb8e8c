import Decoding
import Events

/// All that a decoder says of one record.
enum Record: Equatable {
    case row(time: Int64, [Value])
    case dead(DeadLetter)

    struct Value: Equatable {
        var kind: Column.Kind
        /// Bits: NaN is what isn't a number.
        var number: UInt64
        var scalar: Scalar
        var time: Int64

        init(_ column: Column, _ row: Int) {
            kind = column.kinds[row]
            number = column.numbers[row].bitPattern
            scalar = column.dictionary[Int(column.codes[row])]
            time = column.times[row]
        }
    }

    /// By their offsets.
    static func all(of batch: ColumnBatch) -> [Int64: Record] {
        var records: [Int64: Record] = [:]
        for row in 0..<batch.rowCount {
            records[batch.firstOffset + Int64(batch.lines[row])] = .row(
                time: batch.times[row], batch.columns.map { Value($0, row) })
        }
        for letter in batch.deadLetters { records[letter.offset] = .dead(letter) }
        expect(records.count == batch.recordCount, "each record has a line of its own")
        return records
    }
}

extension FieldUse {
    /// In all forms that there are.
    init(_ steps: FieldPath.Step...) {
        self.init(path: FieldPath(steps: steps), asNumber: true, asCode: true, asTime: true)
    }
}

/// The lines of a text, each without its newline.
func lines(_ bytes: UnsafeRawBufferPointer) -> [Slice<UnsafeRawBufferPointer>] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
}

extension Chunk {
    /// Whole lines, as a source hands them over.
    init(_ bytes: some Collection<UInt8>, offset: Int) {
        let bytes = Array(bytes)
        let isOpen = bytes.last.map { $0 != 0x0A } ?? false
        self.init(open: isOpen ? bytes + [0x0A] : bytes, offset: offset)
    }

    /// Lines, the last one perhaps without its newline. From 0 on a byte order mark may be the
    /// beginning of a file.
    init(open bytes: some Collection<UInt8>, offset: Int) {
        self.init(
            stream: 0, origin: Origin(source: "fuzz"), firstOffset: Int64(offset),
            lines: bytes.count { $0 == 0x0A }, bytes: RecordBytes(bytes), receivedAt: now)
    }
}

/// 2026-11-25, 14:00:00.
let now = Timestamp(rawValue: 1_795_615_200_000_000_000)

/// What holds for any batch, whatever the bytes were.
func check(_ batch: ColumnBatch, latest: Timestamp) {
    let rows = batch.rowCount
    expect(batch.lines.count == rows, "each row has a line")
    expect(zip(batch.lines, batch.lines.dropFirst()).allSatisfy(<), "rows are in their order")
    expect(batch.times.allSatisfy { $0 <= latest.rawValue }, "no row is of the future")
    for column in batch.columns {
        expect(column.kinds.count == rows && column.numbers.count == rows, "each row has a value")
        expect(column.codes.count == rows && column.times.count == rows, "each row has a value")
        for (kind, number) in zip(column.kinds, column.numbers) {
            expect(number.isFinite == (kind == .number), "a number is finite")
        }
        for (kind, code) in zip(column.kinds, column.codes) {
            check(kind, column.dictionary[Int(code)])
        }
    }
    let places = batch.deadLetters.map(\.offset)
    expect(zip(places, places.dropFirst()).allSatisfy(<), "dead letters are in their order")
    for letter in batch.deadLetters {
        expect(letter.bytes.count <= DeadLetter.byteLimit, "a dead letter is bounded")
        expect(letter.position.map { $0 >= 0 } ?? true, "a place is in the record")
    }
}

private func check(_ kind: Column.Kind, _ scalar: Scalar) {
    let fits =
        switch (kind, scalar) {
        case (.missing, .null), (.null, .null), (.compound, .null), (.bool, .bool),
            (.number, .number), (.string, .string):
            true
        default: false
        }
    expect(fits, "\(kind) isn't \(scalar)")
}
