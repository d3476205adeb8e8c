import Events
import Testing

@testable import Connectors

/// Files compressed by the real programs: two members behind each other, the last line without its
/// newline.
@Suite struct CompressedFileTests {
    private static let files: [Compression: [UInt8]] = [
        .gzip: [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0xCA, 0x53,
            0xB2, 0x32, 0xA8, 0xE5, 0xAA, 0x06, 0xD1, 0x86, 0x50, 0xDA, 0xA8, 0x96, 0x0B, 0x00,
            0xF0, 0x0D, 0x8A, 0x59, 0x18, 0x00, 0x00, 0x00, 0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00,
            0x00, 0x00, 0x02, 0x03, 0xAB, 0x56, 0xCA, 0x53, 0xB2, 0x32, 0xAE, 0xE5, 0xAA, 0x06,
            0xD1, 0x26, 0xB5, 0x00, 0xE5, 0x52, 0x13, 0xCE, 0x0F, 0x00, 0x00, 0x00,
        ],
        .zstd: [
            0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x18, 0xC1, 0x00, 0x00, 0x7B, 0x22, 0x6E, 0x22, 0x3A,
            0x30, 0x7D, 0x0A, 0x7B, 0x22, 0x6E, 0x22, 0x3A, 0x31, 0x7D, 0x0A, 0x7B, 0x22, 0x6E,
            0x22, 0x3A, 0x32, 0x7D, 0x0A, 0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x0F, 0x79, 0x00, 0x00,
            0x7B, 0x22, 0x6E, 0x22, 0x3A, 0x33, 0x7D, 0x0A, 0x7B, 0x22, 0x6E, 0x22, 0x3A, 0x34,
            0x7D,
        ],
    ]

    private func read(_ bytes: [UInt8]) throws -> TestSink {
        let folder = TestFolder()
        let path = folder.path("data.log")
        let writer = Writer(path: path)
        writer.write(bytes)
        let sink = TestSink()
        FileSource(stream: 0, path: path, follow: false, startAtEnd: false, stop: Stop())
            .run(into: sink)
        return sink
    }

    private func text(_ sink: TestSink) -> String {
        String(decoding: sink.chunks.flatMap { Array($0.bytes.bytes) }, as: UTF8.self)
    }

    @Test(arguments: [Compression.gzip, .zstd])
    func aFileIsReadWhateverItsName(_ compression: Compression) throws {
        let sink = try read(Self.files[compression]!)
        #expect(text(sink) == (0..<5).map { "{\"n\":\($0)}\n" }.joined())
        #expect(sink.changes == [.opened(partitions: [0]), .ended])
    }

    /// Its end is not the end of time: other files may come.
    @Test func oneOfAFollowedPatternHangsUp() {
        let folder = TestFolder()
        Writer(path: folder.path("a.gz")).write(Self.files[.gzip]!)
        let (sink, stop) = (TestSink(), Stop())
        let source = PatternSource(
            stream: 0, pattern: folder.path("*.gz"), follow: true, progress: EventTimeProgress(),
            stop: stop)
        let thread = SourceThread(source, into: sink)
        #expect(sink.wait { $0.lineCount == 5 && $0.changes.count == 3 })
        sink.stop()
        stop.signal()
        #expect(thread.join(within: 5))
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .opened(partitions: []), .hungUp(partition: 0),
            ])
    }

    /// Whatever can be read comes, and then it is said that the rest doesn't.
    @Test(arguments: [Compression.gzip, .zstd])
    func aFileThatEndsInItsMiddle(_ compression: Compression) throws {
        let sink = try read(Self.files[compression]!.dropLast(5))
        guard case .failed(let reason)? = sink.changes.last else {
            Issue.record("\(sink.changes)")
            return
        }
        #expect(reason.hasSuffix("the \(compression.rawValue) data ends in its middle"))
        #expect(text(sink).hasPrefix("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n"))
    }

    @Test(arguments: [Compression.gzip, .zstd])
    func aDamagedFile(_ compression: Compression) throws {
        var bytes = Self.files[compression]!
        for i in 4..<20 { bytes[i] ^= 0xFF }
        guard case .failed(let reason)? = try read(bytes).changes.last else {
            Issue.record("nothing was said")
            return
        }
        #expect(reason.contains("is damaged") || reason.contains("ends in its middle"))
    }

    /// More than a piece comes out of one input.
    @Test func whatGrowsALot() throws {
        let decompressor = Decompressor(.gzip)
        var count = 0
        let isDone = try decompressor.decompress(Self.zeros) { piece in
            count += piece.count
            return true
        }
        #expect(isDone && count == 1 << 20 && decompressor.isComplete)
    }

    /// A mebibyte of zeros.
    private static let zeros: [UInt8] =
        [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x31, 0x01,
            0x00, 0x00, 0x00, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 0x08, 0x5F, 0xA0,
        ]
        + Array(repeating: 0, count: 1016) + [
            0x3E, 0x03, 0x1C, 0xEA, 0x38, 0xA7, 0x00, 0x00, 0x10, 0x00,
        ]
}
