import Decoding
import Events
import Patterns

/// A stream of a format whose records are lines of text.
struct TextStream: Sendable {
    var format: RecordFormat
    var uses: [FieldUse]

    static let logfmt = TextStream(
        format: .logfmt, uses: ["time", "a", "b", "level", "msg", "é"])
    static let csv = TextStream(format: .csv, uses: ["time", "a", "b", "c d", "é", ""])
    static let access = TextStream(
        format: .access,
        uses: [
            "vhost", "remote", "ident", "user", "time", "request", "method", "path", "query",
            "protocol", "status", "bytes", "referer", "user_agent", "extra", "request_time",
        ])
    static let syslog = TextStream(
        format: .syslog,
        uses: [
            "priority", "facility", "severity", "time", "host", "app", "procid", "msgid",
            "message", "sd.x.a", "sd.meta@32473.user",
        ])

    init(format: RecordFormat, uses names: [String]) {
        self.format = format
        uses = names.map { FieldUse(.name($0)) }
    }

    func decoder() -> RecordDecoder {
        let time = TimeField.field(FieldPath("time"), TimeFormat())
        return RecordDecoder(fields: uses, time: time, format: format)
    }
}

/// It makes no difference whether lines come all at once or one by one.
func readLines(_ bytes: UnsafeRawBufferPointer, _ stream: TextStream) {
    let latest = now + .seconds(3600)
    var decoder = stream.decoder()
    let batch = decoder.decode(Chunk(bytes, offset: 0), latest: latest)
    check(batch, latest: latest)
    let whole = Record.all(of: batch)
    var single = stream.decoder()
    var found = 0
    for (i, line) in lines(bytes).enumerated() {
        let part = single.decode(Chunk(Array(line) + [0x0A], offset: i), latest: latest)
        for (offset, record) in Record.all(of: part) {
            found += 1
            let other = whole[offset]
            expect(
                other == record, "line \(i): \(record), among others \(String(describing: other))")
        }
    }
    expect(found == whole.count, "\(found) lines are records, among others \(whole.count)")
}

/// The first line is the pattern, by which the others are read. Each match is bounded, and so is
/// a text of a few of them.
@Sendable func readPattern(_ bytes: UnsafeRawBufferPointer) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let pattern = String(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    do throws(PatternError) {
        try checkPattern(pattern)
    } catch {
        expect(error.offset >= 0 && error.offset <= pattern.unicodeScalars.count, "\(error)")
        expect(!error.message.isEmpty, "a refusal says why")
        return
    }
    let records = UnsafeRawBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...])
    let names = ["time", "a", "b", "level", "message", "took_ms"]
    readLines(records, TextStream(format: .pattern(pattern), uses: names))
}
