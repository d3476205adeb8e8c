import Events
import Foundation
import TestSeeds
import Testing

@testable import Recording

@Suite struct RecordingFileTests {
    /// What was written comes back, the ticks between too.
    @Test(arguments: seeds(5))
    func roundTrip(seed: UInt64) throws {
        let sample = try SampleRecording(seed: seed)
        defer { sample.remove() }
        let reader = try RecordingReader(RecordingFile(sample.path))
        #expect(reader.header.bounded == [1] && reader.header.title.program == "test")
        #expect(reader.header.dashboard == "version: 1\nviews: { v: count() }\n")
        let read = ReadRecording(reader)
        #expect(read.inputs == Array(sample.inputs.prefix(read.inputs.count)), "seed \(seed)")
        // Ticks at the end may be missing, for they were not written.
        #expect(sample.inputs.count - read.inputs.count < 10)
        #expect(read.damages == [] && read.end?.hash == 99)
        #expect(read.hashes.allSatisfy { $1 == $0 &* 31 } && read.hashes.count > 50)
    }

    @Test func theFileIsForItsUserAlone() throws {
        let sample = try SampleRecording(seed: 1, seconds: 1)
        defer { sample.remove() }
        let attributes = try FileManager.default.attributesOfItem(atPath: sample.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func whatIsThereIsNotWrittenOver() throws {
        let sample = try SampleRecording(seed: 1, seconds: 1)
        defer { sample.remove() }
        let header = RecordingHeader(
            program: "", startedAt: .epoch, digest: 1, dashboard: "")
        #expect(throws: RecordingError.self) {
            try RecordingWriter(path: sample.path, header: header, id: 0)
        }
        let link = sample.folder.appendingPathComponent("link").path
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: sample.folder.appendingPathComponent("new").path)
        #expect(throws: RecordingError.self) {
            try RecordingWriter(path: link, header: header, id: 0)
        }
        #expect(Array(try Data(contentsOf: URL(fileURLWithPath: sample.path))) == sample.bytes)
    }

    @Test func theIndexSaysWhereFramesAre() throws {
        let sample = try SampleRecording(seed: 3)
        defer { sample.remove() }
        let index = try #require(RecordingIndex(of: RecordingFile(sample.path)))
        #expect(index.frames.count >= 5)
        #expect(index.frames.map(\.number) == index.frames.map(\.number).sorted())
        #expect(index.end?.hash == 99)
        for frame in index.frames {
            let magic = sample.bytes[Int(frame.offset)...].prefix(4)
            #expect(Array(magic) == [0x28, 0xB5, 0x2F, 0xFD])
        }
        let open = try SampleRecording(seed: 3, isClosed: false)
        defer { open.remove() }
        #expect(try RecordingIndex(of: RecordingFile(open.path)) == nil)
    }

    /// What was made by earlier versions opens in this one.
    @Test(arguments: ["format-1.weir"])
    func earlierFormats(name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let path = folder.appendingPathComponent("Recordings/\(name)").path
        let read = ReadRecording(try RecordingReader(RecordingFile(path)))
        #expect(read.damages == [] && read.end != nil)
        #expect(read.inputs.count > 20 && read.hashes.count > 20)
    }
}
