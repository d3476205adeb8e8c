import Events
import TestSeeds
import Testing

@testable import Connectors

@Suite struct LineFramerTests {
    /// Against cutting the whole text at once, with every record cut at the limit.
    @Test(arguments: seeds(25).map { Int($0) })
    func cutsAsIfAllHadComeAtOnce(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = someLines(1 + random.below(4_000), longest: 200, seed: UInt64(seed))
        if random.below(2) == 0 { bytes.removeLast() }
        let framed = frame(bytes) { 1 + random.below([1, 10, 1_000][seed % 3]) }
        #expect(framed.bytes == (bytes.last == 10 || bytes.isEmpty ? bytes : bytes + [10]))
        #expect(framed.isNumbered)
    }

    @Test(
        arguments: [-1, 0, 1, 2, 300_000, 1 << 20], [LineFramer.roomLimit, 65_536, 100_003])
    func cutsAtTheLimit(over: Int, room: Int) {
        let line = [UInt8](repeating: 0x78, count: Chunk.recordLimit + over)
        let kept = line.prefix(Chunk.recordLimit + 1)
        for after in [[10, 0x61, 10, 10, 0x62, 10], [10], []] as [[UInt8]] {
            let framed = frame([0x61, 10] + line + after) { room }
            let isRight = framed.bytes == [0x61, 10] + kept + (after.isEmpty ? [10] : after)
            #expect(isRight, "\(after)")
            #expect(framed.isNumbered)
        }
    }

    @Test(arguments: [
        ("rest\na\n", "a\n"), ("\na\nb", "a\nb\n"), ("rest", ""), ("rest\n", ""), ("\n\n", "\n"),
    ])
    func aLineWhoseBeginningWasNotSeenIsNothing(_ text: String, _ whole: String) {
        for room in 1...8 {
            let framed = frame(Array(text.utf8), midLine: true) { room }
            #expect(framed.bytes == Array(whole.utf8))
            #expect(framed.isNumbered)
        }
    }

    private func frame(
        _ bytes: [UInt8], midLine: Bool = false, room: () -> Int
    ) -> (bytes: [UInt8], isNumbered: Bool) {
        var framer = LineFramer(midLine: midLine)
        var rest = bytes[...]
        var all: [FramedLines] = []
        while !rest.isEmpty {
            let lines = framer.frame(room: room()) { buffer in
                let part = rest.prefix(buffer.count)
                buffer.copyBytes(from: part)
                rest = rest.dropFirst(part.count)
                return part.count
            }
            if let lines { all.append(lines) }
        }
        if let lines = framer.finish() { all.append(lines) }
        var offset: Int64 = 0
        let isNumbered = all.allSatisfy { lines in
            defer { offset += Int64(lines.lines) }
            let bytes = lines.bytes.bytes
            return lines.firstOffset == offset && lines.lines == bytes.count { $0 == 10 }
                && bytes.last == 10
        }
        return (all.flatMap { Array($0.bytes.bytes) }, isNumbered && framer.nextOffset == offset)
    }
}
