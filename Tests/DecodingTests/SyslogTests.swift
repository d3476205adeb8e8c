import Events
import TestSeeds
import Testing

@testable import Decoding

/// Syslog, of both kinds.
@Suite struct SyslogTests {
    private static let receivedAt = instant(2026, 11, 25, 14)

    private func read(
        _ text: String, _ names: String..., receivedAt: Timestamp = SyslogTests.receivedAt
    ) -> [String] {
        outcomes(of: text.utf8, as: .syslog, names, receivedAt: receivedAt)
    }

    /// Lines of the RFCs, and as rsyslog, journald, the kernel and old devices write them.
    private static let realLines: [(String, String)] = [
        (
            """
            <34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{FEFF}'su root' \
            failed for lonvick on /dev/pts/8
            """,
            """
            34 'auth' 'crit' '2003-10-11T22:14:15.003Z' 'mymachine.example.com' 'su' – 'ID47' \
            ''su root' failed for lonvick on /dev/pts/8'
            """
        ),
        (
            """
            <165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to \
            make the do-nuts.
            """,
            """
            165 'local4' 'notice' '2003-08-24T05:14:15.000003-07:00' '192.0.2.1' 'myproc' '8710' \
            – '%% It's time to make the do-nuts.'
            """
        ),
        (
            """
            <165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 \
            [exampleSDID@32473 iut="3" eventID="1011"][examplePriority@32473 class="high"]
            """,
            """
            165 'local4' 'notice' '2003-10-11T22:14:15.003Z' 'mymachine.example.com' 'evntslog' \
            – 'ID47' ·
            """
        ),
        ("<0>1 - - - - - -", "0 'kern' 'emerg' – – – – – ·"),
        ("<191>1 - - - - - - ", "191 'local7' 'debug' – – – – – ''"),
        (
            "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
            """
            34 'auth' 'crit' '2026-10-11T22:14:15' 'mymachine' 'su' · · \
            ''su root' failed for lonvick on /dev/pts/8'
            """
        ),
        (
            "<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!",
            "13 'user' 'notice' '2026-02-05T17:32:18' '10.0.0.99' · · · 'Use the BFG!'"
        ),
        (
            "Nov 24 09:15:02 web1 sshd[12345]: Accepted publickey for deploy from 203.0.113.7",
            """
            · · · '2026-11-24T09:15:02' 'web1' 'sshd' '12345' · \
            'Accepted publickey for deploy from 203.0.113.7'
            """
        ),
        (
            """
            2026-11-24T09:15:02.123456+01:00 web1 CRON[999]: (root) CMD (cd / && run-parts \
            --report /etc/cron.hourly)
            """,
            """
            · · · '2026-11-24T09:15:02.123456+01:00' 'web1' 'CRON' '999' · \
            '(root) CMD (cd / && run-parts --report /etc/cron.hourly)'
            """
        ),
        (
            "<6>2026-11-24T09:15:02Z web1 kernel: [12345.678901] eth0: renamed from veth1",
            """
            6 'kern' 'info' '2026-11-24T09:15:02Z' 'web1' 'kernel' · · \
            '[12345.678901] eth0: renamed from veth1'
            """
        ),
        (
            "Nov 24 09:15:02.123456 web1 systemd[1]: Started Session 5 of User deploy.",
            """
            · · · '2026-11-24T09:15:02.123456' 'web1' 'systemd' '1' · \
            'Started Session 5 of User deploy.'
            """
        ),
        (
            "2026-11-24T09:15:02+0100 web1 systemd-logind[701]: New session 5 of user deploy.",
            """
            · · · '2026-11-24T09:15:02+0100' 'web1' 'systemd-logind' '701' · \
            'New session 5 of user deploy.'
            """
        ),
        (
            "<86>Nov 24 09:15:02 sshd[12345]: Connection closed",
            "86 'authpriv' 'info' '2026-11-24T09:15:02' · 'sshd' '12345' · 'Connection closed'"
        ),
        (
            "Nov 24 09:15:02 mx1 postfix/smtpd[4321]: connect from unknown[203.0.113.7]",
            """
            · · · '2026-11-24T09:15:02' 'mx1' 'postfix/smtpd' '4321' · \
            'connect from unknown[203.0.113.7]'
            """
        ),
    ]

    @Test(arguments: realLines)
    func realLine(line: String, expected: String) {
        func read(_ text: String) -> [String] {
            self.read(
                text, "priority", "facility", "severity", "time", "host", "app", "procid", "msgid",
                "message")
        }
        #expect(read(line) == [expected])
        #expect(read("\u{FEFF}" + line + "\r\n") == [expected])
    }

