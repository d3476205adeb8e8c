import Events
import TestSeeds
import Testing

@testable import Decoding

/// What holds for any input: seeded, and the seed is in the message.
@Suite struct DecodingPropertyTests {
    private static let uses = [
        field("a"), field("s"), field("o", "x"), field("l", 1, "y"), field("n\n"),
    ]
    private static let time = TimeField.field(FieldPath("t"), TimeFormat())

    /// A row or a dead letter with all that is known of it, in one line.
    private func facts(_ batch: ColumnBatch) -> [Int64: String] {
        var facts: [Int64: String] = [:]
        for row in 0..<batch.rowCount {
            let values = batch.columns.map {
                "\($0.kinds[row]) \($0.numbers[row]) \($0.dictionary[Int($0.codes[row])])"
            }
            let offset = batch.firstOffset + Int64(batch.lines[row])
            facts[offset] = "\(batch.times[row]) \(values)"
        }
        for letter in batch.deadLetters {
            facts[letter.offset] = "\(letter.reason) \(letter.position ?? -1) \(letter.bytes)"
        }
        #expect(facts.count == batch.recordCount)
        return facts
    }

    private func randomValue(_ random: inout SeededGenerator, depth: Int = 0) -> String {
        switch Int.random(in: 0..<(depth > 3 ? 8 : 10), using: &random) {
        case 0: "null"
        case 1: "true"
        case 2: "\(Int.random(in: -5...5, using: &random))"
        case 3: "\(Double.random(in: -1e9...1e9, using: &random))"
        case 4: "\"site-\(Int.random(in: 0..<9, using: &random))\""
        case 5: "\"a text of more than sixteen bytes \(Int.random(in: 0..<9, using: &random))\""
        case 6: #""esc\n\u00e9 \#(Int.random(in: 0..<9, using: &random))""#
        case 7: "1e400"
        case 8: "[0, {\"y\":\(randomValue(&random, depth: depth + 1))}]"
        default: "{\"x\":\(randomValue(&random, depth: depth + 1))}"
        }
    }

    private func randomRecord(_ random: inout SeededGenerator, _ i: Int) -> String {
        if Int.random(in: 0..<20, using: &random) == 0 {
            return ["", " \r", "bad", "{\"a\":"].randomElement(using: &random)!
        }
        var entries = ["a", "s", "o", "l", "u", #"n\n"#, "deep"].filter { _ in
            Bool.random(using: &random)
        }
        .map { "\"\($0)\":\(randomValue(&random))" }
        entries.append("\"t\":\(1_700_000_000_000 + i)")
        entries.shuffle(using: &random)
        return "{" + entries.joined(separator: [",", ", "].randomElement(using: &random)!) + "}"
    }

    @Test(arguments: seeds(20))
    func boundariesOfChunksDoNotMatter(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let lines = (0..<300).map { randomRecord(&random, $0) }
        var whole = RecordDecoder(fields: Self.uses, time: Self.time)
        let expected = facts(
            whole.decode(chunk(lines.joined(separator: "\n").utf8), latest: .end))
        var cut = RecordDecoder(fields: Self.uses, time: Self.time)
        var found: [Int64: String] = [:]
        var start = 0
        while start < lines.count {
            let end = min(lines.count, start + Int.random(in: 1...40, using: &random))
            let text = lines[start..<end].joined(separator: "\n") + "\n"
            let part = cut.decode(chunk(text.utf8, firstOffset: Int64(start)), latest: .end)
            found.merge(facts(part)) { _, _ in "twice" }
            start = end
        }
        #expect(found == expected, "seed \(seed)")
        #expect(expected.count == lines.count { $0.contains { $0 != " " && $0 != "\r" } })
    }

    @Test(arguments: 0..<40)
    func noBytesAreTooStrange(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let lines = (0..<100).map { randomRecord(&random, $0) }
        var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        let odd = Array("\"\\{}[]:,\n\r\0 0-9eu".utf8)
        for _ in 0..<Int(seed) * 10 {
            let i = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[i] = .random(in: 0...255, using: &random)
            case 1: bytes[i] = odd.randomElement(using: &random)!
            case 2: bytes.insert(odd.randomElement(using: &random)!, at: i)
            default: bytes.remove(at: i)
            }
        }
        if bytes.last != 10 { bytes.append(10) }
        var decoder = RecordDecoder(fields: Self.uses, time: Self.time)
        let batch = decoder.decode(chunk(bytes), latest: .end)
        let records = bytes.split(separator: 10).filter { line in
            !line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
        }
        #expect(batch.recordCount == records.count, "seed \(seed)")
        #expect(facts(batch).count == records.count, "seed \(seed)")
    }

    @Test(arguments: seeds(10))
    func garbage(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let bytes = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) } + [10]
        let batch = decode(bytes, Self.uses, firstOffset: 1)
        #expect(batch.rowCount == 0)
        #expect(
            batch.deadLetters.count
                == bytes.split(separator: 10).count { line in
                    !line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
                })
    }
}
