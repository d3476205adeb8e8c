import Events
import Glibc
import Testing

@testable import Connectors

/// Files of a followed pattern that get other names, go, and come back.
@Suite struct PatternRotationTests {
    private let folder = TestFolder()
    private let stop = Stop()
    private let sink = TestSink()

    private func write(_ name: String, _ text: String) {
        Writer(path: folder.path(name)).write(text)
    }

    private func following(limit: Int = FilePattern.limit, _ body: () throws -> Void) rethrows {
        let pattern = folder.path("app.log*")
        let sink = sink
        let stop = stop
        let thread = SourceThread {
            var follower = PatternFollower(
                pattern, stream: 0, sink: sink, stop: stop, limit: limit)
            follower.run()
        }
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        try body()
    }

    /// As logrotate does it: app.log.2 is app.log.3 from now on, and so on.
    private func rotate() {
        for i in (1...3).reversed() {
            rename(folder.path("app.log.\(i)"), folder.path("app.log.\(i + 1)"))
        }
        rename(folder.path("app.log"), folder.path("app.log.1"))
    }

    /// Waits until all files were looked at: the newest one comes last.
    private func settle() {
        write("app.log.z", "z\n")
        #expect(sink.wait { $0.chunks.contains { $0.origin.source.hasSuffix("z") } })
    }

    /// Name, incarnation and text of each chunk.
    private var seen: [String] {
        sink.chunks.map { chunk in
            let name = chunk.origin.source.split(separator: "/").last!
            let text = String(decoding: chunk.bytes.bytes, as: UTF8.self)
            return "\(name)/\(chunk.origin.incarnation) \(text)"
        }.sorted()
    }

    @Test func aFileIsReadOnceThroughAllRotations() {
        write("app.log", "a\n")
        following {
            #expect(sink.wait { $0.lineCount == 1 })
            for (i, text) in ["b\n", "c\n", "d\n"].enumerated() {
                rotate()
                write("app.log", text)
                #expect(sink.wait { $0.lineCount >= i + 2 })
            }
            settle()
        }
        #expect(
            seen == [
                "app.log.z/0 z\n", "app.log/0 a\n", "app.log/1 b\n", "app.log/2 c\n",
                "app.log/3 d\n",
            ])
    }

    @Test func aFileThatTakesTheNameOfAnotherIsReadOnce() {
        write("app.log", "a\n")
        write("app.log.1", "old\n")
        following {
            #expect(sink.wait { $0.lineCount == 2 })
            rotate()
            write("app.log", "b\n")
            #expect(sink.wait { $0.lineCount >= 3 })
            settle()
        }
        #expect(
            seen == ["app.log.1/0 old\n", "app.log.z/0 z\n", "app.log/0 a\n", "app.log/1 b\n"])
    }

    private func feed(_ name: String) -> RecordFeed {
        RecordFeed(stream: 0, origin: Origin(source: folder.path(name)), into: sink)
    }

    /// A rotation between the search and the look at a file that it found.
    @Test func aFileThatAnotherHasIsNotTakenUp() {
        let claims = FileClaims()
        write("app.log", "a\n")
        let first = FollowedFile(feed("app.log"), claims: claims, until: stop)
        rename(folder.path("app.log"), folder.path("app.log.1"))
        let second = FollowedFile(feed("app.log.1"), claims: claims, until: stop)
        #expect(first != nil && second == nil)
        #expect(sink.changes == [.opened(partitions: [0])])
    }

    /// While it is remembered its number is not given to another file.
    @Test func aFileIsForgottenWhenItHasGone() throws {
        let claims = FileClaims()
        write("app.log", "a\n")
        let file = try OpenFile(folder.path("app.log"))
        let isFirst = claims.take(file)
        let isAgain = claims.take(file)
        #expect(isFirst && !isAgain)
        let now = Monotonic.now()
        claims.update(present: [], held: [], at: now)
        #expect(claims.isTaken(file.identity), "a search may miss it")
        let later = now + .milliseconds(1001)
        #expect(!claims.isGone(file.identity, at: now))
        #expect(claims.isGone(file.identity, at: later))
        claims.update(present: [], held: [file.identity], at: later)
        #expect(claims.isTaken(file.identity))
        claims.update(present: [], held: [], at: later)
        #expect(!claims.isTaken(file.identity))
    }

    @Test func aFileThatIsDeletedHangsUp() {
        write("app.log", "a\nhalf")
        write("app.log.1", "b\n")
        following {
            #expect(sink.wait { $0.lineCount == 2 })
            unlink(folder.path("app.log"))
            #expect(sink.wait { $0.changes.contains(.hungUp(partition: 0)) })
            #expect(sink.lineCount == 3, "what is left of it comes first")
            write("app.log", "again\n")
            #expect(sink.wait { $0.lineCount == 4 })
        }
        #expect(
            seen == ["app.log.1/0 b\n", "app.log/0 a\n", "app.log/0 half\n", "app.log/1 again\n"])
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .opened(partitions: [0]), .opened(partitions: []),
                .hungUp(partition: 0), .opened(partitions: [0]),
            ])
    }

    @Test func onlyFilesThatAreThereCount() {
        write("app.log.1", "a\n")
        write("app.log.2", "b\n")
        let isFull = SourceChange.State.disconnected(
            "\(folder.path("app.log*")): only the first 2 files are read")
        following(limit: 2) {
            #expect(sink.wait { $0.lineCount == 2 })
            write("app.log.3", "c\n")
            #expect(sink.wait { $0.changes.contains(isFull) })
            unlink(folder.path("app.log.1"))
            #expect(sink.wait { $0.lineCount == 3 })
        }
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .opened(partitions: [0]), .opened(partitions: []),
                isFull, .opened(partitions: []), .hungUp(partition: 0), .opened(partitions: [0]),
            ])
    }
}
