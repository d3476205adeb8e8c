import Events

/// Where sources and probes put what they find: the queue of all inputs, or a test.
package protocol ChunkSink: Sendable {
    /// Blocks while there is no room; that is the backpressure. False: the program is stopping,
    /// and the source returns at once. `readAhead`: how many bytes of this source may wait.
    func admit(_ chunk: Chunk, readAhead: Int) -> Bool

    /// Never waits for room.
    func report(_ change: SourceChange)

    /// Never waits for room.
    func report(lag sample: LagSample)

    /// Never waits for room.
    func report(_ loss: SourceLoss)

    var isStopping: Bool { get }
}

extension ChunkSink {
    package func admit(_ chunk: Chunk) -> Bool { admit(chunk, readAhead: .max) }
}

/// Something that delivers records: it reads bytes, frames them into whole records and gives those
/// to a sink.
///
/// Every source keeps the same contract, which `SourceContractTests` writes down: `opened` comes
/// before the first chunk; chunks hold whole records in order, with consecutive offsets in each
/// incarnation, none lost and none twice however the bytes arrived; a sink without room holds the
/// source back, and memory stays bounded; a stop ends it within one wait.
package protocol Source: Sendable {
    /// Index of the stream it feeds.
    var stream: Int { get }

    /// As the user gave it: a path, `stdin`, `demo:plant`.
    var name: String { get }

    /// Whether it is read to its end. A live one may end too, when its other side closes it.
    var isBounded: Bool { get }

    /// Blocks its thread until the source has ended or failed, or somebody says stop.
    func run(into sink: some ChunkSink)
}
