import Events
import TestSeeds
import Testing

@testable import Decoding

/// A layout changes how long reading takes, never what is read: a stream read by one decoder, which
/// learns, gives what its records give one by one, each to a decoder that has learned nothing.
@Suite struct LayoutTests {
    /// Paths into objects and arrays, some of which begin others.
    static let uses: [FieldUse] =
        [
            field("a"), field("s"), field("o"), field("o", "x"), field("o", "x", "y"),
            field("l"), field("l", 0), field("l", 1, "y"), field("l", 0, 0), field("é"),
            field("e\u{301}"), field("12345678"), field("123456789"), field(""),
            field("a", "a"), field("x", 2),
        ] + [FieldUse(path: FieldPath("t"), asNumber: true, asCode: true, asTime: true)]
    private static let time = TimeField.field(FieldPath("t"), TimeFormat(unit: .ms))

    /// A chunk of these bytes, whatever they end with. Its offset isn't 0, where a file may begin
    /// with a byte order mark.
    private func part(_ bytes: [UInt8], at line: Int) -> Chunk {
        Chunk(
            stream: 0, origin: Origin(source: "test"), firstOffset: Int64(line + 1),
            lines: bytes.count { $0 == 10 }, bytes: RecordBytes(bytes), receivedAt: .epoch)
    }

    /// Of each record, by its line: all that is known of it.
    private func facts(_ batch: ColumnBatch) -> [Int: String] {
        var facts: [Int: String] = [:]
        for row in 0..<batch.rowCount {
            let values = batch.columns.map { column in
                let time = column.times.isEmpty ? "" : "\(column.times[row])"
                let (kind, bits) = (column.kinds[row], column.numbers[row].bitPattern)
                return "\(kind) \(bits) \(column.dictionary[Int(column.codes[row])]) \(time)"
            }
            facts[Int(batch.firstOffset) + Int(batch.lines[row])] = "\(batch.times[row]) \(values)"
        }
        for letter in batch.deadLetters {
            let place = letter.position.map { "@\($0)" } ?? ""
            facts[Int(letter.offset)] = "\(letter.reason)\(place) \(letter.bytes)"
        }
        #expect(facts.count == batch.recordCount)
        return facts
    }

    /// Reads the lines both ways, the last one with its newline or without.
    func expectTheSame(
        _ lines: [[UInt8]], _ uses: [FieldUse], _ time: TimeField, endsOpen: Bool = false,
        _ comment: String
    ) {
        func facts(_ range: Range<Int>) -> [Int: String] {
            var bytes: [UInt8] = []
            for line in lines[range] { bytes += line + [10] }
            if endsOpen, range.upperBound == lines.count { bytes.removeLast() }
            var decoder = RecordDecoder(fields: uses, time: time)
            return self.facts(decoder.decode(part(bytes, at: range.lowerBound), latest: .end))
        }
        let learned = facts(0..<lines.count)
        for i in lines.indices {
            let alone = facts(i..<i + 1)
            let text = String(decoding: lines[i].prefix(300), as: UTF8.self)
            #expect(learned[i + 1] == alone[i + 1], "\(comment), line \(i): \(text)")
        }
    }

    @Test(arguments: seeds(40))
    func learnedOrNot(_ seed: UInt64) {
        var records = RandomRecords(seed: seed)
        let lines = records.lines(150)
        expectTheSame(
            lines, Self.uses, Self.time, endsOpen: seed.isMultiple(of: 2), "seed \(seed)")
    }

    /// Without a time field, and with few fields: then most values are stepped over.
    @Test(arguments: seeds(20))
    func steppedOver(_ seed: UInt64) {
        var records = RandomRecords(seed: seed &+ 1_000_000)
        let lines = records.lines(150)
        expectTheSame(lines, [], .arrival, "seed \(seed), no fields")
        expectTheSame(lines, [field("o", "x"), field("a")], .arrival, "seed \(seed), two fields")
    }

    /// The streams above do have layouts, or their tests would say nothing.
    @Test(arguments: seeds(5))
    func layoutsAreLearned(_ seed: UInt64) {
        var records = RandomRecords(seed: seed)
        let lines = records.lines(150)
        let parser = JSONRecordParser()
        for use in Self.uses { _ = parser.cell(for: use.path) }
        _ = parser.parse(part(Array(lines.joined(separator: [10])) + [10], at: 0))
        #expect(parser.hasLearned, "seed \(seed)")
    }
}
