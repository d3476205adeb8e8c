import Events
import Glibc
import Testing

@testable import Connectors

@Suite struct FileFollowingTests {
    private let folder = TestFolder()
    private let stop = Stop()
    private let sink = TestSink()

    private var path: String { folder.path("app.log") }

    private func source(_ path: String? = nil, follow: Bool = true, startAtEnd: Bool = false)
        -> FileSource
    {
        FileSource(
            stream: 0, path: path ?? self.path, follow: follow, startAtEnd: startAtEnd, stop: stop)
    }

    /// Runs the source while `body` does; the source is stopped then.
    private func following(_ source: FileSource, _ body: () throws -> Void) rethrows {
        let thread = SourceThread(source, into: sink)
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        try body()
    }

    private func waitFor(
        _ text: String, location: SourceLocation = #_sourceLocation
    ) {
        let came = sink.wait { $0.byteCount >= text.utf8.count }
        let got = String(decoding: sink.bytes, as: UTF8.self)
        #expect(came && got == text, sourceLocation: location)
    }

    /// Incarnation, first offset and text of each chunk, joined where one continues another.
    private var lives: [String] {
        var lives: [String] = []
        for chunk in sink.chunks {
            while lives.count <= chunk.origin.incarnation { lives.append("") }
            let here = lives[chunk.origin.incarnation].count { $0 == "\n" }
            #expect(chunk.firstOffset == here)
            lives[chunk.origin.incarnation] += String(decoding: chunk.bytes.bytes, as: UTF8.self)
        }
        return lives
    }

    @Test func renamedAndCreatedAnew() {
        let old = Writer(path: path)
        old.write("a\n")
        following(source()) {
            waitFor("a\n")
            rename(path, folder.path("app.log.1"))
            old.write("b\n")
            waitFor("a\nb\n")
            // Empty: its writer still has the old one.
            let new = Writer(path: path)
            var seen = "a\nb\n"
            for i in 0..<30 {
                old.write("\(i)\n")
                seen += "\(i)\n"
                waitFor(seen)
            }
            new.write("d\n")
            waitFor(seen + "d\n")
            #expect(lives == [seen, "d\n"])
        }
        #expect(sink.changes == [.opened(partitions: [0])])
    }

    @Test func whatIsLeftOfTheOldFileComesFirst() {
        let old = Writer(path: path)
        old.write("a\nhalf")
        following(source()) {
            waitFor("a\n")
            old.write(" b\nc")
            rename(path, folder.path("app.log.1"))
            Writer(path: path).write("d\n")
            waitFor("a\nhalf b\nc\nd\n")
        }
        #expect(lives == ["a\nhalf b\nc\n", "d\n"])
    }

    @Test func cutShortInPlace() {
        let writer = Writer(path: path)
        writer.write("first\nsecond\nhalf")
        following(source()) {
            waitFor("first\nsecond\n")
            ftruncate(writer.descriptor, 0)
            writer.write("a\n")
            waitFor("first\nsecond\nhalf\na\n")
            writer.write("b\n")
            waitFor("first\nsecond\nhalf\na\nb\n")
        }
        #expect(lives == ["first\nsecond\nhalf\n", "a\nb\n"])
    }

    @Test func deletedAndCreatedAnew() {
        Writer(path: path).write("a\n")
        following(source()) {
            waitFor("a\n")
            unlink(path)
            Writer(path: path).write("b\n")
            waitFor("a\nb\n")
        }
        #expect(lives == ["a\n", "b\n"])
    }

    @Test func aLinkThatIsTurnedToAnotherFile() {
        Writer(path: folder.path("one")).write("a\n")
        Writer(path: folder.path("two")).write("b\n")
        symlink("one", path)
        following(source()) {
            waitFor("a\n")
            symlink("two", folder.path("next"))
            rename(folder.path("next"), path)
            waitFor("a\nb\n")
            Writer(path: folder.path("two")).write("c\n")
            waitFor("a\nb\nc\n")
        }
        #expect(lives == ["a\n", "b\nc\n"])
    }

