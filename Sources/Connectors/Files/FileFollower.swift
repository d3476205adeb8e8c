import Events
import Glibc

/// Follows what a path names: appended lines, a file put in its place, a file cut short.
///
/// Another file under the path is a new incarnation. The old one is kept until there is something
/// in the new one, and is then read to its end first: a writer that was handed an empty new file
/// goes on in the old one until it opens the new one, so nothing is lost. What is lost: bytes that
/// are cut off before they were read, a file that came and went between two looks, and what
/// a second writer still appends to the old file. A file shorter than what was read of it was
/// truncated: a new incarnation as well. One that has grown past that point again before the next
/// look can't be told from one that was appended to.
///
/// One of several that a pattern names never turns to a file that another has or had; a path that
/// names such a file counts as gone. Whose path stays gone, and whose file has no other name in the
/// pattern, is over: whoever fed it has gone.
struct FileFollower {
    /// What comes after a look.
    enum Next {
        case wait, lookAgain, over
        /// One of a pattern whose path stays gone, which was said.
        case gone
    }

    /// How far reading the open file came; what failed is tried again at the next look.
    private enum Drained { case all, notAll, stopped }

    /// A path that is gone for longer than this is a source that went away; renaming takes less.
    private static let patience = Nanoseconds.seconds(1)

    private let path: String
    private let startAtEnd: Bool
    private let stop: Stop
    /// nil: it is alone.
    private let claims: FileClaims?
    private(set) var feed: RecordFeed
    private(set) var file: OpenFile?
    /// Bytes read of `file`.
    private var position: Int64 = 0
    private var hasLooked = false
    private var hasOpened = false
    private var missingSince: Nanoseconds?
    /// What was last said to be wrong.
    private var trouble: String?

    init(
        path: String, startAtEnd: Bool, feed: RecordFeed, claims: FileClaims? = nil, stop: Stop
    ) {
        self.path = path
        self.startAtEnd = startAtEnd
        self.feed = feed
        self.claims = claims
        self.stop = stop
    }

    /// Whether it is longer than the patience since then.
    static func isOverdue(_ since: Nanoseconds?, at now: Nanoseconds = Monotonic.now()) -> Bool {
        guard let since else { return false }
        return now.rawValue - since.rawValue > patience.rawValue
    }

    /// One look at the path, then everything that is there to be read. In this order: what is in
    /// the new file was seen before the old one is read to its end.
    mutating func look() -> Next {
        guard let file else { return open() }
        do throws(SystemError) {
            let seen = try OpenFile.look(at: path)
            if isAnothers(seen.identity) { throw SystemError(code: ENOENT) }
            missingSince = nil
            let drained = drain(file)
            guard drained != .stopped else { return .over }
            if seen.identity != file.identity && !seen.isEmpty { return open() }
            if drained == .all { recover() }
        } catch {
            guard drain(file) != .stopped else { return .over }
            return noteMissing(error, file)
        }
        return .wait
    }

    private func isAnothers(_ identity: OpenFile.Identity) -> Bool {
        identity != file?.identity && claims?.isTaken(identity) ?? false
    }

    /// Opens what the path names now: the first file, or another one in its place.
    private mutating func open() -> Next {
        defer { hasLooked = true }
        do {
            let found = try OpenFile(path)
            guard found.isRegular || hasOpened else {
                feed.report(.opened(partitions: [0]))
                withExtendedLifetime(found) {
                    feed.conclude(feed.readToEnd(of: found.descriptor, until: stop))
                }
                return .over
            }
            guard found.identity != file?.identity, claims?.take(found) ?? true else {
                return .wait
            }
            return try turn(to: found) ? .lookAgain : .over
        } catch {
            if claims != nil, error.isAbsence { return .wait }
            guard error.code == ENOENT || hasLooked else {
                feed.report(.failed("\(path): \(error)"))
                return .over
            }
            disconnect(error)
            return .wait
        }
    }

    /// Reads this file from now on. False: stopped.
    private mutating func turn(to found: OpenFile) throws(SystemError) -> Bool {
        if hasOpened {
            guard feed.beginIncarnation() else { return false }
        }
        position = 0
        if startAtEnd && !hasLooked { try skipToEnd(of: found) }
        file = found
        recover()
        return true
    }

    /// The byte before the end tells whether a line begins there.
    private mutating func skipToEnd(of found: OpenFile) throws(SystemError) {
        let size = try found.size()
        guard size > 0 else { return }
        position = size - 1
        try found.seek(to: position)
        feed.beginMidLine()
    }

    /// Reads what there is in the open file.
    private mutating func drain(_ file: OpenFile) -> Drained {
        do throws(SystemError) {
            while !stop.isSignaled {
                let size = try file.size()
                if size < position {
                    guard feed.beginIncarnation() else { return .stopped }
                    try file.seek(to: 0)
                    position = 0
                }
                guard size > position else { return .all }
                let room = Int(min(size - position, Int64(LineFramer.roomLimit)))
                switch feed.read(file.descriptor, room: room) {
                case .read(let count): position += Int64(count)
                case .nothing, .end: return .all
                case .stopped: return .stopped
                case .failed(let error): throw error
                }
            }
            return .stopped
        } catch {
            disconnect(error)
            return .notAll
        }
    }

    private mutating func noteMissing(_ error: SystemError, _ file: OpenFile) -> Next {
        missingSince = missingSince ?? Monotonic.now()
        guard Self.isOverdue(missingSince) else { return .wait }
        guard let claims, error.isAbsence else {
            disconnect(error)
            return .wait
        }
        guard claims.isGone(file.identity) else { return .wait }
        guard feed.finish() else { return .over }
        feed.report(.hungUp(partition: 0))
        return .gone
    }

    private mutating func disconnect(_ error: SystemError) {
        let reason = "\(path): \(error)"
        if trouble != reason { feed.report(.disconnected(reason)) }
        trouble = reason
    }

    /// The file is there: says so if it was never said, or if something else was said since.
    private mutating func recover() {
        if !hasOpened || trouble != nil { feed.report(.opened(partitions: [0])) }
        hasOpened = true
        trouble = nil
    }
}
