import Events
import Testing

@testable import Decoding

/// How the unit of epoch numbers is settled.
@Suite struct UnitTests {
    // 1990-01-01 and 2100-01-01, in seconds.
    private static let first = 631_152_000
    private static let end = 4_102_444_800

    @Test(arguments: TimeFormat.Unit.allCases)
    func years(_ unit: TimeFormat.Unit) {
        let scale = [.s: 1, .ms: 1000, .us: 1_000_000, .ns: 1_000_000_000][unit]!
        let nanoseconds = Int64(1_000_000_000 / scale)
        for value in [Self.first * scale, Self.end * scale - 1] {
            #expect(readTime("\(value)") == .time(Int64(value) * nanoseconds))
            #expect(readTime("\"\(value)\"") == .time(Int64(value) * nanoseconds))
        }
        for value in [Self.first * scale - 1, Self.end * scale] {
            #expect(readTime("\(value)") == .refused(.badTime))
        }
    }

    @Test func fractionsSettleIt() {
        #expect(readTime("1700000000.5") == .time(1_700_000_000_500_000_000))
        #expect(readTime("1700000000500.25") == .time(1_700_000_000_500_250_000))
        #expect(readTime("631151999.999999999") == .refused(.badTime))
        #expect(readTime("1.7e9") == .time(1_700_000_000_000_000_000))
        #expect(readTime("-1700000000") == .refused(.badTime))
    }

    @Test func theFirstPlausibleValueCounts() {
        let time = TimeField.field(FieldPath("t"), TimeFormat())
        var decoder = RecordDecoder(fields: [], time: time)
        #expect(decoder.unit == nil)
        let text = [
            #"{"t":5}"#, #"{"t":"2020-01-01T00:00:00Z"}"#, #"{"t":null}"#, #"{"t":1700000000000}"#,
            #"{"t":5}"#, #"{"t":1700000000}"#,
        ].joined(separator: "\n")
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(decoder.unit == .ms)
        #expect(batch.deadLetters.map(\.reason) == [.badTime, .noTime])
        #expect(batch.lines == [1, 3, 4, 5])
        #expect(batch.times[1...] == [1_700_000_000_000_000_000, 5_000_000, 1_700_000_000_000_000])
        let next = decoder.decode(chunk(#"{"t":7}"#.utf8, firstOffset: 6), latest: .end)
        #expect(next.times == [7_000_000])
    }

    @Test func aGivenUnitStays() {
        let format = TimeFormat(unit: .us)
        let time = readTime("1700000000000", format, after: ["1700000000", "1700000000000"])
        #expect(time == .time(1_700_000_000_000_000))
    }

    /// A value from the future shows the unit as well as any other.
    @Test func aRefusedValueSettlesIt() {
        let time = TimeField.field(FieldPath("t"), TimeFormat())
        var decoder = RecordDecoder(fields: [], time: time)
        let batch = decoder.decode(chunk(#"{"t":4000000000}"#.utf8), latest: .epoch)
        #expect(batch.deadLetters.map(\.reason) == [.futureSkew])
        #expect(decoder.unit == .s)
    }
}
