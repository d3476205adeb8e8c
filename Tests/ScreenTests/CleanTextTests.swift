import Testing

@testable import Screen

@Suite struct CleanTextTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let input: String
        let shown: String
        let width: Int
        var testDescription: String { name }

        init(_ name: String, _ input: String, _ shown: String, _ width: Int) {
            (self.name, self.input, self.shown, self.width) = (name, input, shown, width)
        }
    }

    static let cases = [
        Case("ASCII", "p99 = 12 ms", "p99 = 12 ms", 11),
        Case("empty", "", "", 0),
        Case("Latin", "Zürich", "Zürich", 6),
        Case("CJK", "大阪", "大阪", 4),
        Case("fullwidth letters", "ＡＢ", "ＡＢ", 4),
        Case("halfwidth kana", "ｱｲ", "ｱｲ", 2),
        Case("Hangul syllables", "서울", "서울", 4),
        Case("Hangul jamo", "\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2),
        Case("one combining", "e\u{301}", "e\u{301}", 1),
        Case("two combining", "e\u{301}\u{323}", "e\u{301}\u{323}", 1),
        Case("a third combining is left out", "e\u{301}\u{323}\u{308}", "e\u{301}\u{323}", 1),
        Case("combining without a base", "\u{301}x", "\u{FFFD}x", 2),
        Case("Devanagari", "नमस्ते", "नमस्ते", 4),
        Case("emoji", "🔥", "🔥", 2),
        Case("emoji by variation selector", "\u{2764}\u{FE0F}", "\u{2764}", 1),
        Case("keycap", "1\u{FE0F}\u{20E3}", "1\u{20E3}", 1),
        Case("joined emoji", "👩\u{200D}🚒!", "\u{FFFD}!", 2),
        Case("skin tone", "👍🏽", "\u{FFFD}", 1),
        Case("skin tone alone", "🏽", "\u{FFFD}", 1),
        Case("flag", "🇩🇪🇯🇵", "\u{FFFD}\u{FFFD}", 2),
        Case("half a flag", "🇩x", "\u{FFFD}x", 2),
        Case("flag by tags", "🏴\u{E0067}\u{E0062}\u{E007F}", "\u{FFFD}", 1),
        Case("joiner alone", "a\u{200D}b", "\u{FFFD}b", 2),
        Case("non-joiner", "a\u{200C}b", "ab", 2),
        Case("escape sequence", "\u{1B}[31mred", "\u{FFFD}[31mred", 8),
        Case("C1 introducer", "\u{9B}2J", "\u{FFFD}2J", 3),
        Case("C1 string", "\u{9D}0;x\u{9C}", "\u{FFFD}0;x\u{FFFD}", 5),
        Case("line end", "a\r\nb", "a\u{FFFD}b", 3),
        Case("tab, bell, delete", "\t\u{07}\u{7F}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
        Case("NUL", "a\0b", "a\u{FFFD}b", 3),
        Case("bidirectional override", "a\u{202E}b", "a\u{FFFD}b", 3),
        Case("bidirectional isolate", "\u{2066}b\u{2069}", "\u{FFFD}b\u{FFFD}", 3),
        Case("direction marks", "\u{200E}\u{200F}\u{61C}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
        Case("zero width space", "a\u{200B}b", "a\u{FFFD}b", 3),
        Case("byte order mark", "\u{FEFF}a", "a", 1),
        Case("line separator", "a\u{2028}b", "a\u{FFFD}b", 3),
        Case("private use", "\u{E0B0}", "\u{FFFD}", 1),
        Case("unassigned", "\u{378}", "\u{FFFD}", 1),
        Case("noncharacter", "\u{FFFF}", "\u{FFFD}", 1),
        Case("soft hyphen", "a\u{AD}b", "a\u{FFFD}b", 3),
        Case("wide since Unicode 16", "\u{4DC0}", "\u{FFFD}", 1),
        Case("ambiguous", "§±×→", "§±×→", 4),
        Case("what weir draws with", "╭─╮│█▁░⣿▲○…–", "╭─╮│█▁░⣿▲○…–", 12),
    ]

    @Test(arguments: cases) func isCleaned(_ example: Case) {
        let text = CleanText(example.input)
        #expect(Array(text.string.unicodeScalars) == Array(example.shown.unicodeScalars))
        #expect(text.width == example.width)
        #expect(text.width == text.glyphs.reduce(0) { $0 + $1.width })
    }

    @Test(arguments: [
        ("events", 6, "events"), ("events", 5, "even…"), ("events", 1, "…"), ("events", 0, ""),
        ("events", -3, ""), ("大阪市", 6, "大阪市"), ("大阪市", 5, "大阪…"), ("大阪市", 4, "大…"),
        ("大阪市", 2, "…"), ("a大bc", 3, "a…"),
    ])
    func isTruncated(_ text: String, _ limit: Int, _ shown: String) {
        let cut = CleanText(text).truncated(to: limit)
        #expect(cut.string == shown)
        #expect(cut.width <= max(0, limit))
    }

    @Test func isPaddedAndJoined() {
        let text: CleanText = "大 \(3)"
        #expect(text.width == 4)
        #expect(text.padded(to: 7, .leading).string == "大 3   ")
        #expect(text.padded(to: 7, .trailing).string == "   大 3")
        #expect(text.padded(to: 7, .center).string == " 大 3  ")
        #expect(text.padded(to: 2) == text)
        #expect((text + "x").string == "大 3x")
        #expect((text + "x").width == 5)
        #expect(CleanText(repeating: "ab", count: 3).string == "ababab")
        #expect(CleanText(repeating: "ab", count: -1) == .empty)
    }

    @Test func theWidthTablesAreSortedAndDisjoint() {
        let tables = [
            ScalarWidth.wideRanges, ScalarWidth.combiningRanges, ScalarWidth.unknownRanges,
        ]
        for table in tables {
            #expect(table.count.isMultiple(of: 2))
            for index in table.indices.dropFirst() {
                let isPairStart = index.isMultiple(of: 2)
                #expect(
                    isPairStart ? table[index - 1] < table[index] : table[index - 1] <= table[index]
                )
            }
        }
    }
}
