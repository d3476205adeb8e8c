import Events
import Testing

@testable import Decoding

/// Web servers' logs.
@Suite struct AccessLogTests {
    private func read(_ text: String, _ names: String...) -> [String] {
        outcomes(of: text.utf8, as: .access, names)
    }

    /// Lines as Apache and nginx write them.
    private static let realLines: [(String, String)] = [
        (
            #"""
            127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326
            """#,
            """
            '127.0.0.1' – 'frank' '10/Oct/2000:13:55:36 -0700' 'GET' '/apache_pb.gif' – \
            'HTTP/1.0' 200 2326 · · · ·
            """
        ),
        (
            #"""
            127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 \#
            "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"
            """#,
            """
            '127.0.0.1' – 'frank' '10/Oct/2000:13:55:36 -0700' 'GET' '/apache_pb.gif' – \
            'HTTP/1.0' 200 2326 'http://www.example.com/start.html' \
            'Mozilla/4.08 [en] (Win98; I ;Nav)' · ·
            """
        ),
        (
            #"""
            203.0.113.7 - - [25/Nov/2026:14:03:27 +0000] "GET /items?page=2&q=a HTTP/1.1" 200 612 \#
            "https://example.com/" "Mozilla/5.0 (X11; Linux x86_64)" 0.043
            """#,
            """
            '203.0.113.7' – – '25/Nov/2026:14:03:27 +0000' 'GET' '/items' 'page=2&q=a' \
            'HTTP/1.1' 200 612 'https://example.com/' \
            'Mozilla/5.0 (X11; Linux x86_64)' '0.043' 0.043
            """
        ),
        (
            #"""
            2001:db8::1 - - [25/Nov/2026:14:03:27 +0000] "HEAD / HTTP/2.0" 304 0 "-" \#
            "curl/7.88.1" "198.51.100.4"
            """#,
            """
            '2001:db8::1' – – '25/Nov/2026:14:03:27 +0000' 'HEAD' '/' – 'HTTP/2.0' 304 0 – \
            'curl/7.88.1' '198.51.100.4' ·
            """
        ),
        (
            #"""
            203.0.113.9 - - [25/Nov/2026:14:03:27 +0000] "\x16\x03\x01\x00\xEE" 400 157 "-" "-"
            """#,
            "'203.0.113.9' – – '25/Nov/2026:14:03:27 +0000' – – – – 400 157 – – · ·"
        ),
        (
            #"""
            ::1 - - [25/Nov/2026:14:03:27 +0000] "OPTIONS * HTTP/1.0" 200 126 "-" \#
            "Apache/2.4.62 (Debian) (internal dummy connection)"
            """#,
            """
            '::1' – – '25/Nov/2026:14:03:27 +0000' 'OPTIONS' '*' – 'HTTP/1.0' 200 126 – \
            'Apache/2.4.62 (Debian) (internal dummy connection)' · ·
            """
        ),
        (
            #"203.0.113.7 - - [25/Nov/2026:14:03:27 +0000] "-" 408 - "-" "-""#,
            "'203.0.113.7' – – '25/Nov/2026:14:03:27 +0000' – – – – 408 – – – · ·"
        ),
    ]

    @Test(arguments: realLines)
    func realLine(line: String, expected: String) {
        let values = read(
            line, "remote", "ident", "user", "time", "method", "path", "query", "protocol",
            "status", "bytes", "referer", "user_agent", "extra", "request_time")
        #expect(values == [expected])
        #expect(read(line + "\r\n", "status") == read(line, "status"))
    }

    @Test(
        arguments: [
            ("GET / HTTP/1.1", "'GET / HTTP/1.1' 'GET' '/' – 'HTTP/1.1'"),
            ("GET /a?b=c?d HTTP/1.1", "'GET /a?b=c?d HTTP/1.1' 'GET' '/a' 'b=c?d' 'HTTP/1.1'"),
            ("GET /a? HTTP/1.1", "'GET /a? HTTP/1.1' 'GET' '/a' '' 'HTTP/1.1'"),
            ("GET ?a HTTP/1.1", "'GET ?a HTTP/1.1' 'GET' '' 'a' 'HTTP/1.1'"),
            (
                "CONNECT example.com:443 HTTP/1.1",
                "'CONNECT example.com:443 HTTP/1.1' 'CONNECT' 'example.com:443' – 'HTTP/1.1'"
            ),
            (
                "GET http://h/x?y HTTP/1.1",
                "'GET http://h/x?y HTTP/1.1' 'GET' 'http://h/x' 'y' 'HTTP/1.1'"
            ),
            ("-", "– – – – –"),
            ("", "'' – – – –"),
            ("GET", "'GET' – – – –"),
            ("GET /", "'GET /' – – – –"),
            ("GET /a b HTTP/1.1", "'GET /a b HTTP/1.1' – – – –"),
            ("GET  / HTTP/1.1", "'GET  / HTTP/1.1' – – – –"),
            (#"\x16\x03\x01"#, "'\u{16}\u{3}\u{1}' – – – –"),
            (#"\x00"#, "'\0' – – – –"),
            // What isn't UTF-8 stays as it is written.
            (#"\x16\xEE"#, #"'\x16\xEE' – – – –"#),
            (#"GET /\xC3\xA9 H"#, "'GET /é H' 'GET' '/é' – 'H'"),
            (#"GET /\"x\\ H"#, #"'GET /"x\ H' 'GET' '/"x\' – 'H'"#),
            (#"GET /\x22x\x5c H"#, #"'GET /"x\ H' 'GET' '/"x\' – 'H'"#),
            (#"GET /a\tb\n H"#, "'GET /a\tb\n H' 'GET' '/a\tb\n' – 'H'"),
            (#"GET /\q\x4g\x H"#, #"'GET /\q\x4g\x H' 'GET' '/\q\x4g\x' – 'H'"#),
            (#"GET /a\x20b H"#, "'GET /a b H' – – – –"),
        ] as [(String, String)])
    func request(request: String, expected: String) {
        let line = "h - - [t] \"\(request)\" 200 1"
        #expect(read(line, "request", "method", "path", "query", "protocol") == [expected])
    }

    @Test(
        arguments: [
            ("200 1", "200 1"), ("- -", "– –"), ("000 0", "0 0"), ("009 0012", "9 12"),
            ("200 4294967296", "200 4294967296"),
            ("200 9223372036854775808", "malformed@18"), ("OK 1", "malformed@14"),
            ("-5 1", "malformed@14"), ("200 1.5", "malformed@18"), ("200 1x", "malformed@18"),
        ] as [(String, String)])
    func numbers(text: String, expected: String) {
        #expect(read("h - - [t] \"r\" \(text)", "status", "bytes") == [expected])
    }

    @Test(
        arguments: [
            (#""a" "b""#, "'a' 'b' · ·"), (#""a" "b" "#, "'a' 'b' · ·"),
            ("\"\" \"\"", "'' '' · ·"), (#""-" "-""#, "– – · ·"),
            (#""a" "say \"hi\" \\""#, #"'a' 'say "hi" \' · ·"#),
            (#""-" "-" 0.005"#, "– – '0.005' 0.005"), (#""-" "-" "0.005""#, "– – '0.005' 0.005"),
            (#""-" "-" 1234  "#, "– – '1234' 1234"), (#""-" "-" 007"#, "– – '007' ·"),
            (#""-" "-" -"#, "– – – ·"), (#""-" "-" "-""#, "– – – ·"),
            (#""-" "-" """#, "– – '' ·"),
            (#""-" "-" 0.005 0.004 . "#, "– – '0.005 0.004 .' ·"),
            (#""-" "-" "-" 0.005"#, #"– – '"-" 0.005' ·"#),
            (#""-" "-" rt=0.005 "x \" y""#, #"– – 'rt=0.005 "x \" y"' ·"#),
            // The common format with something behind it.
            ("0.005", "· · '0.005' 0.005"), (#""x y""#, "· · 'x y' ·"), ("", "· · · ·"),
            (#""a" b "c""#, #"· · '"a" b "c"' ·"#),
        ] as [(String, String)])
    func behindTheBytes(text: String, expected: String) {
        let line = "h - - [t] \"r\" 200 1 \(text)"
        #expect(read(line, "referer", "user_agent", "extra", "request_time") == [expected])
    }

    @Test(
        arguments: [
            ("h - u", "· 'h' – 'u'"), ("h - John Smith", "· 'h' – 'John Smith'"),
            ("h i u", "· 'h' 'i' 'u'"), ("h - \"\"", "· 'h' – '\"\"'"),
            ("www.example.com:80 203.0.113.7 - -", "'www.example.com:80' '203.0.113.7' – –"),
            ("unix: - -", "· 'unix:' – –"),
        ] as [(String, String)])
    func client(text: String, expected: String) {
        let line = "\(text) [t] \"r\" 200 1"
        #expect(read(line, "vhost", "remote", "ident", "user") == [expected])
    }

    @Test(
        arguments: [
            ("h", 1), ("h -", 3), ("h - - ", 6), ("h - - [t", 8), ("h - - [t]", 9),
            ("h - - [t] ", 10), (#"h - - [t] "GET /"#, 16), (#"h - - [t] "GET /\"#, 17),
            (#"h - - [t] "GET /\""#, 18), (#"h - - [t] "r""#, 13), (#"h - - [t] "r" "#, 14),
            (#"h - - [t] "r" 200"#, 17), (#"h - - [t] "r" 200 "#, 18),
            (#"h - - [t] "r" 200 1 "a"#, 22), (#"h - - [t] "r" 200 1 "a" "b"#, 26),
            (#"h - - [t] "r" 200 1 "a"b "c""#, 23), (#"h - - [t] "r" 200 1 "a" "b"c"#, 27),
            (#"h - - [t] "r" 200 1 "a" "b" "c"#, 30), (#"h - - [t] "r"200 1"#, 13),
            (#"h - - [t]"r" 200 1"#, 9), (#"h - - x[t] "r" 200 1"#, 7), (#"h - [t] "r" 200 1"#, 4),
            (#" h - - [t] "r" 200 1"#, 0), (#"h  - - [t] "r" 200 1"#, 2), ("hello world", 11),
            (#"{"a":1}"#, 7), ("level=info msg=x", 16),
        ] as [(String, Int)])
    func malformed(line: String, place: Int) {
        #expect(read(line, "status") == ["malformed@\(place)"], "\(line)")
    }

    /// However a line is cut, it is one record, and never two or none.
    @Test func cutLines() {
        let line =
            #"203.0.113.7 - - [25/Nov/2026:14:03:27 +0000] "GET /\x22\"?q HTTP/1.1" 200 612 "#
            + #""https://example.com/" "Mozilla/5.0 (X11; \"Linux\")" "-" 0.043"#
        for length in 1...line.utf8.count {
            let found = read(String(line.prefix(length)), "time", "path", "user_agent", "extra")
            #expect(found.count == 1, "\(length)")
        }
    }

    @Test func longLines() throws {
        let frame = #"h - - [t] "GET / HTTP/1.1" 200 1"#
        func line(bytes count: Int) -> String {
            let path = String(repeating: "a", count: count - frame.utf8.count)
            return frame.replacing("/ ", with: "/\(path) ")
        }
        let limit = Chunk.recordLimit
        let found = read(line(bytes: limit) + "\n" + line(bytes: limit + 1), "path")
        #expect(found.count == 2)
        #expect(found[0].utf8.count == limit - frame.utf8.count + 3)
        #expect(found[1] == "too_long")
        let escaped = String(repeating: #"\x41"#, count: 100_000)
        let agent = read(#"h - - [t] "r" 200 1 "" "\#(escaped)""#, "user_agent")
        #expect(agent == ["'\(String(repeating: "A", count: 100_000))'"])
    }

    @Test func whatIsNotUTF8() {
        let line = Array(#"h - - [t] "GET /"#.utf8)
        let broken: [UInt8] = line + [0xC3, 0x28] + Array("\" 200 1\n".utf8)
        let text = broken + line + Array("\" 200 2".utf8)
        #expect(outcomes(of: text, as: .access, ["bytes"]) == ["not_utf8", "2"])
    }

    @Test func times() {
        let time = TimeField.field(FieldPath("time"), TimeFormat())
        var decoder = RecordDecoder(fields: [], time: time, format: .access)
        let text = ["10/Oct/2000:13:55:36 -0700", "soon", "-", "2000-10-10T20:55:36+00:00"].map {
            "h - - [\($0)] \"r\" 200 1"
        }.joined(separator: "\n")
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(batch.times == [971_211_336_000_000_000, 971_211_336_000_000_000])
        #expect(batch.deadLetters.map(\.reason) == [.badTime, .noTime])
        #expect(batch.deadLetters[0].position == 7)
    }
}
