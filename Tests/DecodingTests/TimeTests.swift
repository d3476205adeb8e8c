import Events
import Testing

@testable import Decoding

/// How event times are read.
@Suite struct TimeTests {
    private static let second: Int64 = 1_000_000_000

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-10-10T13:55:36-07:00", 971_211_336_000_000_000),
            ("2000-10-10t20:55:36z", 971_211_336_000_000_000),
            ("2000-10-10 20:55:36Z", 971_211_336_000_000_000),
            ("2000-10-10T20:55:36", 971_211_336_000_000_000),
            ("2000-10-10 20:55:36", 971_211_336_000_000_000),
            ("2000-10-10 20:55:36,5", 971_211_336_500_000_000),
            ("2000-10-10T20:55:36.123Z", 971_211_336_123_000_000),
            ("2000-10-10T20:55:36.123456789Z", 971_211_336_123_456_789),
            ("2000-10-10T20:55:36.1234567899999Z", 971_211_336_123_456_789),
            ("2000-10-10T22:25:36+01:30", 971_211_336_000_000_000),
            ("2000-10-10T22:25:36+0130", 971_211_336_000_000_000),
            ("2000-10-10T20:55:36-00:00", 971_211_336_000_000_000),
            ("10/Oct/2000:13:55:36 -0700", 971_211_336_000_000_000),
            ("10/Oct/2000:20:55:36 +0000", 971_211_336_000_000_000),
            ("1969-12-31T23:59:59.5Z", -500_000_000), ("1969-12-31T23:59:59Z", -1_000_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
            ("2016-12-31T23:59:60.25Z", 1_483_228_800_250_000_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
            ("1677-09-21T00:12:43.145224192Z", .min), ("2262-04-11T23:47:16.854775807Z", .max),
        ] as [(String, Int64)])
    func date(_ text: String, _ time: Int64) {
        #expect(readTime("\"\(text)\"") == .time(time), "\(text)")
        // Dates need no unit, and settle none.
        #expect(readTime("\"\(text)\"", TimeFormat(unit: .ms)) == .time(time), "\(text)")
    }

    @Test(arguments: [
        "", " ", "x", "2000-", "2000-10-10", "2000-10-10T20:55", "2000-10-10T20:55:36.",
        "2000-10-10T20:55:36.Z", "2000-10-10T20:55:36 Z", "2000-10-10T20:55:36Zx",
        "2000-10-10T20:55:36+", "2000-10-10T20:55:36+1", "2000-10-10T20:55:36+01:3",
        "2000-10-10T20:55:36+24:00", "2000-10-10T20:55:36+01:60", "2000-10-10T24:00:00Z",
        "2000-10-10T20:60:36Z", "2000-10-10T20:55:61Z", "2000-13-10T20:55:36Z",
        "2000-00-10T20:55:36Z", "2000-10-00T20:55:36Z", "2000-10-32T20:55:36Z",
        "2001-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-30T00:00:00Z",
        "2000-04-31T00:00:00Z", "00-10-10T20:55:36Z", "2000-10-10X20:55:36Z",
        "2000-10-1020:55:36Z", "2000-1-1T20:55:36Z", "20001010T205536Z", "-2000-10-10T20:55:36Z",
        "10/Oct/2000:13:55:36", "10/oct/2000:13:55:36 -0700", "32/Oct/2000:13:55:36 -0700",
        "10/Foo/2000:13:55:36 -0700", "10/Oct/2000:13:55:36 -0700 ", "10/Oct", "1/Oct/2000",
        "2000-10-10T20:55:3\u{665}Z", "1.7e", "--5", "+5", "1.", ".5", "1e", "0x5", "5 ", " 5",
        "nan",
    ])
    func badDate(_ text: String) {
        #expect(readTime("\"\(text)\"", TimeFormat(unit: .s)) == .refused(.badTime), "\(text)")
    }

    @Test(
        arguments: [
            "January", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ].enumerated().map { ($0.offset + 1, String($0.element.prefix(3))) })
    func months(_ number: Int, _ name: String) {
        let days = CivilTime.days(year: 2023, month: number, day: 2)
        let expected = TimeReading.time(Int64(days) * 86_400 * Self.second)
        #expect(readTime("\"02/\(name)/2023:00:00:00 +0000\"") == expected)
    }

    @Test(arguments: [
        "1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z", "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "2262-04-12T00:00:00", "0001-01-01T00:00:00+23:59",
    ])
    func dateOutOfRange(_ text: String) {
        #expect(readTime("\"\(text)\"") == .refused(.timeRange))
    }

