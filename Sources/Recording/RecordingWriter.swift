import Events

/// Writes a recording: lines into groups, groups into frames, frames into a file.
///
/// A group is a length and a hash, and then lines; a reader uses all of it or nothing. A frame
/// holds groups of at most about 4 MiB or 10 s, and can be read without the others; the header has
/// one to itself. What was committed is durable. Not for several threads at once.
package final class RecordingWriter {
    /// A group is closed when it is this long; one chunk is never divided.
    static let groupSize = 1 << 20
    static let frameSize = 4 << 20
    static let frameSpan = Nanoseconds.seconds(10)

    private let output: RecordingOutput
    private let compressor = FrameCompressor()
    private let id: UInt64
    private var group: [UInt8] = []
    /// Of the frame: its bytes before compression, and the instant of its first input.
    private var frameBytes = 0
    private var frameStartedAt: Timestamp?
    private var sequence = 0
    private var place = RecordingPlace()
    /// Of the file, written and asked to be durable.
    package private(set) var bytes = 0
    private var index = RecordingIndex()

    /// `id` tells its frames from those of another recording.
    package init(
        path: String, header: RecordingHeader, id: UInt64
    ) throws(RecordingError) {
        output = try RecordingOutput(path)
        self.id = id
        beginFrame()
        for line in header.lines { write(line) }
        try write(endsFrame: true)
        output.syncFolder()
    }

    /// The last input that was appended.
    package var number: UInt64 { place.number }

    /// Ticks that a reader can work out are left out.
    package func append(_ input: NumberedInput) {
        if frameStartedAt == nil { frameStartedAt = input.receivedAt }
        switch input.input {
        case .chunk(let chunk): append(chunk, input)
        case .tick(let at): write(.tick(number: input.number, at: at))
        case .source(let change):
            write(.source(number: input.number, receivedAt: input.receivedAt, change))
        case .lag(let sample):
            write(.lag(number: input.number, receivedAt: input.receivedAt, sample))
        case .loss(let loss):
            write(.lost(number: input.number, receivedAt: input.receivedAt, loss))
        case .operator(let action):
            write(.operator(number: input.number, receivedAt: input.receivedAt, action))
        case .restored(let memory):
            let lines = memory.lines
            write(
                .remembered(
                    number: input.number, receivedAt: input.receivedAt, lines: lines.count))
            for line in lines { write(.text(line)) }
        case .dashboard: preconditionFailure("a dashboard is appended with its text")
        }
        place.pass(input)
        sealIfFull()
    }

    /// Another dashboard that takes over.
    package func append(dashboard text: String, plan: Int, _ input: NumberedInput) {
        let lines = RecordingLine.dashboard(
            text, number: input.number, receivedAt: input.receivedAt, plan: plan)
        for line in lines { write(line) }
        place.pass(input)
        sealIfFull()
    }

    package func append(hash: UInt64, of number: UInt64) { write(.hash(number: number, hash)) }

    package func append(_ mark: AlertMark) {
        index.note(mark)
        write(.alert(mark))
    }

    /// The inputs that follow have numbers above this one.
    package func skip(to number: UInt64, tick: Timestamp?) {
        write(.gap(number: number, tick: tick))
        place = RecordingPlace(number: number, tick: tick)
    }

    /// Returns when everything that was appended is durable.
    package func commit() throws(RecordingError) {
        seal()
        try write(endsFrame: isFrameFull)
    }

    /// Closes the file. `hash`: that of the whole last snapshot; nil where there is none.
    package func close(hash: (number: UInt64, value: UInt64)?) throws(RecordingError) {
        if let hash {
            write(.end(number: hash.number, hash.value))
            index.end = RecordingIndex.End(number: hash.number, hash: hash.value)
        }
        seal()
        if frameBytes > 0 { try write(endsFrame: true) }
        try output.append(index.skippableFrame)
        try output.sync()
    }

    private var isFrameFull: Bool {
        guard let frameStartedAt else { return false }
        return frameBytes >= Self.frameSize || place.at - frameStartedAt >= Self.frameSpan
    }

    private func append(_ chunk: Chunk, _ input: NumberedInput) {
        write(
            .chunk(
                ChunkHeader(
                    number: input.number, receivedAt: input.receivedAt, origin: chunk.origin,
                    firstOffset: chunk.firstOffset, count: chunk.lines, stream: chunk.stream)))
        index.noteRecords(chunk.lines)
        RecordingText.append(chunk.bytes.bytes, to: &group)
    }

    private func write(_ line: RecordingLine) {
        if group.isEmpty, frameBytes == 0 { beginFrame() }
        group.append(contentsOf: line.bytes)
        group.append(UInt8(ascii: "\n"))
    }

    private func beginFrame() {
        guard frameBytes == 0, group.isEmpty else { return }
        let start = FrameStart(
            sequence: sequence, id: id, number: place.number, tick: place.tick)
        index.beginFrame(at: Int64(bytes), start, place.at)
        group.append(contentsOf: RecordingLine.frame(start).bytes)
        group.append(UInt8(ascii: "\n"))
    }

    private func sealIfFull() {
        if group.count >= Self.groupSize { seal() }
    }

    /// Closes the group.
    private func seal() {
        guard !group.isEmpty else { return }
        var hash = XXHash()
        hash.update(group)
        let header = Array("#group \(group.count) \(hash.value.hexText)\n".utf8)
        compressor.add(header)
        compressor.add(group)
        frameBytes += header.count + group.count
        group.removeAll(keepingCapacity: true)
    }

    private func write(endsFrame: Bool) throws(RecordingError) {
        seal()
        guard frameBytes > 0 else { return }
        let written = compressor.take(end: endsFrame)
        if endsFrame {
            frameBytes = 0
            frameStartedAt = nil
            sequence += 1
        }
        guard !written.isEmpty else { return }
        try output.append(written)
        bytes += written.count
        try output.sync()
    }
}

/// How far a recording has come: the last input's number and stamp, and the tick that is next.
struct RecordingPlace: Hashable {
    var number: UInt64 = 0
    var at = Timestamp.beginning
    var tick: Timestamp?

    mutating func pass(_ input: NumberedInput) {
        number = input.number
        at = max(at, input.receivedAt)
        if case .tick(let tick) = input.input {
            self.tick = tick + Input.tickInterval
        } else {
            skipTicks()
        }
    }

    /// Ticks before the last input are over.
    private mutating func skipTicks() {
        guard let next = tick, next < at else { return }
        let grid = Input.tickInterval.rawValue
        tick = Timestamp(rawValue: (at.rawValue + grid - 1) / grid * grid)
    }
}
