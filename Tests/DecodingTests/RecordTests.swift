import Events
import Testing

@testable import Decoding

/// What is a record, and what is a good one.
@Suite struct RecordTests {
    @Test(arguments: [
        "{}", " { } ", "{\"a\":1}\r", "\t{\"a\" : [ ] , \"b\":{ }}  ", "{\"a\":[[],{},[{}]]}",
        "{\"a\":\"\\u00e9\\n\\\\\\\"\\/\\b\"}", "{\"\":\"\"}", "{\"a\":-0.5e-10}", "{\"a\":0}",
        "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\u{7f}\u{85}\u{2028}\"}", "{\"a\":1e400}",
        "{\"a\":123456789012345678901234567890}", "{\"a\":1E+2}", "{\"a\":-0}",
        "{\"a\":1,\"a\":2}", "{\"\\u0061\\\"\":1}", "{\"a\":true,\"b\":false,\"c\":null}",
        "{\"a\":\"}\"}", "{\"a\":\"\\\\\"}",
    ])
    func good(_ text: String) {
        for use in [[], [field("a")], [field("a", "b"), field("a", 0)]] {
            let batch = decode(text, use)
            #expect(batch.rowCount == 1, "\(text)")
            #expect(batch.deadLetters.isEmpty, "\(text)")
        }
    }

