import Events

/// Follows all files that a pattern names, now and later.
///
/// A file that gets another name, as in a rotation, is not a new one. One that is gone is forgotten
/// after a while: it holds neither the watermark nor a place among those that are read.
struct PatternFollower {
    private let pattern: String
    private let stream: Int
    private let sink: any ChunkSink
    private let stop: Stop
    private let limit: Int
    private let claims = FileClaims()
    private var watch = FileWatch(folders: [])
    /// Each has a path of its own; what was there at the beginning comes first.
    private var files: [FollowedFile] = []
    /// The next life of paths that were gone, for a file that comes back under one of them.
    private var incarnations: [String: Int] = [:]
    /// What was last said of the pattern as a whole.
    private var said: SourceChange.State?

    init(
        _ pattern: String, stream: Int, sink: some ChunkSink, stop: Stop,
        limit: Int = FilePattern.limit
    ) {
        self.pattern = pattern
        self.stream = stream
        self.sink = sink
        self.stop = stop
        self.limit = limit
    }

    mutating func run() {
        defer { watch.finish() }
        repeat {
            guard !sink.isStopping else { return }
            search()
            for i in files.indices {
                guard files[i].advance(until: stop) else { return }
            }
        } while watch.wait(until: stop)
    }

    /// Takes up files that were not there before, and forgets those that are gone.
    private mutating func search() {
        let present = FilePattern.present(pattern)
        forget(besides: Set(present.map(\.path)))
        claims.update(
            present: Set(present.map(\.identity)), held: Set(files.compactMap(\.identity)))
        let isAnyLeftOut = takeUp(present)
        watch.cover(files.map(\.path))
        sayWhatIsThere(isAnyLeftOut: isAnyLeftOut && present.count > limit)
    }

    private mutating func forget(besides present: Set<String>) {
        for i in files.indices { files[i].note(isPresent: present.contains(files[i].path)) }
        for file in files where file.isGone { incarnations[file.path] = file.incarnation + 1 }
        files.removeAll(where: \.isGone)
    }

    /// True: there are more than may be read.
    private mutating func takeUp(_ present: [(path: String, identity: OpenFile.Identity)]) -> Bool {
        let known = Set(files.map(\.path))
        for (path, identity) in present where !known.contains(path) && !claims.isTaken(identity) {
            guard files.count < limit else { return true }
            let origin = Origin(source: path, incarnation: incarnations[path] ?? 0)
            let feed = RecordFeed(
                stream: stream, origin: origin, readAhead: RecordFeed.fileReadAhead, into: sink)
            if let file = FollowedFile(feed, claims: claims, until: stop) { files.append(file) }
        }
        return false
    }

    private mutating func sayWhatIsThere(isAnyLeftOut: Bool) {
        let state: SourceChange.State
        if files.isEmpty {
            state = .disconnected("\(pattern): no file matches yet")
        } else if isAnyLeftOut {
            state = .disconnected("\(pattern): only the first \(limit) files are read")
        } else {
            state = .opened(partitions: [])
        }
        guard state != said else { return }
        said = state
        sink.report(SourceChange(stream: stream, source: pattern, state: state))
    }
}
