import Events
import TestSeeds
import Testing

@testable import Recording

@Suite struct RecordingLineTests {
    private static let changes: [(RecordingLine, String)] = [
        (change("my log\n", .opened(partitions: [0, 3])), "#source 4 0 2 my\\slog\\n opened 0 3"),
        (
            change("a\\b", .disconnected("no such file")),
            "#source 4 0 2 a\\\\b disconnected no\\ssuch\\sfile"
        ),
        (change("", .ended), "#source 4 0 2  ended"),
        (change("s", .hungUp(partition: 7)), "#source 4 0 2 s hung-up 7"),
        (change("x", .failed("")), "#source 4 0 2 x failed "),
    ]

    private static let lines: [(RecordingLine, String)] = [
        (
            .weir(
                RecordingHeader.Title(
                    format: 1, program: "0.1 b", startedAt: Timestamp(rawValue: 9), digest: 2)),
            "#weir 1 0.1\\sb 9 2"
        ),
        (.bounded([0, 2]), "#bounded 0 2"),
        (.span(-5..<7), "#span -5 7"),
        (.cut(number: 8, at: .epoch), "#cut 8 0"),
        (
            .frame(FrameStart(sequence: 3, id: 255, number: 9, tick: nil)),
            "#frame 3 00000000000000ff 9 -"
        ),
        (
            .frame(FrameStart(sequence: 0, id: 0, number: 9, tick: Timestamp(rawValue: 100))),
            "#frame 0 0000000000000000 9 100"
        ),
        (.dashboard(number: 5, receivedAt: .epoch, plan: 1, lines: 12), "#dashboard 5 0 1 12"),
        (.text("title: \"a b\"  "), "#| title: \"a b\"  "),
        (
            RecordingLine.chunk(
                ChunkHeader(
                    number: 7, receivedAt: Timestamp(rawValue: -3),
                    origin: Origin(source: "app.ndjson", partition: 2, incarnation: 1),
                    firstOffset: 40, count: 3, stream: 1)),
            "#chunk 7 -3 app.ndjson 2 1 40 3 1"
        ),
        (.tick(number: 8, at: Timestamp(rawValue: 100)), "#tick 8 100"),
        (
            .operator(
                number: 8, receivedAt: .epoch,
                .acknowledge(AlertTarget(rule: "too hot"), by: "ann")),
            "#operator 8 0 acknowledge ann =too\\shot *"
        ),
        (
            .lost(
                number: 8, receivedAt: .epoch,
                SourceLoss(stream: 1, source: "udp s", count: 3, bytes: 0)),
            "#lost 8 0 1 udp\\ss 3 0"
        ),
        (.remembered(number: 1, receivedAt: .epoch, lines: 3), "#remembered 1 0 3"),
        (.gap(number: 8, tick: nil), "#gap 8 -"),
        (.hash(number: 8, .max), "#hash 8 ffffffffffffffff"),
        (.end(number: 8, 1), "#end 8 0000000000000001"),
        (
            .alert(AlertMark(number: 4, at: .epoch, rule: "hot", state: "firing")),
            "#alert 4 0 hot firing"
        ),
        (
            .lag(
                number: 1, receivedAt: .epoch,
                LagSample(probe: 1, group: "bill ing", answer: .none("gone"))),
            "#lag 1 0 1 bill\\sing none gone"
        ),
        (
            .lag(
                number: 1, receivedAt: .epoch,
                LagSample(
                    probe: 0, group: "g",
                    answer: .offsets(
                        [
                            PartitionOffsets(
                                topic: "t", partition: 0, committed: nil, logStart: 1, end: 9),
                            PartitionOffsets(
                                topic: "t", partition: 1, committed: 3, logStart: 1, end: 9,
                                firstUnconsumed: Timestamp(rawValue: 77)),
                        ], members: 2))),
            "#lag 1 0 0 g offsets 2 t 0 - 1 9 - t 1 3 1 9 77"
        ),
        (.record(Array("{\"a\": 1}".utf8)), "{\"a\": 1}"),
        (.record([]), ""),
        (.record(Array("a\\nb".utf8)), "a\\nb"),
        (.record(Array("#1 \\ x".utf8)), "#record #1 \\\\ x"),
        (.record(Array("two\nlines\\".utf8)), "#record two\\nlines\\\\"),
    ]

    private static func change(_ source: String, _ state: SourceChange.State) -> RecordingLine {
        .source(
            number: 4, receivedAt: .epoch, SourceChange(stream: 2, source: source, state: state))
    }

    @Test(arguments: lines + changes)
    func format(_ line: RecordingLine, _ text: String) {
        #expect(String(decoding: line.bytes, as: UTF8.self) == text)
        #expect(RecordingLine(Array(text.utf8)) == line)
    }

