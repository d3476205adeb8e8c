import Events

@testable import Decoding

/// What becomes of each record of a text, as `outcomes(_:)` writes it.
func outcomes(
    of text: some Collection<UInt8>, as format: RecordFormat, _ names: [String],
    receivedAt: Timestamp = .epoch
) -> [String] {
    let fields = names.map { FieldUse(path: FieldPath($0), asCode: true) }
    var decoder = RecordDecoder(fields: fields, time: .arrival, format: format)
    return outcomes(
        decoder.decode(chunk(text, receivedAt: receivedAt.rawValue), latest: .end))
}

/// Of each record, in their order: its values, texts in single quotes, `–` for null and `·` for
/// what is missing; or why it is a dead letter, and behind an at sign where reading stopped.
func outcomes(_ batch: ColumnBatch) -> [String] {
    let rows = batch.times.indices.map { row in
        (
            offset: batch.firstOffset + Int64(batch.lines[row]),
            text: batch.columns.map { $0.written(row) }.joined(separator: " ")
        )
    }
    let dead = batch.deadLetters.map { letter in
        (
            offset: letter.offset,
            text: letter.reason.rawValue + (letter.position.map { "@\($0)" } ?? "")
        )
    }
    return (rows + dead).sorted { $0.offset < $1.offset }.map(\.text)
}

/// An instant in UTC.
func instant(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0
) -> Timestamp {
    let days = CivilTime.days(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
    return Timestamp(rawValue: Int64(seconds) * 1_000_000_000)
}

extension Column {
    fileprivate func written(_ row: Int) -> String {
        switch kinds[row] {
        case .missing: "·"
        case .string: "'\(dictionary[Int(codes[row])])'"
        default: "\(dictionary[Int(codes[row])])"
        }
    }
}