    /// What stands behind the host.
    @Test(
        arguments: [
            ("app: x", "'h' 'app' · 'x'"), ("app:  x ", "'h' 'app' · ' x '"),
            ("app:", "'h' 'app' · ''"), ("app[7]:x", "'h' 'app' '7' 'x'"),
            ("app[7]: x", "'h' 'app' '7' 'x'"), ("app[]: x", "'h' 'app' '' 'x'"),
            ("(sd-pam)[7]: x", "'h' '(sd-pam)' '7' 'x'"), ("-: x", "'h' – · 'x'"),
            ("last message repeated 3 times", "'h' · · 'last message repeated 3 times'"),
            ("http://x: y", "'h' · · 'http://x: y'"), ("a b: c", "'h' · · 'a b: c'"),
            ("[info] x: y", "'h' · · '[info] x: y'"), ("app[7 x]: y", "'h' · · 'app[7 x]: y'"),
            ("app[7] x", "'h' · · 'app[7] x'"), (": x", "'h' · · ': x'"),
            ("app: \u{FEFF}x", "'h' 'app' · 'x'"), ("app: 5", "'h' 'app' · '5'"),
            ("app: -", "'h' 'app' · '-'"),
        ] as [(String, String)])
    func behindTheHost(text: String, expected: String) {
        let line = "Nov 24 09:15:02 h \(text)"
        #expect(read(line, "host", "app", "procid", "message") == [expected])
    }

