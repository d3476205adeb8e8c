import Events
import TestSeeds
import Testing

@testable import Recording

@Suite struct RecordingLineTests {
    @Test(arguments: [
        (
            RecordingLine.chunk(
                ChunkHeader(
                    number: 7, receivedAt: Timestamp(rawValue: -3),
                    origin: Origin(source: "app.ndjson", partition: 2, incarnation: 1),
                    firstOffset: 40, count: 3)),
            "#chunk 7 -3 app.ndjson 2 1 40 3"
        ),
        (.tick(number: 8, at: Timestamp(rawValue: 100)), "#tick 8 100"),
        (
            .source(number: 1, receivedAt: .epoch, name: "my log\n", .opened(partitions: [0, 3])),
            "#source 1 0 my\\slog\\n opened 0 3"
        ),
        (
            .source(number: 2, receivedAt: .epoch, name: "a\\b", .disconnected("no such file")),
            "#source 2 0 a\\\\b disconnected no\\ssuch\\sfile"
        ),
        (.source(number: 3, receivedAt: .epoch, name: "", .ended), "#source 3 0  ended"),
        (
            .source(number: 4, receivedAt: .epoch, name: "s", .hungUp(partition: 7)),
            "#source 4 0 s hung-up 7"
        ),
        (.source(number: 4, receivedAt: .epoch, name: "x", .failed("")), "#source 4 0 x failed "),
        (.record(Array("{\"a\": 1}".utf8)), "{\"a\": 1}"),
        (.record([]), ""),
        (.record(Array("a\\nb".utf8)), "a\\nb"),
        (.record(Array("#1 \\ x".utf8)), "#record #1 \\\\ x"),
        (.record(Array("two\nlines\\".utf8)), "#record two\\nlines\\\\"),
    ])
    func format(_ line: RecordingLine, _ text: String) {
        #expect(String(decoding: line.bytes, as: UTF8.self) == text)
        #expect(RecordingLine(Array(text.utf8)) == line)
    }

    @Test(arguments: [
        "#", "#chunk", "#chunk 1 2 s 0 0 0", "#chunk 1 2 s 0 0 0 1 9", "#chunk 1 2 s 0 0 0 -1",
        "#chunk -1 2 s 0 0 0 1", "#chunk 1 2 s\\ 0 0 0 1", "#chunk 1  2 s 0 0 0 1", "#tick 1",
        "#tick 1 x", "#tick 1 2 3", "#source 1 2 s", "#source 1 2 s awake", "#source 1 2 s ended 1",
        "#source 1 2 s opened a", "#source 1 2 s hung-up", "#source 1 2 s hung-up x",
        "#source 1 2 s failed", "#source 1 2 s failed a b",
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
                    count: Int.random(in: 0...(.max), using: &self)))
        case 1: return .tick(number: number(UInt64.self), at: at)
        case 2:
            return .source(number: number(UInt64.self), receivedAt: at, name: text(), change())
        default:
            let alphabet = Array("#record \\n\n\r{\u{7f}".utf8) + [0x00, 0xFF, 0xC3]
            return .record(
                (0..<Int.random(in: 0..<20, using: &self))
                    .map { _ in alphabet.randomElement(using: &self)! })
        }
    }
}
