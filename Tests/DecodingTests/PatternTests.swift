import Events
import Patterns
import Testing

@testable import Decoding

/// Records that a regular expression takes apart.
@Suite struct PatternTests {
    private func read(_ text: String, _ pattern: String, _ names: String...) -> [String] {
        outcomes(of: text.utf8, as: .pattern(pattern), names)
    }

    @Test(
        arguments: [
            ("INFO took 12.5ms done", "'INFO' 12.5 'done' ·"),
            ("INFO done", "'INFO' · 'done' ·"), ("INFO ", "'INFO' · '' ·"),
            ("INFO took 12.5ms é", "'INFO' 12.5 'é' ·"), ("INFO", "malformed"),
            (" INFO done", "malformed"), ("7 done", "7 · 'done' ·"),
        ] as [(String, String)])
    func groups(line: String, expected: String) {
        let pattern = #"^(?<level>\w+) (?:took (?<ms>[\d.]+)ms )?(?<rest>.*)$"#
        #expect(read(line, pattern, "level", "ms", "rest", "other") == [expected])
        #expect(read(line + "\r\n", pattern, "level", "ms", "rest", "other") == [expected])
    }

    /// A number is what JSON calls one; nothing else has a type.
    @Test(
        arguments: [
            ("1", "1"), ("-1.5e3", "-1500"), ("0.25", "0.25"), ("007", "'007'"), ("+1", "'+1'"),
            ("1.", "'1.'"), (".5", "'.5'"), ("-", "'-'"), ("true", "'true'"), ("null", "'null'"),
            ("NaN", "'NaN'"), ("0x10", "'0x10'"), ("1 2", "'1 2'"), ("", "''"), ("1e400", "·"),
        ] as [(String, String)])
    func values(text: String, expected: String) {
        #expect(read("<\(text)>", "^<(?<a>.*)>$", "a") == [expected])
    }

