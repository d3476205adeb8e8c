import Events

/// Something that asks, again and again, how far a consumer group has come, and gives what it found
/// to a sink. It judges nothing: the engine holds the rules.
///
/// Every poll is reported, one that got no answer too, and each partition's commit is read before
/// its end, so that a consumer that keeps up never seems to be ahead.
package protocol LagProbe: Sendable {
    /// Index into the dashboard's lag probes.
    var probe: Int { get }

    /// The consumer group, as the user gave it.
    var group: String { get }

    /// Blocks its thread until somebody says stop.
    func run(into sink: some ChunkSink)
}
