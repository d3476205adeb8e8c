/// Bytes that a hostile stream sends: what a terminal might obey, and what might break its columns.
package enum Injection {
    /// More than six hundred, no two the same.
    package static let all: [[UInt8]] = {
        var seen = Set<[UInt8]>()
        let made = [
            controls, controlSequences, operatingSystemCommands, strings, escapes, directions,
            invalid, invisible,
        ].joined()
        return made.filter { seen.insert($0).inserted }
    }()

    /// As text; invalid bytes have become U+FFFD.
    package static let texts: [String] = all.map { String(decoding: $0, as: UTF8.self) }

    /// What comes before a sequence's name: in seven bits, in eight bits as UTF-8 writes them, and
    /// in eight bits as they are.
    private static func introducers(_ seven: String, _ eight: UInt8) -> [[UInt8]] {
        [[0x1B] + Array(seven.utf8), [0xC2, eight], [eight]]
    }

    /// BEL, ST in its three forms, CAN, and none.
    private static let terminators: [[UInt8]] = [
        [0x07], [0x1B, 0x5C], [0xC2, 0x9C], [0x9C], [0x18], [],
    ]

    private static let controls: [[UInt8]] = {
        let c1 = (0x80..<0xA0).map { UInt8($0) }
        var made: [[UInt8]] = (0..<0x20).map { [UInt8($0)] }
        made.append([0x7F])
        made += c1.map { [0xC2, $0] }
        made += c1.map { [$0] }
        made += ["a\rb", "a\u{8}\u{8}b", "\u{E}lqk\u{F}"].map { Array($0.utf8) }
        return made
    }()

    private static let controlBodies = [
        "2J", "3J", "H", "1;1H", "999B", "999C", "31m", "0m", "7m", "8m", "38;2;1;2;3m", "6n",
        "5n", "c", ">c", "=c", "0q", "?1049h", "?1049l", "?25l", "?2026h", "?1000h", "?1006h",
        "?1004h", "?2004h", "?5h", "?7l", "20h", "4h", "5i", "4i", "?5i", "1;5r", "s", "u",
        "!p", "20t", "21t", "8;1;1t", "22;0t", "999L", "999M", "999P", "999X", "b", "?1h", "",
        "1;2;3;4;5;6;7;8;9", "1$r", "?6c",
    ]

    private static let controlSequences: [[UInt8]] = {
        var made: [[UInt8]] = []
        for start in introducers("[", 0x9B) {
            for body in controlBodies { made.append(start + Array(body.utf8)) }
        }
        return made
    }()

    private static let commandBodies = [
        "0;evil", "2;evil", "4;1;?", "7;file:///", "8;;http://evil/", "9;evil", "10;?",
        "52;c;ZXZpbA==", "52;c;?", "104", "133;A", "777;notify;a;b", "1337;File=:AAAA", "l",
    ]

    private static let operatingSystemCommands: [[UInt8]] = strings(
        ("]", 0x9D), commandBodies, terminators)

    /// Device control, application, privacy and start of string.
    private static let strings: [[UInt8]] = {
        let names: [(String, UInt8)] = [("P", 0x90), ("_", 0x9F), ("^", 0x9E), ("X", 0x98)]
        let bodies = ["$q\"p", "Gf=100;AAAA", "q#0;2;0;0;0"]
        var made: [[UInt8]] = []
        for name in names { made += strings(name, bodies, Array(terminators.prefix(4))) }
        return made
    }()

    private static func strings(
        _ name: (String, UInt8), _ bodies: [String], _ ends: [[UInt8]]
    ) -> [[UInt8]] {
        var made: [[UInt8]] = []
        for start in introducers(name.0, name.1) {
            for body in bodies {
                for end in ends { made.append(start + Array(body.utf8) + end) }
            }
        }
        return made
    }

    private static let escapes: [[UInt8]] = [
        "c", "7", "8", "D", "E", "H", "M", "N", "O", "Z", "=", ">", "n", "o", "|", "}", "~", "(0",
        "(B", ")0", "#8", "%G", "%@", " F", "k evil\u{1B}\\", "",
    ].map { [0x1B] + Array($0.utf8) }

    private static let directions: [[UInt8]] = [
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
        "\u{2068}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}",
    ].flatMap { mark in [mark, "a\(mark)b", "\(mark)cod.exe"].map { Array($0.utf8) } }

    private static let invalid: [[UInt8]] = [
        [0xC0, 0x80], [0xC0, 0x9B], [0xC1, 0xBF], [0xE0, 0x80, 0x9B], [0xF0, 0x80, 0x80, 0x9B],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80], [0xFE],
        [0xFF], [0xFF, 0xFE], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xC2], [0xE2], [0xF0],
        [0xE2, 0x1B, 0x5B, 0x32, 0x4A], [0xC2, 0x1B, 0x5D], [0xF8, 0x88, 0x80, 0x80],
        [0xC3, 0x28], [0xC4, 0x28], [0xC5, 0x1B], [0xDF, 0x5D],
    ]

    private static let invisible: [[UInt8]] = [
        "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{34F}",
        "\u{180E}", "\u{2028}", "\u{2029}", "\u{FFF9}a\u{FFFA}b\u{FFFB}", "\u{E0001}\u{E0041}",
        "\u{FE0F}", "\u{E0100}", "👩\u{200D}👩\u{200D}👧", "👍🏽", "🏽", "🇩🇪", "🇩", "1\u{FE0F}\u{20E3}",
        "🏴\u{E0067}\u{E0062}\u{E007F}", "e\u{301}", "\u{301}", "a" + repeated("\u{301}", 60),
        "\u{1112}\u{1161}\u{11AB}", "\u{E000}", "\u{F8FF}", "\u{10FFFD}", "\u{FFFE}", "\u{378}",
        "\u{1F1E6}", "大\u{301}", "\u{3164}", "\u{115F}", "\u{FFA0}", "\u{2800}", "\u{FDFD}",
        "\u{12031}", "\u{A9C5}", "ﷺ", repeated("\u{35C}", 9), "\u{1D173}", "\u{206A}", "\u{1160}",
    ].map { Array($0.utf8) }

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }
}
