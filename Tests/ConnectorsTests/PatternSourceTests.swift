import Events
import Glibc
import Testing

@testable import Connectors

/// A file that not even the superuser may read.
private let locked = "/proc/sys/vm/compact_memory"

/// Several files by a pattern. Each line is an event time, in nanoseconds.
@Suite struct PatternSourceTests {
    private let folder = TestFolder()
    private let stop = Stop()
    private let sink = TestSink()
    private let progress = EventTimeProgress()

    private func write(_ name: String, _ lines: some Sequence<Int>) {
        Writer(path: folder.path(name)).write(lines.map { "\($0)\n" }.joined())
    }

    private func source(follow: Bool) -> PatternSource {
        PatternSource(
            stream: 0, pattern: folder.path("*.log"), follow: follow, progress: progress,
            stop: stop)
    }

    private func times(_ chunk: Chunk) -> [Int] {
        String(decoding: chunk.bytes.bytes, as: UTF8.self).split(separator: "\n").compactMap {
            Int($0)
        }
    }

    private func name(_ chunk: Chunk) -> String {
        String(chunk.origin.source.split(separator: "/").last!)
    }

    /// Plays the part of the decoder: tells what each chunk held. Counts how far the events of one
    /// file came before those of another that were earlier.
    private func decodeAll() -> Int {
        var (taken, reached, lead) = (0, [String: Int](), 0)
        let names = ["a.log", "b.log", "c.log"]
        while sink.wait(until: { $0.chunks.count > taken || $0.isOver(3) }) {
            let chunks = sink.chunks
            if taken == chunks.count { break }
            let chunk = chunks[taken]
            taken += 1
            let newest = times(chunk).max()!
            reached[name(chunk)] = newest
            let lowest = names.map { reached[$0] ?? 0 }.min()!
            if lowest > 0 { lead = max(lead, newest - lowest) }
            progress.note(chunk.origin.source, highest: Int64(newest))
        }
        return lead
    }

    @Test func theFileThatIsFurthestBehindComesNext() throws {
        write("a.log", 1...60_000)
        write("b.log", 1...60_000)
        write("c.log", stride(from: 1, through: 60_000, by: 7))
        write("d.txt", [1])
        let source = source(follow: false)
        let thread = SourceThread(source, into: sink)
        let lead = decodeAll()
        #expect(thread.join())
        let total = sink.chunks.reduce(0) { $0 + times($1).count }
        #expect(total == 60_000 * 2 + 8572)
        // A read is a third of 256 KiB, which is at most so many lines of six characters, of
        // which c.log has one for seven of the others'.
        #expect(lead < 7 * 15_000 && lead > 0, "\(lead)")
        #expect(
            sink.changes == Array(repeating: .opened(partitions: [0]), count: 3)
                + Array(repeating: .ended, count: 3))
    }

    @Test func stopsWhileItWaitsForTheDecoder() throws {
        write("a.log", 1...3)
        write("b.log", 1...3)
        let thread = SourceThread(source(follow: false), into: sink)
        #expect(sink.wait { $0.chunks.count == 1 })
        stop.signal()
        #expect(thread.join(within: 5))
        #expect(sink.chunks.count == 1)
    }

    @Test func noFileIsAFailure() {
        source(follow: false).run(into: sink)
        #expect(sink.changes == [.failed("\(folder.path("*.log")): no file matches")])
    }

    /// Nothing is over before all are open: with the last one time itself would end.
    @Test(.enabled(if: access(locked, F_OK) == 0 && access(locked, R_OK) != 0))
    func whatCannotBeOpenedIsSaidAfterTheOthersAreOpen() {
        symlink(locked, folder.path("a.log"))
        write("b.log", [Int]())
        source(follow: false).run(into: sink)
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .failed("\(folder.path("a.log")): Permission denied"),
                .ended,
            ])
    }

    @Test func filesThatComeLaterAreFollowedToo() throws {
        let thread = SourceThread(source(follow: true), into: sink)
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        let pattern = folder.path("*.log")
        #expect(sink.wait { $0.changes == [.disconnected("\(pattern): no file matches yet")] })
        write("a.log", [1])
        #expect(sink.wait { $0.lineCount == 1 })
        write("b.log", [2])
        write("a.log", [3])
        #expect(sink.wait { $0.lineCount == 3 })
        // Under another name it is the same file, and what replaces it a new incarnation.
        rename(folder.path("a.log"), folder.path("a1.log"))
        write("a.log", [4])
        #expect(sink.wait { $0.lineCount == 4 })
        write("b.log", [5])
        #expect(sink.wait { $0.lineCount == 5 })
        let seen = sink.chunks.map { "\(name($0)).\($0.origin.incarnation) \(times($0))" }.sorted()
        #expect(
            seen == ["a.log.0 [1]", "a.log.0 [3]", "a.log.1 [4]", "b.log.0 [2]", "b.log.0 [5]"])
    }
}

extension TestSink {
    /// Whether that many sources have ended.
    fileprivate func isOver(_ count: Int) -> Bool { changes.count { $0 == .ended } == count }
}
