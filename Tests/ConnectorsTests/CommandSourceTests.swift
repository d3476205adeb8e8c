import Events
import Glibc
import TestServers
import Testing

@testable import Connectors

/// What a command's source does beside reading, for which the contract is tried on it too.
@Suite struct CommandSourceTests {
    let folder = TestFolder()
    let stop = Stop()
    let sink = TestSink()

    private func source(_ command: String, bounded: Bool = true) -> CommandSource {
        CommandSource(
            stream: 0, name: "exec:x", command: command, isBounded: bounded, stop: stop)
    }

    private func running(_ command: String, _ body: () throws -> Void) rethrows {
        let thread = SourceThread(source(command, bounded: false), into: sink)
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        try body()
    }

    @Test(arguments: [
        ("echo a", SourceChange.State.ended),
        ("echo a; exit 3", .failed("exec:x: ended with status 3")),
        ("echo a; echo no >&2; exit 3", .failed("exec:x: ended with status 3; it said: no")),
        (
            "echo a; printf 'b\\nc\\033[31m\\nd\\n' >&2; kill -9 $$",
            .failed("exec:x: ended by signal 9 (Killed); it said 3 lines, at last: d")
        ),
        (
            "echo a; printf 'c\\033[31m' >&2; exit 1",
            .failed("exec:x: ended with status 1; it said: c [31m")
        ),
        ("echo a; exec >&-; exit 4", .failed("exec:x: ended with status 4")),
    ])
    func aBoundedOneIsRunOnce(_ command: String, _ end: SourceChange.State) {
        source(command).run(into: sink)
        #expect(sink.bytes == Array("a\n".utf8))
        #expect(sink.changes == [.opened(partitions: [0]), end])
    }

    @Test func itHasNothingToReadAndNoDescriptorOfOurs() {
        source("cat; ls /proc/self/fd | tr '\\n' ' '").run(into: sink)
        // Its three, and the one that `ls` reads the folder with.
        #expect(String(decoding: sink.bytes, as: UTF8.self) == "0 1 2 3 \n")
    }

    @Test func aLiveOneIsRunAgain() {
        running("echo a; echo half >&2; printf b") {
            #expect(sink.wait { $0.lineCount == 4 && $0.changes.count >= 4 })
        }
        #expect(sink.chunks.prefix(4).map(\.origin.incarnation) == [0, 0, 1, 1])
        #expect(sink.chunks.prefix(4).map(\.firstOffset) == [0, 1, 0, 1])
        let ended = SourceChange.State.disconnected(
            "exec:x: ended with status 0; it said: half")
        let opened = SourceChange.State.opened(partitions: [0])
        #expect(sink.changes.prefix(3) == [opened, ended, opened])
    }

    /// Though it ignores the request, and so does what it has started.
    @Test func theWholeGroupEndsWithinTwoTenthsOfASecond() throws {
        let command = "trap '' TERM; (echo $$; exec sleep 1000) & echo $!; sleep 1000"
        let begin = { (stop: Stop, sink: TestSink) in
            SourceThread(
                CommandSource(
                    stream: 0, name: "exec:x", command: command, isBounded: false, stop: stop),
                into: sink)
        }
        try expectStop(after: { $0.lineCount == 2 }, of: begin) { sink in
            let ids = String(decoding: sink.bytes, as: UTF8.self).split(separator: "\n")
                .compactMap { pid_t($0) }
            #expect(ids.count == 2)
            // What can't be ignored has been sent; a busy machine takes its time with it.
            for id in ids { #expect(ServerProcess.wait(within: 5) { !isRunning(id) }) }
        }
    }

    /// What has been killed may still wait for its parent.
    private func isRunning(_ id: pid_t) -> Bool {
        guard let file = fopen("/proc/\(id)/stat", "r") else { return false }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        return !text.isEmpty && !text.contains(") Z ")
    }

    /// More than a pipe holds is said, and its output goes on.
    @Test func aTalkativeOneIsNotHeldBack() {
        source("seq 100000 >&2; echo a; exit 1").run(into: sink)
        #expect(sink.bytes == Array("a\n".utf8))
        #expect(
            sink.changes.last
                == .failed("exec:x: ended with status 1; it said 100000 lines, at last: 100000"))
    }

    @Test func garbageIsReadLikeAnythingElse() {
        source("head -c 300000 /dev/zero | tr '\\0' '\\377'; printf '\\n\\n\\0\\n'").run(into: sink)
        #expect(sink.lineCount == 3 && sink.byteCount == 300_000 + 4)
        #expect(sink.changes.last == .ended)
    }
}