    @Test(
        arguments: [
            (#"[x a="1" b="two"]"#, "1 'two' · 'm'"), (#"[x a=""][y a="3"]"#, "'' · 3 'm'"),
            (#"[x a="\"q\" \\ \] \n"]"#, #"'"q" \ ] \n' · · 'm'"#), ("[x]", "· · · 'm'"),
            (#"[x a="1" a="2"]"#, "2 · · 'm'"), ("-", "· · · 'm'"),
            (#"[x a="null" b="true"]"#, "'null' true · 'm'"), (#"[y a="é"]"#, "· · 'é' 'm'"),
            (#"[x.a a="1"][x aa="2"]"#, "· · · 'm'"), (#"[xx a="1"][x ab="1"]"#, "· · · 'm'"),
        ] as [(String, String)])
    func structuredData(text: String, expected: String) {
        let line = "<13>1 - - - - - \(text) m"
        #expect(read(line, "sd.x.a", "sd.x.b", "sd.y.a", "message") == [expected])
    }

    /// An id with signs that a query writes in backticks.
    @Test func structuredDataByPath() {
        let steps = ["sd", "origin@32473", "ip"].map { FieldPath.Step.name($0) }
        let fields = [FieldUse(path: FieldPath(steps: steps), asCode: true)]
        var decoder = RecordDecoder(fields: fields, time: .arrival, format: .syslog)
        let text = #"<13>1 - - - - - [origin@32473 ip="192.0.2.1"]"#
        let batch = decoder.decode(chunk(text.utf8), latest: .end)
        #expect(outcomes(batch) == ["'192.0.2.1'"])
    }

    @Test(
        arguments: [
            ("<13>1 - - - -", 13), ("<13>1 - - - - -", 15), ("<13>1  - - - - -", 6),
            ("<13>1 - - - - - x", 16), ("<13>1 - - - - - -x", 17), ("<13>1 - - - - - [] m", 17),
            (#"<13>1 - - - - - [x a="1""#, 24), ("<13>1 - - - - - [x a=1]", 21),
            (#"<13>1 - - - - - [x a="1]"#, 24), (#"<13>1 - - - - - [x a="1\"]"#, 26),
            (#"<13>1 - - - - - [x a="1"]m"#, 25), (#"<13>1 - - - - - [x a="1"] [y]m"#, -1),
            ("<13>2 - - - - - -", 4), ("<192>1 - - - - - -", 1), ("<>x", 1), ("<1234>x", 1),
            ("<13", 1), ("<13>", 4), ("<13>Nov 24", 4), ("<13>app: x", 4),
            ("Nov 24 09:15:02", 0), ("Nov 24 09:15:02 ", 16), ("Nov 24 09:15:02 web1", 20),
            ("Nov 24 09:15:02 web1 ", 21), ("Nov 31 09:15:02 h a: x", 0),
            ("Nov 00 09:15:02 h a: x", 0), ("Nov 24 24:15:02 h a: x", 0),
            ("Nov 24 09:15 h a: x", 0), ("Nov 24 09:15:02. h a: x", 0),
            ("Nov 24 09:15:02Z h a: x", 0), ("nov 24 09:15:02 h a: x", 0),
            ("Foo 24 09:15:02 h a: x", 0), ("Nov24 09:15:02 h a: x", 0),
            ("2026-11-24 09:15:02 h a: x", 0), ("2026-11-24T09:15:02Z", 0),
            ("2026-13-24T09:15:02Z h a: x", 0), ("-- Boot 0123456789abcdef --", 0),
            ("hello world", 0), (#"{"a":1}"#, 0),
        ] as [(String, Int)])
    func malformed(line: String, place: Int) {
        let expected = place < 0 ? "'[y]m'" : "malformed@\(place)"
        #expect(read(line, "message") == [expected], "\(line)")
    }

    /// The year is the newest that makes it no later than a day after its receipt.
    @Test(
        arguments: [
            (instant(2026, 11, 25, 14), "Nov 25 14:00:00", 2026),
            (instant(2026, 11, 25, 14), "Nov 26 14:00:00", 2026),
            (instant(2026, 11, 25, 14), "Nov 26 14:00:01", 2025),
            (instant(2026, 11, 25, 14), "Jan  1 00:00:00", 2026),
            (instant(2026, 1, 1, 0, 30), "Dec 31 23:59:59", 2025),
            (instant(2026, 12, 31, 23, 30), "Jan  1 00:10:00", 2027),
            (instant(2026, 12, 30, 23, 30), "Jan 1 00:10:00", 2026),
            (instant(2024, 3, 1), "Feb 29 12:00:00", 2024),
            (instant(2026, 3, 1), "Feb 29 12:00:00", 2024),
            (instant(2104, 2, 27), "Feb 29 12:00:00", 2096),
            (instant(2104, 2, 28, 12), "Feb 29 12:00:00", 2104),
            (instant(1970, 1, 1), "Dec 31 00:00:00", 1969),
            (instant(1969, 12, 31, 23), "Jan 01 00:00:00", 1970),
        ] as [(Timestamp, String, Int)])
    func year(receivedAt: Timestamp, date: String, year: Int) {
        let found = read("\(date) h a: x", "time", receivedAt: receivedAt)
        #expect(found.first?.prefix(5) == "'\(year)")
    }

    /// The time as event time: in the stream's zone where it has none of its own.
    @Test func times() {
        let format = TimeFormat(offset: .seconds(3600))
        let time = TimeField.field(FieldPath("time"), format)
        var decoder = RecordDecoder(fields: [], time: time, format: .syslog)
        let lines = [
            "Nov 24 09:15:02.25 h a: x", "Nov 24 09:15:02.25 h a: y", "Nov 24 09:15:03 h a: x",
            "2026-11-24T09:15:02Z h a: x", "<13>1 - - - - - -", "<13>1 soon - - - - -",
        ]
        func decode(at receivedAt: Timestamp) -> ColumnBatch {
            let text = lines.joined(separator: "\n")
            return decoder.decode(
                chunk(text.utf8, receivedAt: receivedAt.rawValue), latest: .end)
        }
        let batch = decode(at: Self.receivedAt)
        let second = instant(2026, 11, 24, 8, 15, 2).rawValue
        #expect(
            batch.times == [
                second + 250_000_000, second + 250_000_000, second + 1_000_000_000,
                instant(2026, 11, 24, 9, 15, 2).rawValue,
            ])
        #expect(batch.deadLetters.map(\.reason) == [.noTime, .badTime])
        #expect(batch.deadLetters[1].position == 6)
        // The same dates, received two years later.
        let later = decode(at: instant(2028, 11, 25))
        #expect(later.times[0] == instant(2028, 11, 24, 8, 15, 2).rawValue + 250_000_000)
    }

    @Test func namesOfPriorities() {
        let names =
            "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert "
            + "clock local0 local1 local2 local3 local4 local5 local6 local7"
        let levels = "emerg alert crit err warning notice info debug"
        for (i, facility) in names.split(separator: " ").enumerated() {
            for (j, severity) in levels.split(separator: " ").enumerated() {
                let found = read("<\(i * 8 + j)>1 - - - - - -", "facility", "severity", "priority")
                #expect(found == ["'\(facility)' '\(severity)' \(i * 8 + j)"])
            }
        }
    }

    @Test func longLines() {
        let frame = "Nov 24 09:15:02 h a: "
        let limit = Chunk.recordLimit
        let longest = String(repeating: "x", count: limit - frame.utf8.count)
        let found = read("\(frame)\(longest)\n\(frame)\(longest)x", "message")
        #expect(found == ["'\(longest)'", "too_long"])
    }

    @Test func whatIsNotUTF8() {
        let line = Array("Nov 24 09:15:02 h a: ".utf8)
        let text: [UInt8] = line + [0xFF, 10] + line + [0x78, 10]
        #expect(outcomes(of: text, as: .syslog, ["message"]) == ["not_utf8", "'x'"])
    }

    /// However a line is cut or damaged, it is one record, and never two or none.
    @Test(arguments: seeds(20))
    func damagedLines(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let pieces = Array("<>[]\"\\:-= 1é\u{FEFF}0Nov")
        for (line, _) in Self.realLines {
            var characters = Array(line)
            for _ in 0..<random.number(1..<6) {
                let place = random.number(0..<characters.count)
                characters[place] = random.pick(pieces)
            }
            let length = random.number(1..<characters.count + 1)
            let text = "x" + String(characters.prefix(length)) + "\n" + String(characters) + "x"
            #expect(read(text, "time", "app", "message", "sd.x.a").count == 2, "seed \(seed)")
        }
    }
}
