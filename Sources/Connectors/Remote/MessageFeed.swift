import Events

/// The way of one partition's messages into the sink.
struct MessageFeed {
    let stream: Int
    let sink: any ChunkSink
    private(set) var origin: Origin
    private var batch = MessageBatch()

    init(stream: Int, origin: Origin, into sink: some ChunkSink) {
        self.stream = stream
        self.origin = origin
        self.sink = sink
    }

    var holdsSomething: Bool { !batch.isEmpty }

    func report(_ state: SourceChange.State) {
        sink.report(SourceChange(stream: stream, source: origin.source, state: state))
    }

    /// Blocks while the sink has no room. False: stopped.
    mutating func take(
        _ message: UnsafeRawBufferPointer, at offset: Int64, metadata: [UInt8] = []
    ) -> Bool {
        if !batch.isEmpty, batch.isFull || offset != batch.nextOffset {
            guard flush() else { return false }
        }
        batch.append(message, at: offset, metadata: metadata)
        return true
    }

    /// Hands over what is there. False: stopped.
    mutating func flush() -> Bool {
        guard !batch.isEmpty else { return true }
        let (offset, lines, bytes) = batch.take()
        return sink.admit(
            Chunk(stream: stream, origin: origin, firstOffset: offset, lines: lines, bytes: bytes))
    }

    /// From here on offsets mean something else.
    mutating func beginIncarnation() -> Bool {
        guard flush() else { return false }
        origin.incarnation += 1
        return true
    }
}
