import Events

/// A descriptor that is already open, mostly standard input: read until its other side closes it.
///
/// It is neither closed nor changed, for it is shared with whoever gave it; so it may block, and is
/// read only when `poll` says that something is there.
package struct DescriptorSource: Source {
    package let stream: Int
    package let name: String
    package let isBounded: Bool
    private let descriptor: Int32
    /// Bytes that somebody has read before, which come first.
    private let prefix: [UInt8]
    private let stop: Stop

    package init(
        stream: Int, name: String, descriptor: Int32, isBounded: Bool, prefix: [UInt8] = [],
        stop: Stop
    ) {
        self.stream = stream
        self.name = name
        self.descriptor = descriptor
        self.isBounded = isBounded
        self.prefix = prefix
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        var feed = RecordFeed(self, into: sink)
        feed.report(.opened(partitions: [0]))
        guard feed.take(prefix) else { return }
        feed.readToEnd(of: descriptor, until: stop)
    }
}
