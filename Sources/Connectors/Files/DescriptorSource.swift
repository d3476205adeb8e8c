import Events

/// A descriptor that is already open, mostly standard input: read until its other side closes it.
///
/// It is neither closed nor changed, for it is shared with whoever gave it; so it may block, and is
/// read only when `poll` says that something is there.
package struct DescriptorSource: Source {
    package let stream: Int
    package let name: String
    package let isBounded: Bool
    private let input: TakenInput
    private let stop: Stop

    package init(
        stream: Int, name: String, input: TakenInput, isBounded: Bool, stop: Stop
    ) {
        self.stream = stream
        self.name = name
        self.input = input
        self.isBounded = isBounded
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        var feed = RecordFeed(self, into: sink)
        feed.report(.opened(partitions: [0]))
        guard feed.take(input.bytes) else { return }
        feed.conclude(feed.readToEnd(of: input.descriptor, until: stop))
    }
}
