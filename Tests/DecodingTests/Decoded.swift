import Events

@testable import Decoding

/// A chunk of the text, as a source would make it.
func chunk(_ text: some Collection<UInt8>, firstOffset: Int64 = 0, receivedAt: Int64 = 0) -> Chunk {
    let bytes = Array(text) + (text.isEmpty || Array(text).last == 10 ? [] : [10])
    return Chunk(
        stream: 3, origin: Origin(source: "test", partition: 2, incarnation: 1),
        firstOffset: firstOffset, lines: bytes.count { $0 == 10 }, bytes: RecordBytes(bytes),
        receivedAt: Timestamp(rawValue: receivedAt))
}

/// Decodes one chunk with a new decoder; without a time field, so that times don't matter.
func decode(_ text: String, _ fields: [FieldUse] = [], firstOffset: Int64 = 0) -> ColumnBatch {
    decode(Array(text.utf8), fields, firstOffset: firstOffset)
}

func decode(_ bytes: [UInt8], _ fields: [FieldUse] = [], firstOffset: Int64 = 0) -> ColumnBatch {
    var decoder = RecordDecoder(fields: fields, time: .arrival)
    return decoder.decode(chunk(bytes, firstOffset: firstOffset), latest: .end)
}

func field(_ path: FieldPath.Step..., number: Bool = true, code: Bool = true) -> FieldUse {
    FieldUse(path: FieldPath(steps: path), asNumber: number, asCode: code)
}

extension FieldPath.Step: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral name: String) { self = .name(name) }
    package init(integerLiteral index: Int) { self = .index(index) }
}

extension Column {
    /// The column's values by its codes.
    var scalars: [Scalar] { codes.map { dictionary[Int($0)] } }
}

/// What a time field with this JSON value is read as, by a decoder that has seen `before`.
func readTime(
    _ json: String, _ format: TimeFormat = TimeFormat(), after before: [String] = [],
    latest: Timestamp = .end
) -> TimeReading {
    let time = TimeField.field(FieldPath("t"), format)
    var decoder = RecordDecoder(fields: [], time: time)
    for value in before {
        _ = decoder.decode(chunk("{\"t\":\(value)}".utf8), latest: .end)
    }
    let batch = decoder.decode(chunk("{\"t\":\(json)}".utf8), latest: latest)
    if let letter = batch.deadLetters.first { return .refused(letter.reason) }
    return .time(batch.times[0])
}

/// A small generator of the numbers a seed stands for (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
