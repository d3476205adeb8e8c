import Events
import Testing

@testable import Decoding

/// How a path finds its value.
@Suite struct PathTests {
    private func value(_ record: String, _ path: FieldPath.Step...) -> String {
        let use = FieldUse(path: FieldPath(steps: path), asNumber: true, asCode: true)
        let batch = decode(record, [use])
        guard batch.rowCount == 1 else { return "dead" }
        let column = batch.columns[0]
        switch column.kinds[0] {
        case .missing: return "missing"
        case .null: return "null"
        case .compound: return "compound"
        case .bool, .number, .string: return column.scalars[0].description
        }
    }

    @Test func nested() {
        let record = #"""
            {"stages":{"created":1,"broker":{"in":2}},"n":3,"items":[{"sku":"a"},{"sku":"b"},[7]]}
            """#
        #expect(value(record, "stages", "created") == "1")
        #expect(value(record, "stages", "broker", "in") == "2")
        #expect(value(record, "stages", "broker") == "compound")
        #expect(value(record, "stages") == "compound")
        #expect(value(record, "items", 0, "sku") == "a")
        #expect(value(record, "items", 1, "sku") == "b")
        #expect(value(record, "items", 2, 0) == "7")
        #expect(value(record, "items", 3) == "missing")
        #expect(value(record, "items", "sku") == "missing")
        #expect(value(record, "stages", 0) == "missing")
        #expect(value(record, "stages", "stored") == "missing")
        #expect(value(record, "n", "x") == "missing")
        #expect(value(record, "gone", "x", 1) == "missing")
        // A name is looked for where the path says, not deeper.
        #expect(value(record, "sku") == "missing")
        #expect(value(record, "created") == "missing")
    }

    @Test func names() {
        #expect(value(#"{"a.b":1,"a":{"b":2}}"#, "a.b") == "1")
        #expect(value(#"{"a.b":1,"a":{"b":2}}"#, "a", "b") == "2")
        #expect(value(#"{"":5}"#, "") == "5")
        #expect(value(#"{"12345678":1,"123456789":2,"1234567":3}"#, "12345678") == "1")
        #expect(value(#"{"12345678":1,"123456789":2,"1234567":3}"#, "123456789") == "2")
        #expect(value(#"{"12345678":1,"123456789":2,"1234567":3}"#, "1234567") == "3")
        #expect(value(#"{"12345678a":1,"12345678b":2}"#, "12345678b") == "2")
        #expect(value(#"{"größe":1}"#, "größe") == "1")
        #expect(value("{ \"a\" \t:\r 1 }", "a") == "1")
        #expect(value("{\"a:\" : 1, \"a\":2}", "a:") == "1")
    }

    @Test func escapes() {
        #expect(value(#"{"t\u0073":1}"#, "ts") == "1")
        #expect(value(#"{"a\"b":1}"#, "a\"b") == "1")
        #expect(value(#"{"a\\":1}"#, "a\\") == "1")
        #expect(value(#"{"a\\":1}"#, "a") == "missing")
        #expect(value(#"{"x":{"\ud83d\ude00":1}}"#, "x", "😀") == "1")
        #expect(value(#"{"a":"tab\tquote\"\u00e9\\"}"#, "a") == "tab\tquote\"é\\")
        #expect(value(#"{"x":"\n","a":"plain"}"#, "a") == "plain")
        #expect(value(#"{"x":"\n","a":{"b":"\u0041"}}"#, "a", "b") == "A")
    }

    @Test func ofEqualKeysTheLastCounts() {
        #expect(value(#"{"a":1,"a":2}"#, "a") == "2")
        #expect(value(#"{"a":"x","a":null}"#, "a") == "null")
        #expect(value(#"{"a":1,"\u0061":2}"#, "a") == "2")
        #expect(value(#"{"a":{"b":1},"a":{}}"#, "a", "b") == "missing")
        #expect(value(#"{"a":{"b":1},"a":3}"#, "a", "b") == "missing")
        #expect(value(#"{"a":3,"a":{"b":1}}"#, "a", "b") == "1")
        #expect(value(#"{"a":[{"b":1}],"a":[]}"#, "a", 0, "b") == "missing")
        #expect(value(#"{"a":1,"a":1e999}"#, "a") == "missing")
    }

    @Test func fieldsMaySharePaths() {
        let uses = [
            field("a", code: false), field("a", number: false), field("a", "b"), field("t"),
        ]
        let time = TimeField.field(FieldPath("t"), TimeFormat(unit: .s))
        var decoder = RecordDecoder(fields: uses, time: time)
        let text = #"{"a":"x","t":1}"# + "\n" + #"{"a":{"b":5},"t":2}"#
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(batch.columns[0].kinds == [.string, .compound])
        #expect(batch.columns[1].scalars == [.string("x"), .null])
        #expect(batch.columns[2].scalars == [.null, .number(5)])
        #expect(batch.columns[3].numbers == [1, 2])
        #expect(batch.times == [1_000_000_000, 2_000_000_000])
    }

    @Test func escapedTextsDoNotOverlap() {
        let lines = (0..<200).map { #"{"k\n\#($0)":"\u0061\t\#($0)","b":"x\\\#($0)"}"# }
        let uses = [field("b"), field("k\n7")]
        let batch = decode(lines.joined(separator: "\n"), uses)
        #expect(batch.columns[0].scalars == (0..<200).map { .string("x\\\($0)") })
        #expect(batch.columns[1].scalars[7] == .string("a\t7"))
        #expect(batch.columns[1].kinds.count { $0 == .string } == 1)
    }
}
