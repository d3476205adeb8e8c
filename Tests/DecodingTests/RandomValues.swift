import TestSeeds

/// Values of JSON in all their forms, and things that only look like some.
extension SplitMix {
    private static let numbers = [
        "0", "-0", "-0.0", "0.10", "0.000", "1e5", "1E-3", "-1.5e+3", "1e400", "-1e400", "1e-400",
        "5e-324", "1e22", "1e23", "9223372036854775807", "9223372036854775808",
        "-9223372036854775807", "-9223372036854775808", "-9223372036854775809",
        "9999999999999999999", "18446744073709551615", "18446744073709551616",
        "12345678901234567890123", "900719925474099.1", "900719925474099.2", "900719925474099.3",
        "9007199254740991.0", "9007199254740992.0", "9007199254740993.0", "9007199254740992.5",
        "0.9007199254740991", "0.9007199254740993", "0.1234567890123456789",
        "0.000000000000000001", "0.0000000000000000001", "1.000000000000000000",
        "0.12345678901234567890123456789",
    ]
    private static let noNumbers = [
        "00", "01", "-01", "1.", "-1.", ".5", "-.5", "-", "--1", "+1", "1e", "1e+", "1.e5", "1.5.2",
        "0x1", "1_0", "1-", "1e5e5", "NaN", "Infinity", "", "12345678x", "1 2", "1\t",
    ]

    mutating func jsonNumber() -> String {
        if once(in: 60) { return pick(Self.noNumbers) }
        if once(in: 4) { return pick(Self.numbers) }
        let whole = once(in: 3) ? "0" : "\(number(1..<10))" + digits(number(0..<20))
        return pick(["", "", "-"]) + whole + (once(in: 2) ? "." + digits(number(1..<21)) : "")
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in "\(number(0..<10))" }.joined()
    }

    mutating func jsonAtom() -> String {
        guard once(in: 60) else { return pick(["true", "false", "null"]) }
        return pick(["tru", "truee", "nul", "nulll", "falsy", "fals", "True", "NULL", "nil", "t"])
    }

    mutating func jsonValue() -> [UInt8] {
        switch number(0..<6) {
        case 0: jsonText()
        case 1: Array(jsonAtom().utf8)
        case 2: Array(pick(["[]", "{}", "[[1]]", "{\"x\":{\"y\":1}}", "[1,{\"y\":2}]"]).utf8)
        default: Array(jsonNumber().utf8)
        }
    }

    /// With its quotes, which stand at any distance from each other.
    mutating func jsonText() -> [UInt8] {
        var text: [UInt8] = (0..<number(0..<41)).map { _ in pick(Array("ab ~:,{}[]'".utf8)) }
        let place = number(0..<text.count + 1)
        let piece: [UInt8] =
            switch number(0..<120) {
            case 0..<12: Array(pick(["é", "日", "😀", "e\u{301}", "\u{7F}"]).utf8)
            case 12..<18: Array(pick([#"\n"#, #"\""#, #"\\"#, #"\u00e9"#, #"\ud83d\ude00"#]).utf8)
            case 18: Array(pick([#"\x"#, #"\"#, #"\ud83d"#, #"\u12"#]).utf8)
            case 19: pick([[0x80], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5]])
            case 20: [pick([0, 9, 13, 0x1F, 0x22])]
            default: []
            }
        text.insert(contentsOf: piece, at: place)
        return [0x22] + text + [0x22]
    }

    mutating func jsonTime(_ milliseconds: Int) -> [UInt8] {
        guard once(in: 12) else { return Array("\(milliseconds)".utf8) }
        return Array(
            pick([
                "null", "true", "\"soon\"", "\"2024-01-01T00:00:00Z\"", "1.7e12", "-1", "1e400",
                "1700000000000.25", "99999999999999999999", "[]", "\"\\u0031\"", "\"é\"",
            ]).utf8)
    }
}