    @Test(arguments: [
        "#", "#chunk", "#chunk 1 2 s 0 0 0", "#chunk 1 2 s 0 0 0 1 0 9", "#chunk 1 2 s 0 0 0 -1 0",
        "#chunk 1 2 s 0 0 0 1 -1", "#chunk 1 2 s 0 0 0 1",
        "#chunk -1 2 s 0 0 0 1 0", "#chunk 1 2 s\\ 0 0 0 1 0", "#chunk 1  2 s 0 0 0 1 0", "#tick 1",
        "#tick 1 x", "#tick 1 2 3", "#source 1 2 0 s", "#source 1 2 0 s awake",
        "#source 1 2 0 s ended 1", "#source 1 2 s ended", "#source 1 2 -1 s ended",
        "#source 1 2 0 s opened a", "#source 1 2 0 s hung-up", "#source 1 2 0 s hung-up x",
        "#source 1 2 0 s failed", "#source 1 2 0 s failed a b",
        "#lag 1 2 0 g", "#lag 1 2 0 g none", "#lag 1 2 0 g offsets", "#lag 1 2 0 g offsets x",
        "#lag 1 2 0 g offsets - t 0 1 2", "#lag 1 2 0 g offsets 1 t 0 1 2 3 -1 4",
        "#hash 1 2", "#hash 1 +00000000000000f", "#frame 1 2 3 4", "#frame -1 0000000000000000 1 -",
        "#lost 1 2 0 s 3", "#lost 1 2 0 s -1 0", "#lost 1 2 -1 s 1 0", "#lost 1 2 0 s 1 0 0",
        "#operator 1 2", "#operator 1 2 dance", "#operator 1 2 unsilence ann x", "#remembered 1 2",
        "#span 2 1", "#gap 1", "#alert 1 2 rule", "#weir 1 2 3", "#dashboard 1 2 -1 0", "#|",
        "#record a\\", "#record a\\t", "#record", "#later 1 2",
    ])
    func damageIsSeen(_ text: String) {
        #expect(RecordingLine(Array(text.utf8)) == nil)
    }

    @Test func bytesThatAreNoTextAreDamage() {
        #expect(RecordingLine([0x23, 0x74, 0xFF]) == nil)
    }

    /// Whatever a line says comes back, and it stays one line.
    @Test(arguments: seeds(20).map { Int($0) })
    func roundTrip(seed: Int) {
        var chance = Chance(state: UInt64(seed))
        for _ in 0..<300 {
            let line = chance.line()
            let bytes = line.bytes
            guard !bytes.contains(UInt8(ascii: "\n")), RecordingLine(bytes) == line else {
                Issue.record("seed \(seed): \(line) became \(bytes)")
                return
            }
        }
    }
}

/// A linear congruential generator (Knuth's MMIX constants), from its upper bits.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        var bits: UInt64 = 0
        for _ in 0..<2 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bits = bits << 32 | state >> 32
        }
        return bits
    }

    /// Leaning to what has to be escaped.
    mutating func text() -> String {
        let parts = ["a", " ", "\n", "\\", "\r", "\r\n", "#", "é", "日", "\\n", "\u{301}", "\u{0}"]
        return (0..<Int.random(in: 0..<8, using: &self))
            .map { _ in parts.randomElement(using: &self)! }.joined()
    }

    mutating func number<T: FixedWidthInteger>(_: T.Type) -> T {
        Bool.random(using: &self)
            ? T.random(in: 0..<100, using: &self)
            : T.random(in: .min ... .max, using: &self)
    }

    mutating func change() -> SourceChange.State {
        switch Int.random(in: 0..<4, using: &self) {
        case 0:
            let count = Int.random(in: 0..<4, using: &self)
            return .opened(partitions: (0..<count).map { _ in number(Int.self) })
        case 1: return .disconnected(text())
        case 2: return .failed(text())
        default: return .ended
        }
    }

    mutating func line() -> RecordingLine {
        let at = Timestamp(rawValue: number(Int64.self))
        switch Int.random(in: 0..<4, using: &self) {
        case 0:
            return .chunk(
                ChunkHeader(
                    number: number(UInt64.self), receivedAt: at,
                    origin: Origin(
                        source: text(), partition: number(Int.self),
                        incarnation: number(Int.self)),
                    firstOffset: number(Int64.self),
                    count: Int.random(in: 0...(.max), using: &self),
                    stream: Int.random(in: 0...9, using: &self)))
        case 1: return .tick(number: number(UInt64.self), at: at)
        case 2:
            return .source(
                number: number(UInt64.self), receivedAt: at,
                SourceChange(stream: 3, source: text(), state: change()))
        default:
            let alphabet = Array("#record \\n\n\r{\u{7f}".utf8) + [0x00, 0xFF, 0xC3]
            return .record(
                (0..<Int.random(in: 0..<20, using: &self))
                    .map { _ in alphabet.randomElement(using: &self)! })
        }
    }
}