    @Test(
        arguments: [
            // Anywhere in the record.
            (#"status=(?<a>\d+)"#, "x status=200 y", "200"), (#"^(?<a>\d+)"#, "x 1", "malformed"),
            // Groups of the same name, of which one takes part.
            (#"(?J)^(?:a(?<a>\d+)|b(?<a>\w+))"#, "a1", "1"),
            (#"(?J)^(?:a(?<a>\d+)|b(?<a>\w+))"#, "bq", "'q'"),
            // In other spellings, among groups without a name.
            (#"(.)(?P<a>.)(?'b'.)"#, "xyz", "'y'"), (#"(?i)^(?<a>get)$"#, "GET", "'GET'"),
            // Characters, not bytes.
            ("^(?<a>.).$", "é日", "'é'"), (#"(?<a>\x{65E5})"#, "é日", "'日'"),
            (#"(?<a>(?<=é).)"#, "é日", "'日'"),
        ] as [(String, String, String)])
    func matches(pattern: String, line: String, expected: String) {
        #expect(read(line, pattern, "a") == [expected])
    }

    @Test func whatIsNotUTF8() {
        let text: [UInt8] = [0x61, 0xFF, 10, 0x61, 0x62, 10]
        let found = outcomes(of: text, as: .pattern("^a(?<a>.)$"), ["a"])
        #expect(found == ["not_utf8", "'b'"])
    }

    /// A record on which matching would take for ever is given up; the next one is not.
    @Test func limit() {
        let text = String(repeating: "a", count: 40) + "!\naaa\n!"
        #expect(read(text, "^(?<a>(a+)+)$", "a") == ["match_limit", "'aaa'", "malformed"])
        #expect(DeadLetter.Reason.matchLimit.rawValue == "match_limit")
    }

    /// The longest record may be walked byte by byte.
    @Test func longLines() {
        let longest = String(repeating: "a", count: Chunk.recordLimit - 1)
        let found = read("\(longest)x\n\(longest)xx", "^(?<a>.*?)x", "a")
        #expect(found == ["'\(longest)'", "too_long"])
    }

    /// A record is bounded as a whole, not only each attempt that begins at one of its bytes; and
    /// the one behind it is read.
    @Test(
        arguments: [
            (#"(?<a>(?:[a-z]+,)*)(?<b>\d+);"#, "a,", "a,7;", "'a,' 7"),
            (#"(?<a>[^ ]*)[^ ]*[^ ]*(?<b>\d);"#, "aa", "a7;", "'a' 7"),
            // Going back over what a group held moves nothing, and takes as long.
            (#"^(?<a>x*)\1(?<b>\d);"#, "xx", "xx7;", "'x' 7"),
        ] as [(String, String, String, String)])
    func wholeRecords(pattern: String, piece: String, next: String, expected: String) {
        let long = String(repeating: piece, count: 65_536) + " 7 ;"
        #expect(read("\(long)\n\(next)", pattern, "a", "b") == ["match_limit", expected])
    }

    /// Long records that are no trouble are read as short ones are.
    @Test(arguments: [0, 1, 100, 5000, 100_000, 500_000])
    func anyLength(count: Int) {
        func text(_ piece: String) -> String { String(repeating: piece, count: count) }
        let list = text("a,")
        #expect(
            read(list + "7;", #"(?<a>(?:[a-z]+,)*+)(?<b>\d+);"#, "a", "b") == ["'\(list)' 7"])
        let line = text("é") + "status=200 status=300"
        #expect(read(line, #"status=(?<a>\d+)"#, "a") == ["200"])
        #expect(read(line, #"status=(?<a>\d+)$"#, "a") == ["300"])
        #expect(read(line, #"(?<a>\d+)x"#, "a") == ["malformed"])
        // What a verb skips stays skipped.
        #expect(read(line, #"(?J)2(*COMMIT)(?<a>x)|(?<a>300)"#, "a") == ["malformed"])
        #expect(read(line, #"(?J)2(*PRUNE)(?<a>x)|(?<a>300)"#, "a") == ["300"])
    }

    /// Each chunk has its own reasons.
    @Test func reasonsAreOfTheirChunk() {
        let fields = [FieldUse(path: FieldPath("a"), asCode: true)]
        var decoder = RecordDecoder(
            fields: fields, time: .arrival, format: .pattern("^(?<a>(a+)+)$"))
        func read(_ text: String) -> [String] {
            outcomes(decoder.decode(chunk(text.utf8), latest: .end))
        }
        #expect(read(String(repeating: "a", count: 40) + "!") == ["match_limit"])
        #expect(read("!\na") == ["malformed", "'a'"])
    }

    @Test func times() {
        let time = TimeField.field(FieldPath("t"), TimeFormat())
        var decoder = RecordDecoder(
            fields: [], time: time, format: .pattern(#"^\[(?<t>[^\]]*)\](?<rest>.*)"#))
        let text = "[2000-10-10T20:55:36Z] a\n[971211336] b\n[soon] c\n[] d"
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(batch.times == [971_211_336_000_000_000, 971_211_336_000_000_000])
        #expect(batch.deadLetters.map(\.reason) == [.badTime, .badTime])
        #expect(batch.deadLetters[0].position == 1)
    }

    private func problem(_ pattern: String) -> PatternError? {
        do throws(PatternError) {
            try checkPattern(pattern)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("(?<a>x", "missing closing parenthesis", 6), ("(?<a>é", "missing closing", 6),
            ("(?<a>x)[", "missing terminating ] for character class", 8),
            (#"\C(?<a>x)"#, #"using \C is disabled by the application"#, 2),
            ("(?<a>x)(?<a>y)", "two named subpatterns have the same name", 12),
            ("(x)", "no group has a name", 0), ("", "no group has a name", 0),
        ] as [(String, String, Int)])
    func whatIsNoPattern(pattern: String, message: String, offset: Int) throws {
        let found = try #require(problem(pattern))
        #expect(found.message.hasPrefix(message), "\(found.message)")
        #expect(found.offset == offset)
    }

    @Test func aPatternIsOne() {
        #expect(problem(#"^(?<a>\d+) (?<b>.*)$"#) == nil)
    }
}
