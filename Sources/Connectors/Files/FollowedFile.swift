import Events

/// One of the files that a followed pattern names, and what it needs.
struct FollowedFile {
    private enum Way {
        case follow(FileFollower)
        /// A compressed one isn't appended to.
        case read(FileReader)
        /// Read, or not to be read, which was said.
        case over(RecordFeed)
    }

    let path: String
    /// It was gone for longer than the patience, which was said: it counts no more.
    private(set) var isGone = false
    private var way: Way
    /// Of one that is over.
    private var missingSince: Nanoseconds?

    /// Opens it; from now on it holds the watermark, before any other is read. nil: by now its path
    /// names nothing, or what another has.
    init?(_ feed: RecordFeed, claims: FileClaims, until stop: Stop) {
        path = feed.origin.source
        if let file = try? OpenFile(path), file.compression != nil {
            guard claims.take(file) else { return nil }
            feed.report(.opened(partitions: [0]))
            // The end of this file is not the end of the source, which others may join.
            way = .read(FileReader(file, feed, atEnd: .hungUp(partition: 0)))
        } else {
            var follower = FileFollower(
                path: path, startAtEnd: false, feed: feed, claims: claims, stop: stop)
            let isOver = follower.look() == .over
            guard isOver || follower.file != nil else { return nil }
            way = isOver ? .over(follower.feed) : .follow(follower)
        }
    }

    /// The file that is followed.
    var identity: OpenFile.Identity? {
        if case .follow(let follower) = way { follower.file?.identity } else { nil }
    }

    /// The number of its current life.
    var incarnation: Int {
        switch way {
        case .follow(let follower): follower.feed.origin.incarnation
        case .read(let reader): reader.feed.origin.incarnation
        case .over(let feed): feed.origin.incarnation
        }
    }

    /// Whether the path is there. A file that is still read says by itself when it has gone.
    mutating func note(isPresent: Bool) {
        guard case .over(let feed) = way else { return }
        missingSince = isPresent ? nil : missingSince ?? Monotonic.now()
        guard FileFollower.isOverdue(missingSince) else { return }
        feed.report(.hungUp(partition: 0))
        isGone = true
    }

    /// Reads what is there. False: stopped.
    mutating func advance(until stop: Stop) -> Bool {
        switch way {
        case .over: return true
        case .follow(let follower): follow(follower, until: stop)
        case .read(let reader): guard read(reader, until: stop) else { return false }
        }
        return !stop.isSignaled
    }

    private mutating func follow(_ before: FileFollower, until stop: Stop) {
        var follower = before
        var next = FileFollower.Next.lookAgain
        while next == .lookAgain, !stop.isSignaled { next = follower.look() }
        isGone = next == .gone
        way = next == .over ? .over(follower.feed) : .follow(follower)
    }

    private mutating func read(_ before: FileReader, until stop: Stop) -> Bool {
        var reader = before
        while true {
            switch reader.step(room: LineFramer.roomLimit, until: stop) {
            case .more: continue
            case .stopped: return false
            case .over:
                way = .over(reader.feed)
                return true
            }
        }
    }
}
