import Events
import Glibc

/// The way of one partition's bytes into the sink: framed, numbered, admitted.
struct RecordFeed {
    /// What came of one read.
    enum Progress {
        case read(Int)
        /// Nothing is there now.
        case nothing
        case end
        case failed(SystemError)
        /// The sink takes nothing any more.
        case stopped
    }

    let stream: Int
    let sink: any ChunkSink
    private(set) var origin: Origin
    /// A file is there when it is wanted; reading far ahead of the engine would only fill memory
    /// and empty the processor's caches.
    static let fileReadAhead = 8 * LineFramer.roomLimit

    /// Bytes that may wait to be taken.
    private let readAhead: Int
    /// Chunks handed over.
    private(set) var admitted = 0
    /// Bytes that reads have brought.
    private(set) var received = 0
    private var framer = LineFramer()

    /// How reading to the end came out.
    enum Ending {
        case end
        case failed(SystemError)
        case stopped
    }

    init(_ source: some Source, into sink: some ChunkSink, partition: Int = 0) {
        self.init(
            stream: source.stream, origin: Origin(source: source.name, partition: partition),
            into: sink)
    }

    init(stream: Int, origin: Origin, readAhead: Int = .max, into sink: some ChunkSink) {
        self.readAhead = readAhead
        self.stream = stream
        self.origin = origin
        self.sink = sink
    }

    func report(_ state: SourceChange.State) {
        sink.report(SourceChange(stream: stream, source: origin.source, state: state))
    }

    /// From here on lines are numbered from 0 again, in a new life of the partition. What is left
    /// of the last line is a record, for its rest will not come. False: stopped.
    mutating func beginIncarnation() -> Bool {
        guard finish() else { return false }
        origin.incarnation += 1
        framer = LineFramer()
        return true
    }

    /// Reading begins somewhere in a line, whose rest is not to be seen.
    mutating func beginMidLine() { framer = LineFramer(midLine: true) }

    /// Hands over the last line, if it had no newline. False: stopped.
    mutating func finish() -> Bool { admit(framer.finish()) }

    /// One read of at most `room` bytes. Blocks while the sink has no room, and if the descriptor
    /// blocks.
    mutating func read(_ descriptor: Int32, room: Int) -> Progress {
        var count = 0
        var failure: SystemError?
        let framed = framer.frame(room: room) { buffer in
            count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 { failure = .last }
            return max(0, count)
        }
        switch failure?.code {
        case EAGAIN, EINTR: return .nothing
        case .some: return .failed(failure!)
        case nil: break
        }
        received += count
        guard admit(framed) else { return .stopped }
        return count == 0 ? .end : .read(count)
    }

    /// The same for bytes that are already here. False: stopped.
    mutating func take(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(LineFramer.roomLimit)
            let framed = framer.frame(room: part.count) { buffer in
                buffer.copyBytes(from: part)
                return part.count
            }
            guard admit(framed) else { return false }
            rest = rest.dropFirst(part.count)
        }
        return true
    }

    /// Takes what is there as soon as it is there, until the end has come, reading fails, or at the
    /// sign to stop. A last line without a newline is handed over by `conclude`.
    mutating func readToEnd(of descriptor: Int32, until stop: Stop) -> Ending {
        while !sink.isStopping, stop.wait(input: descriptor) == .ready {
            switch read(descriptor, room: roomForWhatIsThere(descriptor)) {
            case .read, .nothing: continue
            case .stopped: return .stopped
            case .end: return .end
            case .failed(let error): return .failed(error)
            }
        }
        return .stopped
    }

    /// Hands over what is left, and says how it ended.
    mutating func conclude(_ ending: Ending, atEnd: SourceChange.State = .ended) {
        switch ending {
        case .stopped: return
        case .end: if finish() { report(atEnd) }
        case .failed(let error): if finish() { report(.failed("\(origin.source): \(error)")) }
        }
    }

    private mutating func admit(_ framed: FramedLines?) -> Bool {
        guard let framed else { return true }
        admitted += 1
        return sink.admit(
            Chunk(
                stream: stream, origin: origin, firstOffset: framed.firstOffset,
                lines: framed.lines, bytes: framed.bytes), readAhead: readAhead)
    }
}

/// As much room as a read will fill, so that a trickle doesn't hold a quarter of a megabyte per
/// chunk. What can't say how much it has gets all; the number is cut to 32 bits for large files.
func roomForWhatIsThere(_ descriptor: Int32) -> Int {
    var waiting: Int32 = 0
    let failure = ioctl(descriptor, UInt(FIONREAD), &waiting)
    guard failure == 0, waiting >= 0 else { return LineFramer.roomLimit }
    return min(max(4096, Int(waiting)), LineFramer.roomLimit)
}
