import Events
import Testing

@testable import Connectors

/// Server-sent events, as the standard's own examples have them and however they are cut.
@Suite struct EventStreamParserTests {
    private func events(_ text: String, pieces: Int = 1) -> [String] {
        var parser = EventStreamParser()
        parser.begin()
        return feed(&parser, text, pieces: pieces)
    }

    private func feed(_ parser: inout EventStreamParser, _ text: String, pieces: Int) -> [String] {
        let bytes = Array(text.utf8)
        var found: [EventStreamParser.Event] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            let piece = Array(bytes[start..<min(bytes.count, start + pieces)])
            found += piece.withUnsafeBytes { parser.take($0) }
        }
        return found.map {
            let parts = [$0.kind, $0.id, $0.data].map { String(decoding: $0, as: UTF8.self) }
            return parts.joined(separator: "|")
        }
    }

    @Test(
        arguments: [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", ["||YHOO\n+2\n10"]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\n"
                    + "id\n\ndata:  third\n\n",
                ["|1|first event", "||second event", "|| third"]
            ),
            ("data\n\ndata\ndata\n\ndata:", ["||", "||\n"]),
            ("data:test\n\ndata: test\n\n", ["||test", "||test"]),
            ("event: add\r\ndata: 1\r\n\r\nevent: x\rdata: 2\r\r", ["add||1", "x||2"]),
            ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", ["||a"]),
            ("id: 7\n\ndata: x\n\n", ["|7|x"]), ("id: a\0b\ndata: x\n\n", ["||x"]),
            ("datum: x\nDATA: y\n\n", []), ("data: no end\n", []),
        ] as [(String, [String])])
    func standard(text: String, expected: [String]) {
        for pieces in [1, 2, 3, 1000] { #expect(events(text, pieces: pieces) == expected) }
    }

    @Test func whatIsToldForTheNextRequest() {
        var parser = EventStreamParser()
        parser.begin()
        _ = feed(&parser, "id: 5\nretry: 1500\ndata: x\n\nid: 6\nretry: soon\n", pieces: 4)
        // An event that wasn't whole doesn't count.
        #expect(parser.lastID == Array("5".utf8) && parser.retry == .milliseconds(1500))
        parser.begin()
        #expect(feed(&parser, "data: y\n\n", pieces: 100) == ["|5|y"])
    }

    /// However long it is, what is kept of it is bounded, and shows that it was too long.
    @Test func tooLong() {
        let half = String(repeating: "x", count: Chunk.recordLimit / 2 + 100)
        var parser = EventStreamParser()
        parser.begin()
        let bytes = Array("data:\(half)\ndata:\(half)\n\n".utf8)
        let found = bytes.withUnsafeBytes { parser.take($0) }
        #expect(found.map(\.data.count) == [Chunk.recordLimit + 1])
    }
}

/// Where the records of a document are.
@Suite struct JSONDocumentTests {
    @Test(
        arguments: [
            (
                #"[{"a":1}, {"b":"],["} ,3]"#, "application/json",
                [#"{"a":1}"#, #"{"b":"],["}"#, "3"]
            ),
            ("[]", "application/json", []), ("[ ]", "", []),
            (#"[[1,2],[3]]"#, "", ["[1,2]", "[3]"]),
            (#"["a\",b", "c"]"#, "", [#""a\",b""#, #""c""#]),
            ("{\n \"a\": [1]\n}\n", "application/json", ["{\n \"a\": [1]\n}"]),
            ("{\"a\":1}\n{\"a\":2}\n\n", "", [#"{"a":1}"#, #"{"a":2}"#]),
            ("[1]\n[2]\n", "application/x-ndjson", ["[1]", "[2]"]),
            ("a=1\nb=2\n", "text/plain", ["a=1", "b=2"]), ("", "", []),
            (#"[{"a":1},{"b"#, "", [#"{"a":1}"#, #"{"b"#]),
        ] as [(String, String, [String])])
    func records(text: String, kind: String, expected: [String]) {
        let bytes = Array(text.utf8)
        let found = JSONDocument(bytes, kind: kind).records.map { range in
            String(decoding: bytes[range], as: UTF8.self).trimmed
        }
        #expect(found == expected)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
