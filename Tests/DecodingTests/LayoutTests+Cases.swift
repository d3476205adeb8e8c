import Events
import Testing

@testable import Decoding

/// Lines that nearly fit a layout that was learned from the line before. `.a` and `.b` are asked
/// for, and then `.b` alone, where the value of `.a` is stepped over.
extension LayoutTests {
    private static let good = #"{"a":1,"b":"x"}"#

    /// What becomes of the last line, after `good` has come twice; and it's the same alone.
    private func read(
        _ line: [UInt8], after good: String = LayoutTests.good, _ names: [String]
    ) -> String {
        let first = Array(good.utf8)
        let uses = names.map { field(.name($0)) }
        for i in 1...2 {
            let lines = Array(repeating: first, count: i) + [line, first]
            expectTheSame(lines, uses, .arrival, "\(names)")
        }
        let text = [first, first, line].joined(separator: [10])
        return outcomes(of: Array(text), as: .json, names).last ?? ""
    }

    @Test(
        arguments: [
            ("1", "1"), ("01", "malformed"), ("-01", "malformed"), ("1.", "malformed"),
            (".5", "malformed"), ("-", "malformed"), ("-.5", "malformed"), ("+1", "malformed"),
            ("1e5", "100000"), ("1E-2", "0.01"), ("1e", "malformed"), ("1e400", "·"),
            ("1.5.2", "malformed"), ("12345678", "12345678"), ("12345678x", "malformed"),
            ("0.10", "0.1"), ("-0", "0"), ("1 ", "1"), ("1\t", "1"), (" 1", "1"),
            ("1 2", "malformed"), ("9223372036854775807", "9.223372036854776e+18"),
            ("99999999999999999999", "1e+20"), ("", "malformed"), ("tru", "malformed"),
            ("true", "true"), ("nulll", "malformed"), ("null", "–"), ("{}", "–"), ("[1]", "–"),
            (#""1""#, "'1'"), ("1,", "malformed"), (#"1,"c":2"#, "1"), (#"1,"a":2"#, "2"),
            (#"2,"a":{}"#, "–"), ("1}", "malformed"), ("NaN", "malformed"),
        ] as [(String, String)])
    func numbers(value: String, expected: String) {
        let line = Array("{\"a\":\(value),\"b\":\"x\"}".utf8)
        let isBad = expected == "malformed"
        let found = read(line, ["a", "b"])
        #expect(isBad ? found.hasPrefix(expected) : found == "\(expected) 'x'")
        let rest = read(line, ["b"])
        #expect(isBad ? rest.hasPrefix(expected) : rest == "'x'")
    }

    @Test(
        arguments: [
            ("true", "true"), ("false", "false"), ("null", "–"), ("tru", "malformed"),
            ("truee", "malformed"), ("fals", "malformed"), ("falsey", "malformed"),
            ("nul", "malformed"), ("nulll", "malformed"), ("True", "malformed"), ("1", "1"),
            (#""true""#, "'true'"), ("true ", "true"), ("true false", "malformed"),
        ] as [(String, String)])
    func atoms(value: String, expected: String) {
        let good = #"{"a":true,"b":"x"}"#
        let line = Array("{\"a\":\(value),\"b\":\"x\"}".utf8)
        let isBad = expected == "malformed"
        for (names, whole) in [(["a", "b"], "\(expected) 'x'"), (["b"], "'x'")] {
            let found = read(line, after: good, names)
            #expect(isBad ? found.hasPrefix(expected) : found == whole)
        }
    }

    /// What stands between the quotes, and what becomes of the record.
    @Test(
        arguments: [
            (Array("y".utf8), "'y'"), ([], "''"), ([0x09], "malformed"), ([0x00], "malformed"),
            ([0x1F], "malformed"), ([0x7F], "'\u{7F}'"), ([0x80], "not_utf8"),
            ([0xFF], "not_utf8"), ([0xC3], "not_utf8"), ([0xED, 0xA0, 0x80], "not_utf8"),
            (Array("é".utf8), "'é'"), (Array("日😀".utf8), "'日😀'"),
            (Array(#"\n"#.utf8), "'\n'"), (Array(#"\x"#.utf8), "malformed"),
            (Array(#"\"#.utf8), "malformed"), (Array(#"\u0041"#.utf8), "'A'"),
            ([0x22], "malformed"), ([0x0D], "malformed"),
        ] as [([UInt8], String)])
    func texts(value: [UInt8], expected: String) {
        for padding in 0...17 {
            let text = Array(repeating: UInt8(ascii: "p"), count: padding) + value
            let line = Array(#"{"a":1,"b":""#.utf8) + text + Array("\"}".utf8)
            let pad = "'" + String(repeating: "p", count: padding)
            let whole = expected.hasPrefix("'") ? pad + expected.dropFirst() : expected
            #expect(read(line, ["b"]).hasPrefix(whole))
            let isGood = expected.hasPrefix("'")
            #expect(read(line, ["a"]).hasPrefix(isGood ? "1" : expected))
        }
    }

    @Test(
        arguments: [
            (#"{"a":1,"b":"x"}x"#, "malformed"), (#"{"a":1,"b":"x"} "#, "1 'x'"),
            (#"{"a":1,"b":"x"}}"#, "malformed"), (#"{"a":1,"b":"x",}"#, "malformed"),
            (#"{"a":1,"b":"x"},"#, "malformed"), ("{\"a\":1,\"b\":\"x\"}\r", "1 'x'"),
            ("{\"a\":1,\"b\":\"x\"}\r\r", "1 'x'"), ("{\"a\":1,\"b\":\"x\"}\0", "malformed"),
            (#"{"a":1,"b":"x""#, "malformed"), (#"{"a":1,"b":"x}"#, "malformed"),
            (#"{"a":1,"b":"#, "malformed"), (#"{"a":1,"b":"x"}{"a":1,"b":"x"}"#, "malformed"),
            (#"{"a":1 ,"b":"x"}"#, "1 'x'"), (#" {"a":1,"b":"x"}"#, "1 'x'"),
            (#"{"b":"x","a":1}"#, "1 'x'"), (#"{"a":1,"b":"x","b":"y"}"#, "1 'y'"),
            (#"{"a":1,"B":"x"}"#, "1 ·"), (#"{"a":1}"#, "1 ·"), ("{}", "· ·"),
            (#"{"\u0061":2,"b":"x"}"#, "2 'x'"), (#"["a",1]"#, "malformed"), ("5", "malformed"),
        ] as [(String, String)])
    func lines(line: String, expected: String) {
        let found = read(Array(line.utf8), ["a", "b"])
        #expect(expected == "malformed" ? found.hasPrefix(expected) : found == expected)
    }

    /// A byte order mark is not the number that the next line has there.
    @Test func whatStandsBeforeARecord() {
        for mark in ["\u{FEFF}", " ", "\r"] {
            let line = Array(("5" + mark + Self.good).utf8)
            #expect(read(line, after: mark + Self.good, ["a", "b"]).hasPrefix("malformed"))
        }
    }

    @Test func theLongestRecord() {
        let limit = Chunk.recordLimit
        for (count, expected) in [(limit - 1, "'"), (limit, "'"), (limit + 1, "too_long")] {
            let frame = #"{"a":1,"b":""}"#.utf8.count
            let text = String(repeating: "x", count: count - frame)
            let line = Array("{\"a\":1,\"b\":\"\(text)\"}".utf8)
            #expect(read(line, ["b"]).hasPrefix(expected))
            #expect(read(line + [0x0D], ["b"]).hasPrefix(expected))
        }
    }

    /// Keys are the same if their bytes are: these two look alike, and Unicode calls them equal.
    @Test func keysAreBytes() {
        let (short, long) = ("caf\u{E9}", "cafe\u{301}")
        let records = [short, long, short, long].map { "{\"\($0)\":1}" }.joined(separator: "\n")
        for names in [[short], [long], [short, long], [long, short]] {
            let expected = [short, long, short, long].map { key in
                names.map { Array($0.utf8) == Array(key.utf8) ? "1" : "·" }.joined(separator: " ")
            }
            #expect(outcomes(of: records.utf8, as: .json, names) == expected)
        }
        let both = "{\"\(short)\":1,\"\(long)\":2}"
        let found = outcomes(of: "\(both)\n\(both)\n\(both)".utf8, as: .json, [long, short])
        #expect(found == ["2 1", "2 1", "2 1"])
    }

    /// What makes no layout: more text than its steps hold.
    @Test func whatIsTooLongForALayout() {
        let key = String(repeating: "k", count: 100_000)
        let empty = Array(repeating: "[]", count: 100_000).joined(separator: ",")
        for line in ["{\"\(key)\":1,\"a\":2}", "{\"x\":[\(empty)],\"a\":2}"] {
            #expect(outcomes(of: "\(line)\n\(line)".utf8, as: .json, ["a"]) == ["2", "2"])
            let parser = JSONRecordParser()
            _ = parser.parse(chunk("\(line)\n".utf8))
            #expect(!parser.hasLearned)
        }
    }
}