    /// Only times that don't say their offset take the format's.
    @Test func offset() {
        let format = TimeFormat(offset: Nanoseconds.seconds(3600))
        #expect(readTime("\"1970-01-01T01:00:00\"", format) == .time(0))
        #expect(readTime("\"1970-01-01 00:00:00,001\"", format) == .time(-3_599_999_000_000))
        #expect(readTime("\"1970-01-01T01:00:00Z\"", format) == .time(3600 * Self.second))
        #expect(readTime("\"01/Jan/1970:01:00:00 +0000\"", format) == .time(3600 * Self.second))
        #expect(readTime("1700000000", format) == .time(1_700_000_000 * Self.second))
        let west = TimeFormat(offset: Nanoseconds.seconds(-3600))
        #expect(readTime("\"2262-04-11T23:00:00\"", west) == .refused(.timeRange))
    }

    @Test(
        arguments: [
            ("1700000000", .s, 1_700_000_000_000_000_000),
            ("1700000000", .ms, 1_700_000_000_000_000),
            ("1700000000", .us, 1_700_000_000_000), ("1700000000", .ns, 1_700_000_000),
            ("1700000000.123", .s, 1_700_000_000_123_000_000), ("-1.5", .s, -1_500_000_000),
            ("1700000000.1234567894", .s, 1_700_000_000_123_456_789),
            ("1700000000.1234567896", .s, 1_700_000_000_123_456_790),
            ("1700000000.12345678949999999999", .s, 1_700_000_000_123_456_789),
            ("0.00000000000000000000017e31", .s, 1_700_000_000_000_000_000),
            ("1.7e9", .s, 1_700_000_000_000_000_000), ("1.7E+9", .s, 1_700_000_000_000_000_000),
            ("17000000000e-1", .s, 1_700_000_000_000_000_000), ("0", .s, 0), ("-0", .s, 0),
            ("0.0", .ms, 0), ("0e999999999999", .s, 0), ("0.5", .ns, 1), ("-0.5", .ns, -1),
            ("0.4", .ns, 0),
            ("1e-30", .s, 0), ("1e-99999999999", .s, 0), ("9223372036.854775807", .s, .max),
            ("9223372036854775807", .ns, .max), ("-9223372036854775808", .ns, .min),
            ("-9223372036.854775808", .s, .min), ("9223372036854775806.5", .ns, .max),
            ("1700000000123.4567", .ms, 1_700_000_000_123_456_700),
        ] as [(String, TimeFormat.Unit, Int64)])
    func epoch(_ number: String, _ unit: TimeFormat.Unit, _ time: Int64) {
        #expect(readTime(number, TimeFormat(unit: unit)) == .time(time))
        #expect(readTime("\"\(number)\"", TimeFormat(unit: unit)) == .time(time))
    }

    @Test(
        arguments: [
            ("9223372037", .s), ("9223372036.854775808", .s), ("-9223372036.854775809", .s),
            ("9223372036855", .ms), ("9223372036854776", .us), ("9223372036854775808", .ns),
            ("-9223372036854775809", .ns), ("9223372036854775807.5", .ns), ("1e300", .ns),
            ("1e400", .ns), ("123456789012345678901234567890", .ns),
        ] as [(String, TimeFormat.Unit)])
    func epochOutOfRange(_ number: String, _ unit: TimeFormat.Unit) {
        #expect(readTime(number, TimeFormat(unit: unit)) == .refused(.timeRange))
        #expect(readTime("\"\(number)\"", TimeFormat(unit: unit)) == .refused(.timeRange))
    }

    @Test func otherKinds() {
        #expect(readTime("null") == .refused(.noTime))
        #expect(readTime("true") == .refused(.badTime))
        #expect(readTime("{}") == .refused(.badTime))
        #expect(readTime("[1700000000]") == .refused(.badTime))
        #expect(readTime("1,\"t\":null") == .refused(.noTime))
        #expect(readTime("1e400") == .refused(.badTime))
        #expect(readTime(#""2000-10-10\u005420:55:36Z""#) == .time(971_211_336_000_000_000))
        var decoder = RecordDecoder(
            fields: [], time: .field(FieldPath("t"), TimeFormat()))
        let batch = decoder.decode(chunk("{}".utf8), latest: .end)
        #expect(batch.deadLetters.map(\.reason) == [.noTime])
        #expect(batch.deadLetters.map(\.position) == [nil])
    }

    @Test func badTimeSaysWhereItStands() {
        let time = TimeField.field(FieldPath("t"), TimeFormat())
        var decoder = RecordDecoder(fields: [], time: time)
        let text = "{\"a\":1,\"t\":12}\n{\"t\":\"soon\"}\n{\"t\":\"\\u0041\"}"
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(batch.deadLetters.map(\.reason) == [.badTime, .badTime, .badTime])
        #expect(batch.deadLetters.map(\.position) == [11, 6, nil])
    }
}