    @Test(arguments: [
        "x", "null", "1", "\"a\"", "[]", "[{}]", "{", "}", "{}}", "{}{}", "{} x", "{},", "{]", "[}",
        "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\":1 2}",
        "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\":\"b\":1}",
        "{\"a\":\"b\"\"c\"}", "{\"a\":\"b\"c}", "{\"a\":1\"b\"}", "{\"a\"::1}", "{\"a\":,}",
        "{\"a\":tru}", "{\"a\":truee}", "{\"a\":True}", "{\"a\":nul}", "{\"a\":nulll}",
        "{\"a\":fals}", "{\"a\":falsey}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":-}",
        "{\"a\":+1}", "{\"a\":01}", "{\"a\":-01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}",
        "{\"a\":1e+}", "{\"a\":1.5.5}", "{\"a\":0x10}", "{\"a\":1a}", "{\"a\":1-}", "{\"a\":--1}",
        "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":[1}]", "{\"a\":{1}}",
        "{\"a\":[}", "{\"a\":[\"b\":1]}", "{\"a\":{\"b\"}", "{\"a\":{\"b\":1}", "{\"a\":{\"b\":1]}",
        "{\"a\":\"", "{\"a\":\"\\\"}", "{\"a\":\"\\q\"}", "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"\\q\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"b\tc\"}", "{\"a\":\"\u{1f}\"}", "{\"a\":\"\0\"}",
        "{\"a\":1\0}", "\0", "{}\0", "{\"a\":1}\u{c}", "{\"a\":1,\u{b}\"b\":2}",
        "\u{feff}\u{feff}{}",
        "{\"a\":12345678901234567890123.}", "{\"a\":1e400x}", "// {}", "{/**/}", "{}//",
        "{\"a\":1},", "{\"a\":{}}}", "{\"a\":1}]", "{\"a\": \"b\" : 1 }",
        "{\"a\":\"b\":{}}", "{\"a\":\"b\":[],\"c\":1}", "{\"a\":[\"b\":{}]}",
        "{\"a\":\"\\ud800\\ue000\"}",
        "{\"x\":{\"a\":\"b\":1},\"c\":2}}", "{\"a\":1:{}}", "{\"a\":{}:{}}", "{\"a\":null:{}}",
        "{\"a\":\"b\":{\"c\":1}}",
    ])
    func malformed(_ text: String) {
        for use in [[], [field("a")], [field("a", "b"), field("a", 0)]] {
            let batch = decode(text, use)
            #expect(batch.rowCount == 0, "\(text)")
            #expect(batch.deadLetters.map(\.reason) == [.malformed], "\(text)")
        }
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0x80],
            [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]])
    func notUTF8(_ bytes: [UInt8]) {
        let inside = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
        #expect(decode(inside).deadLetters.map(\.reason) == [.notUTF8])
        #expect(decode(inside, [field("a")]).deadLetters.map(\.reason) == [.notUTF8])
    }

    /// A record that stops short must not go on in the line after it.
    @Test(arguments: [
        "{\"a\":1", "{\"a\":\"x", "{\"a\":", "{\"a\"", "{", "{\"a\":[1", "{\"a\":{\"c\":1}",
        "{\"a\":tr",
        "{\"a\":\"x\\", "{\"a\":-", "{\"a", "{\"a\":1e",
    ])
    func truncated(_ start: String) {
        for rest in [",\"b\":2}", "}", "\"}", "]}", "ue}", "0}", ":1}", "\":1}"] {
            for end in ["\n", "\r\n"] {
                let batch = decode(start + end + rest + end + "{\"b\":3}", [field("b")])
                #expect(batch.columns[0].numbers == [3], "\(start) \(rest)")
                #expect(batch.lines == [2])
                #expect(batch.deadLetters.map(\.reason) == [.malformed, .malformed])
            }
        }
    }

    @Test func linesAreNumberedWithBlankOnes() {
        let text = "\n{\"a\":1}\n \t \r\nbad\n\n\r\n{\"a\":2}\r\n\n"
        let batch = decode(text, [field("a")], firstOffset: 100)
        #expect(batch.lines == [1, 6])
        #expect(batch.columns[0].numbers == [1, 2])
        #expect(batch.deadLetters.map(\.offset) == [103])
        #expect(batch.deadLetters[0].bytes == Array("bad".utf8))
        #expect(batch.recordCount == 3)
    }

    @Test func aBatchSaysWhereItIsFrom() {
        let source = chunk("{}\nbad".utf8, firstOffset: 7, receivedAt: 99)
        var decoder = RecordDecoder(fields: [], time: .arrival)
        let batch = decoder.decode(source, latest: .end)
        #expect(batch.stream == 3)
        #expect(batch.origin == source.origin)
        #expect(batch.firstOffset == 7)
        #expect(batch.receivedAt == Timestamp(rawValue: 99))
        #expect(batch.byteCount == 7)
        #expect(batch.deadLetters[0].origin == source.origin)
        #expect(batch.deadLetters[0].offset == 8)
    }

    @Test func emptyChunk() {
        let batch = decode("", [field("a")])
        #expect(batch.recordCount == 0)
        #expect(batch.columns.count == 1)
        #expect(batch.columns[0].codes.isEmpty)
        #expect(batch.columns[0].dictionary == [.null])
    }

    @Test func aByteOrderMarkIsSkippedWhereAFileBegins() {
        #expect(decode("\u{feff}{\"a\":1}", [field("a")]).columns[0].numbers == [1])
        #expect(decode("\u{feff}\n{\"a\":1}", [field("a")]).lines == [1])
        let later = decode("\u{feff}{\"a\":1}", [field("a")], firstOffset: 1)
        #expect(later.deadLetters.map(\.reason) == [.malformed])
        #expect(decode("{}\n\u{feff}{}").deadLetters.count == 1)
    }

    @Test(
        arguments: [
            ("{\"a\":tru}", 5), ("{\"a\":1 2}", 7), ("{\"a\":1}  x", nil), ("[1]", 0), ("{1:2}", 1),
            ("{\"a\":{\"b\":x}}", 10), ("{\"a\":1", nil), ("{} {}", 3), ("{\"a\":\"\u{1}\"}", nil),
        ] as [(String, Int?)])
    func position(_ text: String, _ place: Int?) {
        #expect(decode(text).deadLetters.map(\.position) == [place])
    }

    @Test func deadLettersKeepTheFirstBytes() {
        let long = "{\"a\":\"" + String(repeating: "x", count: 5000)
        let letter = decode(long).deadLetters[0]
        #expect(letter.bytes == Array(long.utf8.prefix(4096)))
    }
}
