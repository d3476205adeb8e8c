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
        let feed = RecordFeed(
            stream: stream, origin: Origin(source: name), readAhead: RecordFeed.fileReadAhead,
            into: sink)
        if isBounded {
            readOnce(feed)
        } else {
            follow(feed)
        }
    }

    private func follow(_ feed: RecordFeed) {
        var follower = FileFollower(path: name, startAtEnd: startAtEnd, feed: feed, stop: stop)
        var watch = FileWatch(folders: [name])
        defer { watch.finish() }
        while !feed.sink.isStopping {
            let next = follower.look()
            watch.turn(to: follower.file)
            switch next {
            case .over, .gone: return
            case .lookAgain: if stop.isSignaled { return }
            case .wait: if !watch.wait(until: stop) { return }
            }
        }
    }

    private func readOnce(_ feed: RecordFeed) {
        do throws(SystemError) {
            var reader = FileReader(try OpenFile(name), feed)
            feed.report(.opened(partitions: [0]))
            while reader.step(room: LineFramer.roomLimit, until: stop) == .more {}
        } catch {
            feed.report(.failed("\(name): \(error)"))
        }
    }
}
