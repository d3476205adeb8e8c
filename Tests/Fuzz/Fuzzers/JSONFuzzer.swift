import Decoding
import Events

/// A decoder learns how records are laid out, which changes how long reading takes, never what is
/// read: a stream read twice by one decoder gives what another one makes of its lines one by one,
/// without their newlines, because from such lines it learns nothing.
@Sendable func readJSON(_ bytes: UnsafeRawBufferPointer) {
    var learning = RecordDecoder(fields: uses, time: time)
    let first = decode(Chunk(bytes, offset: 1), &learning)
    let second = decode(Chunk(bytes, offset: 1), &learning)
    var other = RecordDecoder(fields: uses, time: time)
    for (i, line) in lines(bytes).enumerated() {
        let offset = Int64(i + 1)
        let alone = decode(Chunk(open: line, offset: i + 1), &other)[offset]
        expect(first[offset] == alone, "line \(i): \(of(first[offset])), alone \(of(alone))")
        expect(second[offset] == alone, "line \(i): \(of(second[offset])), alone \(of(alone))")
    }
}

private func of(_ record: Record?) -> String { record.map { "\($0)" } ?? "no record" }

private func decode(_ chunk: Chunk, _ decoder: inout RecordDecoder) -> [Int64: Record] {
    let batch = decoder.decode(chunk, latest: .end)
    check(batch, latest: .end)
    return Record.all(of: batch)
}

/// Paths into objects and arrays, some of which begin others.
private let uses = [
    FieldUse(.name("a")), FieldUse(.name("s")), FieldUse(.name("o")),
    FieldUse(.name("o"), .name("x")), FieldUse(.name("o"), .name("x"), .name("y")),
    FieldUse(.name("l")), FieldUse(.name("l"), .index(0)),
    FieldUse(.name("l"), .index(1), .name("y")), FieldUse(.name("é")), FieldUse(.name("")),
    FieldUse(.name("12345678")), FieldUse(.name("123456789")), FieldUse(.name("t")),
]
private let time = TimeField.field(FieldPath("t"), TimeFormat(unit: .ms))
