import Testing

@testable import Configuration

private func views(_ rest: String) -> String {
    "version: 1\nstreams: { s: { from: stdin } }\nviews:\n\(rest)"
}

/// What YAML refuses or misreads.
@Suite struct DocumentTests {
    @Test(arguments: [
        WrongFile("version: 1\nstreams:\n\ts: 1", "3:1: a tab in the indentation"),
        WrongFile("version: 1\nversion: 1\n" + minimal, "2:1: `version` stands here a second time"),
        WrongFile(
            views("  v: count()\n  w: count()\n  v: count()\n  \"v\": count()\n  w: count()"),
            "6:3: `v` stands here a second time; a key occurs once", "7:3: `v`", "8:3: `w`"),
        WrongFile(
            "version: 1\nstreams: { s: { from: x, from: y } }\nviews: { v: count(), v: cuont() }",
            "2:26: `from` stands", "3:22: `v` stands"),
        WrongFile(
            "version: 1\nversion: 2\nstreams: { s: { from: '-' } }\nviews: { v: count() }",
            "2:1: `version` stands", "3:23: in a dashboard"),
        WrongFile("version: 1\n---\nversion: 1", "2:1: a second document begins here"),
        WrongFile("version: *v", "1:10: an alias (`*name`) without an anchor"),
        WrongFile("version: 1\ntitle: \"open\nstreams: 1", "2:8: a quote that is never closed"),
        WrongFile("version: 1\nstreams: { s: 1\nviews: 2", "3:6: expected `,` or the bracket"),
        WrongFile("version: 1\n? [a, b]\n: c", "2:3: a key that is a list or a mapping"),
        WrongFile("version: 1\ntitle: a\u{7}b", "2:9: the character U+7 can't stand in a YAML"),
        WrongFile("version: 1\n  title: x", "2:3: "),
        WrongFile("%YAML 9", "1:8: not YAML"),
        WrongFile(
            "version: 1\ntitle: a: b\n" + minimal,
            "2:8: `a: b` can't be read: YAML takes the `: ` inside the value for the end of "
                + "another key; quotes keep it as it is:\ntitle: \"a: b\""),
        WrongFile(
            views("  odd: count() where tag == \"a: b\" over 1s"),
            "4:8: `count() where tag == \"a: b\" over 1s` can't be read: YAML takes the `: ` "
                + "inside the value for the end of another key; a `|` block keeps a query as it "
                + "is:\n  odd: |\n    count() where tag == \"a: b\" over 1s"),
        WrongFile(
            views("  tick: `a b`"),
            "4:9: ``a b`` can't be read: a value can't begin with ```; a `|` block keeps"),
        WrongFile(
            views("  q: \"a\" == b"),
            "4:6: `\"a\" == b` can't be read: a value that begins with a quote ends at the next"),
        WrongFile(
            views("  hash: count() where tag == \"a #1\" over 1s\n  good: count() over 1s"),
            "4:33: YAML takes ` #` and what follows for a comment, so the query ends inside a "
                + "string: `count() where tag == \"a`; a `|` block keeps a query as it is:\n"
                + "  hash: |\n    count() where tag == \"a #1\" over 1s"),
        WrongFile(
            views("  v:\n    count() where x == \"a: b\""),
            "5:5: view `v` takes a query, found a mapping"),
    ])
    func wrong(file: WrongFile) { check(file) }

    @Test func aCommentAfterAQueryIsFine() {
        #expect(problems(of: views("  v: count() where a == \"b\" over 1s # it's fine")).isEmpty)
    }

    @Test func aBlockKeepsEverything() throws {
        let query = "count() where tag == \"a #1: b\" over 1s"
        let text = views("  v: |\n    \(query)\n")
        #expect(try Dashboard(reading: text, file: "f").views[0].text == query)
    }

    @Test func columnsCountCharacters() {
        let flag = "\u{1F1E9}\u{1F1EA}e\u{301}"
        check(WrongFile(views("  v: { \"\(flag)\": 1, a: 2 }"), "4:6: view `v` takes a query"))
        check(
            WrongFile(
                "version: 1\nstreams: { s: { time: \"`\(flag)`\", from: '-' } }\n"
                    + "views: { v: count() }", "2:37: in a dashboard"))
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{2028}"])
    func lineBreaks(lineBreak: String) {
        let lines = [
            "version: 1", "streams: { s: { from: stdin } }", "views: { v: count() }", "x: 1",
        ]
        #expect(problems(of: lines.joined(separator: lineBreak)).map(\.line) == [4])
    }

    @Test func aByteOrderMarkIsSkipped() {
        #expect(problems(of: "\u{FEFF}version: 1\n" + minimal).isEmpty)
    }

    @Test func aliasesAreBounded() {
        var text = "version: 1\ntitle: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for i in 1..<12 {
            let items = Array(repeating: "*a\(i - 1)", count: 9).joined(separator: ", ")
            text += "k\(i): &a\(i) [\(items)]\n"
        }
        #expect(problems(of: text).first?.message.hasPrefix("more than 100000 values") == true)
        let keys = [
            "? *a11\n: 1", "*a11 : 1", "{ ? *a11 : 1 }", "x: { *a11 : 1 }", "x: { [*a11]: 1 }",
            "x: { a \" , *a11 : 1, c \" }", "x: [ \"\\\"\", { *a11 : 1 } ]",
        ]
        for key in keys {
            let message = problems(of: text + key).first?.message
            #expect(message?.hasPrefix("a key that is a list or a mapping") == true, "\(key)")
        }
    }

    @Test func depthAndLengthAreBounded() {
        let nested = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(problems(of: "title: \(nested)")[0].message.hasPrefix("more than 32 levels"))
        let deep = String(repeating: "[", count: 100_000)
        #expect(problems(of: deep).count == 1)
        let long = "# " + String(repeating: "x", count: 1 << 20)
        #expect(problems(of: long)[0].message.hasSuffix("a dashboard has at most 1 MiB"))
    }

    @Test(arguments: [
        ("plain", "a b c"), ("'it''s  ok'", "it's  ok"), ("\"a\\tb\\u00e9\\\"c\"", "a\tbé\"c"),
        ("\"a\\\n   b\"", "ab"), ("|\n  a\n   b\n", "a\n b\n"), (">\n  a\n  b\n", "a b\n"),
    ])
    func eachCharacterHasItsPlace(written: String, value: String) throws {
        let source = SourceText("key: " + written)
        var reader = DocumentReader(source)
        guard case .mapping(let entries, _)? = try reader.read()?.content,
            case .scalar(let text, let style) = entries[0].value.content
        else {
            Issue.record("not a mapping")
            return
        }
        let offsets = ScalarText.offsets(
            of: text, style: style, from: entries[0].value.offset, in: source)
        #expect(offsets == offsets.sorted())
        for (scalar, offset) in zip(text.unicodeScalars, offsets) where !scalar.isBlank {
            let isEscape = source[offset] == "\\"
            #expect(isEscape || source[offset] == scalar, "\(scalar) at \(offset)")
        }
        #expect(style == .plain || text == value)
    }
}
