import TestSeeds
import Screen
import Terminal
import Testing

@Suite struct KeyDecoderTests {
    static let table: [(String, [KeyPress])] = [
        ("a", [.character("a")]), ("~", [.character("~")]), (" ", [.character(" ")]),
        ("é", [.character("é")]), ("水", [.character("水")]), ("😀", [.character("😀")]),
        ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]),
        ("\u{08}", [.backspace]), ("\u{00}", []), ("\u{01}", [.control("a")]),
        ("\u{0C}", [.control("l")]), ("\u{1A}", [.control("z")]), ("\u{1C}", [.control("\\")]),
        ("\u{1F}", [.control("_")]),
        // Cursor keys: normal, application, with a modifier.
        ("\u{1B}[A", [.up]), ("\u{1B}[B", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}[D", [.left]),
        ("\u{1B}OA", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}OC", [.right]), ("\u{1B}OD", [.left]),
        ("\u{1B}[1;5A", [.up]), ("\u{1B}O5B", [.down]), ("\u{1B}[1;2C", [.right]),
        // Home and End: xterm, VT220, rxvt.
        ("\u{1B}[H", [.home]), ("\u{1B}OH", [.home]), ("\u{1B}[1~", [.home]),
        ("\u{1B}[7~", [.home]), ("\u{1B}[F", [.end]), ("\u{1B}OF", [.end]), ("\u{1B}[4~", [.end]),
        ("\u{1B}[8~", [.end]), ("\u{1B}[5~", [.pageUp]), ("\u{1B}[6~", [.pageDown]),
        ("\u{1B}[6;5~", [.pageDown]), ("\u{1B}[Z", [.backTab]), ("\u{1B}OM", [.enter]),
        // Known to be no key of ours: Delete, F1, F12, the console's F1, focus, a mouse, a reply.
        ("\u{1B}[3~", []), ("\u{1B}OP", []), ("\u{1B}[24~", []), ("\u{1B}[[A", []),
        ("\u{1B}[I", []), ("\u{1B}[M", []), ("\u{1B}[?64;1;2c", []), ("\u{1B}[1 q", []),
        ("\u{1B}[99999A", [.up]), ("\u{1B}[99999~", []),
        // A mouse: buttons, with a key held, the wheel; release, motion, and what is none.
        ("\u{1B}[<0;10;20M", [.mouse(MousePress(.click, column: 9, row: 19))]),
        ("\u{1B}[<4;1;1M", [.mouse(MousePress(.click, column: 0, row: 0))]),
        ("\u{1B}[<64;300;2M", [.mouse(MousePress(.wheelUp, column: 299, row: 1))]),
        ("\u{1B}[<65;3;2M", [.mouse(MousePress(.wheelDown, column: 2, row: 1))]),
        ("\u{1B}[<0;10;20m", []), ("\u{1B}[<2;1;1M", []), ("\u{1B}[<35;1;1M", []),
        ("\u{1B}[<0;0;1M", []), ("\u{1B}[<0;1M", []), ("\u{1B}[<;;M", []), ("\u{1B}[<M", []),
        ("\u{1B}[<0;9999999;1M", []),
        // Two Escapes; Alt; a sequence that another one cuts.
        ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}x", [.escape, .character("x")]),
        ("\u{1B}[1\u{1B}[B", [.down]), ("\u{1B}O\u{1B}OC", [.right]),
        ("\u{1B}[1\rq", [.enter, .character("q")]),
        ("x\u{1B}[Ay", [.character("x"), .up, .character("y")]),
        // C1 controls: CSI in one scalar, NEL.
        ("\u{9B}A", [.character("A")]), ("\u{85}", []), ("\u{A0}", [.character("\u{A0}")]),
    ]

    @Test("sequences, in one read and split at each byte")
    func sequences() {
        for (text, keys) in Self.table {
            let bytes = Array(text.utf8)
            for cut in 0...bytes.count {
                var decoder = KeyDecoder()
                let found = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
                #expect(found == keys, "\(text.debugDescription), cut at \(cut)")
                #expect(!decoder.isWaiting, "\(text.debugDescription), cut at \(cut)")
            }
        }
    }

    @Test(
        "what was begun and not finished in time",
        arguments: [
            ([0x1B], [.escape]), ([0x1B, 0x5B], [.escape, .character("[")]),
            ([0x1B, 0x4F], [.escape, .character("O")]), ([0x1B, 0x1B], [.escape, .escape]),
            ([0x1B, 0x5B, 0x31], [.escape, .character("["), .character("1")]),
            ([0xE6, 0xB0], []), ([0xF0, 0x9F, 0x98], []), ([0xC3], []),
        ] as [([UInt8], [KeyPress])])
    func timingOut(bytes: [UInt8], keys: [KeyPress]) {
        var decoder = KeyDecoder()
        let before = decoder.feed(bytes)
        #expect(decoder.isWaiting)
        #expect(before + decoder.timeOut() == keys)
        #expect(!decoder.isWaiting)
        #expect(decoder.timeOut() == [])
        #expect(decoder.feed([0x61]) == [.character("a")])
    }

    @Test(
        "bytes that are no text are dropped, and what follows is read",
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xE6, 0xB0], [0xED, 0xA0, 0x80],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func broken(bytes: [UInt8]) {
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            let found = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...] + [0x61])
            #expect(found == [.character("a")], "cut at \(cut)")
        }
    }

    @Test func aSequenceIsHeldUpTo32Bytes() {
        var decoder = KeyDecoder()
        let digits = Array(repeating: UInt8(ascii: "1"), count: 30)
        #expect(decoder.feed([0x1B, 0x5B] + digits) == [])
        #expect(decoder.isWaiting)
        #expect(decoder.feed([0x31]).count == 33)
        #expect(!decoder.isWaiting)
    }

    @Test("any bytes, in any pieces, give the same keys", arguments: seeds(200))
    func pieces(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let common = Array("\u{1B}\u{1B}[O1;5~ABHMé水\r\u{7F}\u{03}".utf8)
        let bytes = (0..<random.number(0..<60)).map { _ in
            random.once(in: 4) ? UInt8(random.number(0..<256)) : random.pick(common)
        }
        var whole = KeyDecoder()
        let expected = whole.feed(bytes) + whole.timeOut()
        var pieces = KeyDecoder()
        var keys: [KeyPress] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = random.number(0..<5)
            keys += pieces.feed(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        #expect(keys + pieces.timeOut() == expected, "seed \(seed)")
    }
}
