import Events

/// All files that a pattern names, each of which is a source to the stream, by its path.
///
/// Read once, the file whose events are furthest behind comes next, so that files which overlap in
/// time are read side by side, and ones that follow each other one after another. Followed, files
/// that come later are read from their beginning; one that was only given another name is not read
/// again, and one that is gone is left alone.
package struct PatternSource: Source {
    package let stream: Int
    /// The pattern.
    package let name: String
    package let isBounded: Bool
    private let progress: EventTimeProgress
    private let stop: Stop

    /// `progress`: who decodes the chunks tells it of each.
    package init(
        stream: Int, pattern: String, follow: Bool, progress: EventTimeProgress, stop: Stop
    ) {
        self.stream = stream
        self.name = pattern
        self.isBounded = !follow
        self.progress = progress
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        if isBounded {
            readOnce(into: sink)
        } else {
            var followers = PatternFollower(name, stream: stream, sink: sink, stop: stop)
            followers.run()
        }
    }

    private func readOnce(into sink: some ChunkSink) {
        var readers = open(into: sink)
        guard !readers.isEmpty else {
            let state = SourceChange.State.failed("\(name): no file matches")
            return sink.report(SourceChange(stream: stream, source: name, state: state))
        }
        // Little of each at a time, for what is read ahead is held in open windows.
        let room = max(4096, LineFramer.roomLimit / readers.count)
        var admitted = 0
        while !readers.isEmpty {
            guard progress.wait(for: admitted, until: stop) else { return }
            let next = readers.indices.min { a, b in
                let (a, b) = (readers[a].feed.origin.source, readers[b].feed.origin.source)
                return progress.highest(of: a) < progress.highest(of: b)
            }!
            let before = readers[next].feed.admitted
            let step = readers[next].step(room: room, until: stop)
            admitted += readers[next].feed.admitted - before
            switch step {
            case .more: continue
            case .over: readers.remove(at: next)
            case .stopped: return
            }
        }
    }

    /// Every file is opened before the first is read: each holds the watermark from the start. What
    /// can't be opened is said after that, for with the last source that is over time itself ends.
    private func open(into sink: some ChunkSink) -> [FileReader] {
        var failures: [(RecordFeed, String)] = []
        let readers: [FileReader] = FilePattern.matches(name).compactMap { path in
            let feed = RecordFeed(
                stream: stream, origin: Origin(source: path), readAhead: RecordFeed.fileReadAhead,
                into: sink)
            do throws(SystemError) {
                let file = try OpenFile(path)
                feed.report(.opened(partitions: [0]))
                return FileReader(file, feed)
            } catch {
                failures.append((feed, "\(path): \(error)"))
                return nil
            }
        }
        for (feed, reason) in failures { feed.report(.failed(reason)) }
        return readers
    }
}
