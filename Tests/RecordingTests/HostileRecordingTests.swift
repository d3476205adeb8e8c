import Events
import Foundation
import Testing

@testable import Recording

/// Files that somebody made to do harm: they are refused with a reason, in bounded memory.
@Suite struct HostileRecordingTests {
    private let sample: SampleRecording

    init() throws { sample = try SampleRecording(seed: 1, seconds: 1) }

    /// The sample with its last frame and index replaced.
    private func read(behindHeader bytes: [UInt8]) throws -> ReadRecording {
        let index = try #require(RecordingIndex(of: RecordingFile(sample.path)))
        return try ReadRecording(
            Array(sample.bytes[..<Int(index.frames[1].offset)]) + bytes, in: sample.folder)
    }

    private func frame(_ text: String, groups: Bool = true) -> [UInt8] {
        let compressor = FrameCompressor()
        var hash = XXHash()
        hash.update(Array(text.utf8))
        if groups {
            compressor.add(Array("#group \(text.utf8.count) \(hash.value.hexText)\n".utf8))
        }
        compressor.add(Array(text.utf8))
        return compressor.take(end: true)
    }

    private let start = "#frame 1 0000000000000007 0 -\n"

    private func peak() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    /// A gibibyte of one letter, as a line and as a group.
    @Test func aBombIsRefused() throws {
        defer { sample.remove() }
        let before = peak()
        let compressor = FrameCompressor()
        let piece = [UInt8](repeating: 0x61, count: 8 << 20)
        compressor.add(Array("#group 60000000 0000000000000000\n".utf8))
        for _ in 0..<128 { compressor.add(piece) }
        let bomb = compressor.take(end: true)
        let read = try read(behindHeader: bomb)
        #expect(read.inputs == [] && read.damages.count == 1)
        for _ in 0..<128 { compressor.add(piece) }
        let line = try self.read(behindHeader: compressor.take(end: true))
        #expect(line.damages.map(\.words) == ["what is there isn't from a recording"])
        #expect(peak() - before < 400 << 10, "in KiB")
    }

    @Test(arguments: [
        ("#group 99999999999999 0000000000000000\n", "what is there isn't from a recording"),
        ("#group -1 0000000000000000\n", "what is there isn't from a recording"),
        ("#group 10 0000000000000000\n0123456789", "a group isn't as it was written"),
        ("#group 10 0000000000000000\n0123", "a frame ends in the middle of a group"),
    ])
    func groupsThatLie(_ text: String, _ words: String) throws {
        defer { sample.remove() }
        let read = try read(behindHeader: frame(text, groups: false))
        #expect(read.damages.map(\.words) == [words])
    }

    @Test(arguments: [
        "#chunk 1 5 s 0 0 0 9 0\n{}\n", "#chunk 1 5 s 0 0 9223372036854775807 1 0\n{}\n",
        "#chunk 1 5 s 0 0 0 1 0\n#record a\\nb\n", "#chunk 1 5 s 0 0 0 1 0\n#nothing\n",
        "#tick 1 -5\n", "#tick 0 5\n", "#tick 1 9223372036854775807\n",
        "#dashboard 1 5 1 3\n#| a\n",
        "{\"a\":1}\n", "#weir 1 0 0 0\n", "#| text\n", "#frame 1 0000000000000007 0 -\n", "#what\n",
    ])
    func linesThatMeanNothing(_ lines: String) throws {
        defer { sample.remove() }
        let read = try read(behindHeader: frame(start + lines))
        #expect(read.inputs == [] && read.damages.count >= 1)
    }

    /// A number far ahead is said, and not filled with ticks.
    @Test func numbersFarApart() throws {
        defer { sample.remove() }
        let lines = "#tick 1 100000000\n#tick 18446744073709551615 7000000000000000000\n"
        let read = try read(behindHeader: frame(start + lines))
        #expect(read.inputs.count == 2)
        #expect(read.damages.map(\.words) == ["inputs 2 to 18446744073709551614 are missing"])
    }

    @Test func whatIsNoRecordingIsRefused() throws {
        defer { sample.remove() }
        for bytes in [[], Array("{\"a\":1}\n".utf8), frame("{\"a\":1}\n", groups: false)] {
            let read = try ReadRecording(bytes, in: sample.folder)
            #expect(read.refusal?.contains("no recording") == true, "\(read.refusal ?? "")")
        }
        let later = frame("#frame 0 0000000000000007 0 -\n#weir 99 9.9 0 1\n")
        let read = try ReadRecording(later, in: sample.folder)
        #expect(read.refusal?.contains("format 99, by weir 9.9") == true)
        #expect(throws: RecordingError.self) { try RecordingFile("/dev/zero") }
        #expect(throws: RecordingError.self) { try RecordingFile("/nowhere") }
    }
}
