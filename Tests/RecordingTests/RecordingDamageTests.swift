import Events
import Foundation
import TestSeeds
import Testing

@testable import Recording

/// Whatever happens to a file: what comes back was in it, in its order, and what is missing is
/// said.
@Suite struct RecordingDamageTests {
    private static let isSoak = ProcessInfo.processInfo.environment["WEIR_SOAK"] != nil

    /// The longest prefix comes back.
    @Test(arguments: seeds(1))
    func truncation(seed: UInt64) throws {
        let sample = try SampleRecording(seed: seed, seconds: Self.isSoak ? 400 : 60)
        defer { sample.remove() }
        let whole = try ReadRecording(sample.bytes, in: sample.folder)
        var random = SplitMix(seed: seed)
        let most = min(sample.bytes.count, 65_536)
        let cuts = Self.isSoak ? Array(1...most) : (0..<300).map { _ in random.number(1..<most) }
        var last = (cut: 0, count: Int.max)
        for cut in cuts.sorted() {
            let read = try ReadRecording(Array(sample.bytes.dropLast(cut)), in: sample.folder)
            guard read.refusal == nil else { continue }
            #expect(read.inputs == Array(whole.inputs.prefix(read.inputs.count)), "cut \(cut)")
            #expect(read.inputs.count <= last.count, "less was cut off than at \(last.cut)")
            #expect(read.hashes.allSatisfy { $1 == $0 &* 31 })
            #expect(read.end != nil || read.inputs.count <= whole.inputs.count)
            last = (cut, read.inputs.count)
        }
        #expect(last.count < whole.inputs.count / 2 + 1 || Self.isSoak)
    }

    /// What was committed before is there, wherever the file ends behind it.
    @Test func whatWasCommittedIsThere() throws {
        let sample = try SampleRecording(seed: 5, isClosed: false)
        defer { sample.remove() }
        let read = try ReadRecording(sample.bytes, in: sample.folder)
        #expect(sample.inputs.count - read.inputs.count < 10)
        #expect(read.damages.map(\.words) == ["the file ends in the middle of a frame"])
    }

    @Test(arguments: seeds(1))
    func flippedBits(seed: UInt64) throws {
        let sample = try SampleRecording(seed: seed, seconds: 60)
        defer { sample.remove() }
        let whole = try ReadRecording(sample.bytes, in: sample.folder)
        let known = Set(whole.inputs)
        var random = SplitMix(seed: seed &+ 1)
        var survivors = 0
        for _ in 0..<(Self.isSoak ? 10_000 : 300) {
            var bytes = sample.bytes
            let place = random.number(0..<bytes.count)
            bytes[place] ^= 1 << UInt8(random.number(0..<8))
            let read = try ReadRecording(bytes, in: sample.folder)
            #expect(known.isSuperset(of: read.inputs), "byte \(place)")
            #expect(isAscending(read.inputs), "byte \(place)")
            #expect(read.hashes.allSatisfy { $1 == $0 &* 31 })
            let isSaid = read.refusal != nil || !read.damages.isEmpty
            #expect(isSaid || read.inputs == whole.inputs, "byte \(place): a loss isn't said")
            if isSaid, read.inputs.count > whole.inputs.count / 2 { survivors += 1 }
        }
        #expect(survivors > 0)
    }

    private func isAscending(_ inputs: [String]) -> Bool {
        let numbers = inputs.compactMap { UInt64($0.split(separator: " ")[0]) }
        return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    }

    // MARK: Frames

    private func frames(_ sample: SampleRecording) throws -> [[UInt8]] {
        let index = try #require(RecordingIndex(of: RecordingFile(sample.path)))
        let starts = index.frames.map { Int($0.offset) }
        let ends = starts.dropFirst() + [sample.bytes.count]
        return zip(starts, ends).map { Array(sample.bytes[$0..<$1]) }
    }

    @Test func aFrameThatIsGoneIsSaid() throws {
        let sample = try SampleRecording(seed: 2)
        defer { sample.remove() }
        let whole = try ReadRecording(sample.bytes, in: sample.folder)
        let frames = try frames(sample)
        #expect(frames.count >= 5)
        for gone in 1..<(frames.count - 1) {
            var rest = frames
            rest.remove(at: gone)
            let read = try ReadRecording(Array(rest.joined()), in: sample.folder)
            let words = read.damages.first?.words ?? ""
            #expect(words.hasPrefix("frames \(gone) to \(gone) are missing; inputs "))
            #expect(Set(whole.inputs).isSuperset(of: read.inputs) && isAscending(read.inputs))
            #expect(read.inputs.last == whole.inputs.last)
        }
    }

    @Test func framesInTheWrongPlaceAreLeftOut() throws {
        let sample = try SampleRecording(seed: 2)
        defer { sample.remove() }
        let whole = try ReadRecording(sample.bytes, in: sample.folder)
        let frames = try frames(sample)
        var swapped = frames
        swapped.swapAt(2, 3)
        let read = try ReadRecording(Array(swapped.joined()), in: sample.folder)
        #expect(read.damages.count == 2)
        #expect(read.damages.last?.words.hasPrefix("frame 2 stands where frame 4 should") == true)
        #expect(Set(whole.inputs).isSuperset(of: read.inputs) && isAscending(read.inputs))
        let twice = Array((frames[0...2] + frames[2...]).joined())
        let again = try ReadRecording(twice, in: sample.folder)
        #expect(again.damages.count == 1 && again.inputs == whole.inputs)
    }

    @Test func framesOfAnotherRecordingAreLeftOut() throws {
        let sample = try SampleRecording(seed: 2)
        let other = try SampleRecording(seed: 4, id: 8)
        defer {
            sample.remove()
            other.remove()
        }
        let frames = try frames(sample)
        let bytes = Array((frames[0...1] + [try self.frames(other)[2]] + frames[2...]).joined())
        let read = try ReadRecording(bytes, in: sample.folder)
        #expect(read.damages.map(\.words) == ["a frame of another recording is left out"])
        #expect(read.inputs == (try ReadRecording(sample.bytes, in: sample.folder).inputs))
    }
}
