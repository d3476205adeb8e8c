import Events
import Testing

@testable import Decoding

/// Each bound, on both of its sides.
@Suite struct LimitTests {
    /// A record of exactly so many bytes.
    private func record(bytes count: Int) -> String {
        let frame = "{\"a\":\"\"}"
        return "{\"a\":\"" + String(repeating: "x", count: count - frame.utf8.count) + "\"}"
    }

    @Test func recordLength() {
        let limit = Chunk.recordLimit
        #expect(limit == 1 << 20)
        let text = record(bytes: limit) + "\n" + record(bytes: limit + 1) + "\n{\"a\":\"after\"}"
        let batch = decode(text, [field("a")])
        #expect(batch.lines == [0, 2])
        #expect(batch.deadLetters.map(\.reason) == [.tooLong])
        #expect(batch.deadLetters[0].bytes.count == DeadLetter.byteLimit)
        // The end of a line is not part of the record.
        #expect(decode(record(bytes: limit) + "\r\n").rowCount == 1)
    }

    @Test(arguments: [("[", "]"), ("{\"x\":", "}")])
    func depth(_ open: String, _ close: String) {
        func record(depth: Int) -> String {
            let inner = depth - 1
            return "{\"a\":" + String(repeating: open, count: inner - 1)
                + (open == "[" ? "[]" : "{}") + String(repeating: close, count: inner - 1) + "}"
        }
        for use in [[], [field("a")], [field("a", 0, 0)]] {
            #expect(decode(record(depth: 64), use).rowCount == 1)
            #expect(decode(record(depth: 65), use).deadLetters.map(\.reason) == [.tooDeep])
            #expect(decode(record(depth: 100_000), use).deadLetters.map(\.reason) == [.tooDeep])
        }
        let unclosed = "{\"a\":" + String(repeating: open, count: 100_000)
        #expect(decode(unclosed).deadLetters.map(\.reason) == [.malformed])
    }

    @Test func latest() {
        let latest = Timestamp(rawValue: 1_700_000_000_000_000_000)
        let format = TimeFormat(unit: .ns)
        #expect(
            readTime("1700000000000000000", format, latest: latest)
                == .time(1_700_000_000_000_000_000))
        #expect(
            readTime("1700000000000000001", format, latest: latest) == .refused(.futureSkew))
    }

    @Test func arrivalIsNeverInTheFuture() {
        var decoder = RecordDecoder(fields: [], time: .arrival)
        let batch = decoder.decode(chunk("{}".utf8, receivedAt: 5), latest: .epoch)
        #expect(batch.times == [5])
    }
}
