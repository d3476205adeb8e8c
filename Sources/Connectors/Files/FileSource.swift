import Events
import Glibc

/// A file: read once to its end, or followed through rotation and truncation. One that is read
/// once may be compressed.
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
            if let compression = file.compression {
                read(file, compression, &feed)
            } else {
                withExtendedLifetime(file) { feed.readToEnd(of: file.descriptor, until: stop) }
            }
        } catch {
            feed.report(.failed("\(name): \(error)"))
        }
    }

    private func read(_ file: OpenFile, _ compression: Compression, _ feed: inout RecordFeed) {
        let decompressor = Decompressor(compression)
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while !feed.sink.isStopping, !stop.isSignaled {
            let n = Glibc.read(file.descriptor, &buffer, buffer.count)
            if n < 0, errno == EINTR { continue }
            guard n > 0 else {
                let failure: String? =
                    n < 0
                    ? SystemError.last.description
                    : decompressor.isComplete
                        ? nil : "the \(compression.rawValue) data ends in its middle"
                if feed.finish() {
                    feed.report(failure.map { .failed("\(name): \($0)") } ?? .ended)
                }
                return
            }
            do {
                let piece = Array(buffer[..<n])
                guard try decompressor.decompress(piece, { feed.take($0) }) else { return }
            } catch {
                if feed.finish() { feed.report(.failed("\(name): \(error)")) }
                return
            }
        }
    }
}
