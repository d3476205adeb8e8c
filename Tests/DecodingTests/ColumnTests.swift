import Events
import Testing

@testable import Decoding

/// Fields and the forms they come in.
@Suite struct ColumnTests {
    private let text = """
        {"a":1}
        {"a":1.0}
        {"a":"1"}
        {"a":true}
        {"a":false}
        {"a":null}
        {}
        {"a":{"a":1}}
        {"a":[1]}
        {"a":1e400}
        {"a":"1"}
        {"a":-0.0}
        {"a":0}
        {"a":true}
        {"a":""}
        """

    @Test func kindsAreAlwaysThere() {
        let column = decode(text, [field("a", number: false, code: false)]).columns[0]
        #expect(
            column.kinds == [
                .number, .number, .string, .bool, .bool, .null, .missing, .compound, .compound,
                .missing, .string, .number, .number, .bool, .string,
            ])
        #expect(column.numbers.isEmpty)
        #expect(column.codes.isEmpty)
        #expect(column.dictionary == [.null])
    }

    @Test func numbers() {
        let column = decode(text, [field("a", code: false)]).columns[0]
        let expected = [
            1, 1, .nan, .nan, .nan, .nan, .nan, .nan, .nan, .nan, .nan, 0, 0, .nan, Double.nan,
        ]
        #expect(
            column.numbers.map(\.description)
                == expected.map(\.description).enumerated().map {
                    // The record's own sign of zero is kept.
                    $0.offset == 11 ? "-0.0" : $0.element
                })
        #expect(column.codes.isEmpty)
    }

    @Test func codes() {
        let column = decode(text, [field("a", number: false)]).columns[0]
        #expect(
            column.dictionary == [
                .null, .number(1), .string("1"), .bool(true), .bool(false), .number(0), .string(""),
            ])
        #expect(column.codes == [1, 1, 2, 3, 4, 0, 0, 0, 0, 0, 2, 5, 5, 3, 6])
        #expect(column.numbers.isEmpty)
    }

    @Test(arguments: [
        ("9223372036854775807", 9_223_372_036_854_775_807), ("9223372036854775808", 0x1p63),
        ("18446744073709551615", 0x1p64), ("18446744073709551616", 0x1p64),
        ("-9223372036854775808", -0x1p63),
        ("123456789012345678901234567890", 1.2345678901234568e29),
        ("0.1", 0.1), ("1e-400", 0), ("1.7976931348623157e308", 1.7976931348623157e308),
        ("5E2", 500),
        ("-12.5", -12.5),
    ])
    func number(_ json: String, _ value: Double) {
        let column = decode("{\"a\":\(json)}", [field("a")]).columns[0]
        #expect(column.kinds == [.number])
        #expect(column.numbers == [value])
        #expect(column.scalars == [.number(value)])
    }

    /// Text of every length, so that each way to compare it is used.
    @Test func dictionaryOfTexts() {
        var texts = (0...40).map { String(repeating: "a", count: $0) }
        texts += (1...40).map { String(repeating: "a", count: $0 - 1) + "b" }
        texts += (1...40).map { "b" + String(repeating: "a", count: $0) }
        texts += (9...40).map {
            String(repeating: "a", count: 8) + "c" + String(repeating: "a", count: $0)
        }
        texts += ["\0", "\0\0", "é", "日本語", "😀"]
        texts = texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        let lines = (texts + texts.reversed()).map {
            "{\"a\":\"\($0.replacing("\0", with: "\\u0000"))\"}"
        }
        let column = decode(lines.joined(separator: "\n"), [field("a")]).columns[0]
        #expect(column.dictionary == [.null] + texts.map { .string($0) })
        #expect(column.scalars == (texts + texts.reversed()).map { .string($0) })
    }

    /// Codes stay from chunk to chunk while the dictionary has its number, and another one begins
    /// when there are too many values.
    @Test func dictionaryGrowsAndBeginsAnew() {
        var decoder = RecordDecoder(fields: [field("a"), field("b")], time: .arrival)
        var known: (number: UInt64, values: [Scalar]) = (0, [])
        var dictionaries = 0
        for round in 0..<9 {
            let numbers = (0..<3000).map { $0 * 10 + round } + [7]
            let lines = numbers.map { "{\"a\":\($0),\"b\":\"a long text with the number \($0)\"}" }
            let text = (lines + lines).joined(separator: "\n")
            let columns = decoder.decode(chunk(text.utf8), latest: .end).columns
            let values = numbers.map { Scalar.number(Double($0)) }
            #expect(columns[0].scalars == values + values)
            #expect(columns[1].codes == columns[0].codes)
            let (number, all) = (columns[0].dictionaryNumber, columns[0].dictionary)
            #expect(number > 0 && number != columns[1].dictionaryNumber)
            if number == known.number {
                #expect(all.starts(with: known.values))
            } else {
                dictionaries += 1
                #expect(all == [.null] + values)
            }
            known = (number, all)
        }
        #expect(dictionaries == 2)
    }

    /// So many texts of one length and beginning that they fall on the same places.
    @Test func textsThatBeginAlike() {
        let texts = (0..<5000).map { "the same" + String(10_000_000 + $0) }
        let lines = (texts + texts.reversed()).map { "{\"a\":\"\($0)\"}" }
        let column = decode(lines.joined(separator: "\n"), [field("a")]).columns[0]
        #expect(column.dictionary.count == 5001)
        #expect(column.scalars == (texts + texts.reversed()).map { .string($0) })
    }

    @Test func valuesThatLookAlikeAreNotTheSame() {
        let bits = Double(bitPattern: 0x61_61_61_61_61_61_61_61)
        let text =
            "{\"a\":\"aaaaaaaa\"}\n{\"a\":\(bits)}\n{\"a\":1}\n{\"a\":true}\n{\"a\":\"true\"}"
        #expect(decode(text, [field("a")]).columns[0].codes == [1, 2, 3, 4, 5])
    }

    @Test func rowsLineUpPastDeadLetters() {
        let text = "{\"a\":1,\"b\":\"x\"}\nbad\n{\"a\":9,\"b\":\"z\"\n{\"b\":\"y\"}\n{\"a\":3}"
        let batch = decode(text, [field("b"), field("a")])
        #expect(batch.columns[0].scalars == [.string("x"), .string("y"), .null])
        #expect(batch.columns[1].kinds == [.number, .missing, .number])
        #expect(batch.lines == [0, 3, 4])
    }
}
