import Events
import Glibc

/// Follows all files that a pattern names, now and later.
struct PatternFollower {
    /// What one of the files needs.
    private enum Way {
        case follow(FileFollower)
        /// A compressed one isn't appended to.
        case read(FileReader)
        case over
    }

    private let pattern: String
    private let stream: Int
    private let sink: any ChunkSink
    private let stop: Stop
    private var watch = FileWatch(folders: [])
    /// By path; what was there at the beginning comes first.
    private var files: [(path: String, way: Way)] = []
    /// Paths of files that are followed under another name, which they had before.
    private var renamed: [String: OpenFile.Identity] = [:]
    /// What was last said of the pattern as a whole.
    private var said: SourceChange.State?

    init(_ pattern: String, stream: Int, sink: some ChunkSink, stop: Stop) {
        self.pattern = pattern
        self.stream = stream
        self.sink = sink
        self.stop = stop
    }

    mutating func run() {
        defer { watch.finish() }
        repeat {
            guard !sink.isStopping else { return }
            search()
            for i in files.indices {
                guard Self.advance(&files[i].way, until: stop) else { return }
            }
        } while watch.wait(until: stop)
    }

    /// Takes up files that were not there before.
    private mutating func search() {
        let known = Set(files.map(\.path))
        let paths = FilePattern.matches(pattern).filter { !known.contains($0) }
        for path in paths where files.count < FilePattern.limit && isNew(path) { begin(path) }
        watch.cover(files.map(\.path))
        sayWhatIsThere()
    }

    /// A file in rotation gets another name, under which it isn't a new one.
    private mutating func isNew(_ path: String) -> Bool {
        guard let identity = try? OpenFile.look(at: path).identity else { return false }
        if renamed[path] == identity { return false }
        let isOpen = files.contains {
            if case .follow(let follower) = $0.way { return follower.identity == identity }
            return false
        }
        renamed[path] = isOpen ? identity : nil
        return !isOpen
    }

    private mutating func begin(_ path: String) {
        let feed = RecordFeed(
            stream: stream, origin: Origin(source: path), readAhead: RecordFeed.fileReadAhead,
            into: sink)
        if let file = try? OpenFile(path), file.compression != nil {
            feed.report(.opened(partitions: [0]))
            files.append((path, .read(FileReader(file, feed))))
        } else {
            var follower = FileFollower(path: path, startAtEnd: false, feed: feed, stop: stop)
            // Opened before any other is read, it holds the watermark from now on.
            let goesOn = follower.look() != .over
            files.append((path, goesOn ? .follow(follower) : .over))
        }
    }

    /// False: stopped.
    private static func advance(_ way: inout Way, until stop: Stop) -> Bool {
        switch way {
        case .over: return true
        case .follow(var follower):
            var next = FileFollower.Next.lookAgain
            while next == .lookAgain, !stop.isSignaled { next = follower.look() }
            way = next == .over ? .over : .follow(follower)
        case .read(var reader):
            while true {
                let step = reader.step(room: LineFramer.roomLimit, until: stop)
                if step == .stopped { return false }
                if step == .over { break }
            }
            way = .over
        }
        return !stop.isSignaled
    }

    private mutating func sayWhatIsThere() {
        let state: SourceChange.State
        if files.isEmpty {
            state = .disconnected("\(pattern): no file matches yet")
        } else if files.count == FilePattern.limit {
            state = .disconnected("\(pattern): only the first \(FilePattern.limit) files are read")
        } else {
            state = .opened(partitions: [])
        }
        guard state != said else { return }
        said = state
        sink.report(SourceChange(stream: stream, source: pattern, state: state))
    }
}
