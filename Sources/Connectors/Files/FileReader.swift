import Events
import Glibc

/// Reads a file that is open to its end, a step at a time; one that is compressed is decompressed.
struct FileReader {
    private static let compressedRoom = 64 << 10

    /// What came of a step.
    enum Step {
        case more
        /// Read to its end, or as far as it can be read, which was said.
        case over
        case stopped
    }

    private let file: OpenFile
    private let decompressor: (Compression, Decompressor)?
    /// What is said when it was read to its end.
    private let atEnd: SourceChange.State
    private(set) var feed: RecordFeed

    init(_ file: OpenFile, _ feed: RecordFeed, atEnd: SourceChange.State = .ended) {
        self.file = file
        self.atEnd = atEnd
        self.feed = feed
        decompressor = file.compression.map { ($0, Decompressor($0)) }
    }

    /// One read of at most `room` bytes, and what it brought handed over. Waits for a pipe.
    mutating func step(room: Int, until stop: Stop) -> Step {
        guard !feed.sink.isStopping, stop.wait(input: file.descriptor) == .ready else {
            return .stopped
        }
        if let (compression, decompressor) = decompressor {
            return step(compression, decompressor, room: min(room, Self.compressedRoom))
        }
        switch feed.read(file.descriptor, room: min(room, roomForWhatIsThere(file.descriptor))) {
        case .read, .nothing: return .more
        case .stopped: return .stopped
        case .end: return conclude(.end)
        case .failed(let error): return conclude(.failed(error))
        }
    }

    private mutating func step(
        _ compression: Compression, _ decompressor: Decompressor, room: Int
    ) -> Step {
        var buffer = [UInt8](repeating: 0, count: room)
        let n = Glibc.read(file.descriptor, &buffer, buffer.count)
        if n < 0 { return errno == EINTR ? .more : conclude(.failed(.last)) }
        guard n > 0 else {
            return decompressor.isComplete
                ? conclude(.end) : fail("the \(compression.rawValue) data ends in its middle")
        }
        do throws(DecompressionError) {
            let goesOn = try decompressor.decompress(Array(buffer[..<n])) { feed.take($0) }
            return goesOn ? .more : .stopped
        } catch {
            return fail(error.description)
        }
    }

    private mutating func conclude(_ ending: RecordFeed.Ending) -> Step {
        feed.conclude(ending, atEnd: atEnd)
        return .over
    }

    private mutating func fail(_ reason: String) -> Step {
        if feed.finish() { feed.report(.failed("\(feed.origin.source): \(reason)")) }
        return .over
    }
}