    @Test func nothingIsLostWhileItIsRotatedAndWritten() {
        let lineCount = 6_000
        let path = path
        let sink = sink
        let folder = folder.path
        let first = Writer(path: path)
        following(source()) {
            let writing = SourceThread {
                var writer = first
                for i in 0..<lineCount {
                    if i % 500 == 499 {
                        // A file that came and went between two looks would not be seen.
                        _ = sink.wait { $0.lineCount > i - 499 }
                        rename(path, "\(folder)/app.log.\(i)")
                        writer = Writer(path: path)
                    }
                    let line = Array("line \(i)\n".utf8)
                    writer.write(line.prefix(i % 7))
                    writer.write(line.dropFirst(i % 7))
                }
            }
            #expect(writing.join())
            #expect(sink.wait { $0.lineCount >= lineCount })
        }
        let expected = (0..<lineCount).map { "line \($0)\n" }.joined()
        #expect(lives.count == lineCount / 500 + 1)
        let isSame = lives.joined() == expected
        #expect(isSame)
        expectContract(sink, of: source(), expected: Array(expected.utf8), ends: false)
    }

    @Test func aMissingFileIsWaitedFor() {
        following(source()) {
            #expect(sink.wait { !$0.changes.isEmpty })
            Writer(path: path).write("a\n")
            waitFor("a\n")
        }
        #expect(
            sink.changes == [
                .disconnected("\(path): No such file or directory"), .opened(partitions: [0]),
            ])
        #expect(lives == ["a\n"])
    }

    @Test func aMissingFolderIsWaitedFor() {
        let inner = folder.path("logs")
        following(source("\(inner)/app.log")) {
            #expect(sink.wait { !$0.changes.isEmpty })
            mkdir(inner, 0o755)
            Writer(path: "\(inner)/app.log").write("a\n")
            waitFor("a\n")
        }
        unlink("\(inner)/app.log")
    }

    @Test func aFileThatStaysAwayIsSaidToBeAway() {
        Writer(path: path).write("a\n")
        following(source()) {
            waitFor("a\n")
            unlink(path)
            #expect(sink.wait { $0.changes.count == 2 })
            Writer(path: path).write("b\n")
            waitFor("a\nb\n")
        }
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .disconnected("\(path): No such file or directory"),
                .opened(partitions: [0]),
            ])
    }

    @Test(arguments: [("", "a\n", "a\n"), ("old\n", "a\n", "a\n"), ("old\nhal", "f\na\n", "a\n")])
    func fromItsEnd(_ before: String, _ after: String, _ seen: String) {
        let writer = Writer(path: path)
        writer.write(before)
        following(source(startAtEnd: true)) {
            #expect(sink.wait { !$0.changes.isEmpty })
            writer.write(after)
            waitFor(seen)
            rename(path, folder.path("app.log.1"))
            Writer(path: path).write("all\nof it\n")
            waitFor(seen + "all\nof it\n")
        }
        #expect(lives == [seen, "all\nof it\n"])
    }

    @Test(arguments: [true, false])
    func aFolderFails(follow: Bool) {
        let thread = SourceThread(source(folder.path, follow: follow), into: sink)
        #expect(thread.join())
        #expect(sink.changes == [.failed("\(folder.path): is a directory; name a file in it")])
    }

    @Test func aMissingFileFailsWhenItIsReadOnce() {
        let thread = SourceThread(source(follow: false), into: sink)
        #expect(thread.join())
        #expect(sink.changes == [.failed("\(path): No such file or directory")])
    }

    /// The superuser may read everything.
    @Test(.enabled(if: geteuid() != 0), arguments: [true, false])
    func aFileThatMayNotBeReadFails(follow: Bool) {
        Writer(path: path).write("a\n")
        chmod(path, 0)
        let thread = SourceThread(source(follow: follow), into: sink)
        #expect(thread.join())
        #expect(sink.changes == [.failed("\(path): Permission denied")])
    }
}
