import Events

/// A file: read once to its end, or followed through rotation and truncation.
///
/// A named pipe or a device is read until its other side closes it, in both cases.
package struct FileSource: Source {
    package let stream: Int
    /// The path.
    package let name: String
    package let isBounded: Bool
    private let startAtEnd: Bool
    private let stop: Stop

    /// `startAtEnd`: a followed file that is there already is read from its end, at the first whole
    /// line; one that comes later always from its beginning.
    package init(stream: Int, path: String, follow: Bool, startAtEnd: Bool, stop: Stop) {
        self.stream = stream
        self.name = path
        self.isBounded = !follow
        self.startAtEnd = startAtEnd
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        let feed = RecordFeed(self, into: sink)
        guard isBounded else {
            var follower = FileFollower(
                path: name, startAtEnd: startAtEnd, feed: feed, stop: stop)
            follower.run()
            return
        }
        readOnce(feed)
    }

    private func readOnce(_ feed: RecordFeed) {
        var feed = feed
        do {
            let file = try OpenFile(name)
            feed.report(.opened(partitions: [0]))
            withExtendedLifetime(file) { feed.readToEnd(of: file.descriptor, until: stop) }
        } catch {
            feed.report(.failed("\(name): \(error)"))
        }
    }
}
