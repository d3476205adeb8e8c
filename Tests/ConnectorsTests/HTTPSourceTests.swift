import Events
import Foundation
import Testing
import TestServers

@testable import Connectors

/// Records from a web server, one that answers as a test says.
@Suite struct HTTPSourceTests {
    private let stop = Stop()

    private func source(
        _ url: String, isBounded: Bool = false,
        _ options: [(SourceOption, SourceSettings.Value)] = []
    ) throws -> any Source {
        var settings = SourceSettings()
        for (option, value) in options { settings.set(option, value, text: "") }
        return try RemoteStream(
            stream: 0, name: url, settings: settings, isBounded: isBounded, stop: stop
        ).source()
    }

    private func text(_ sink: TestSink) -> String { String(decoding: sink.bytes, as: UTF8.self) }

    private func events(_ lines: String...) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n"
            + lines.joined(separator: "\n") + "\n"
    }

    private func end(_ sink: TestSink, _ thread: SourceThread) {
        stop.signal()
        sink.stop()
        #expect(thread.join(within: 2))
    }

    @Test func linesToTheEnd() throws {
        let server = WebServer { _, _ in
            .status(200, headers: ["Content-Type: application/x-ndjson"], body: "a\nb\nc")
        }
        let sink = TestSink()
        let thread = SourceThread(try source(server.url + "/x?y=1", isBounded: true), into: sink)
        #expect(thread.join())
        #expect(text(sink) == "a\nb\nc\n" && sink.changes == [.opened(partitions: [0]), .ended])
        #expect(server.requests.map(\.path) == ["/x?y=1"])
    }

    @Test(arguments: [
        (401, "the server refuses: 401"), (404, "the server has nothing there: 404"),
        (503, "the server answers 503"),
    ])
    func refused(status: Int, words: String) throws {
        let server = WebServer { _, _ in .status(status, body: "not\nrecords\n") }
        let sink = TestSink()
        let url = server.url + "/"
        #expect(SourceThread(try source(url, isBounded: true), into: sink).join())
        #expect(sink.chunks.isEmpty && sink.changes == [.failed("\(url): \(words)")])
    }

    /// Broken off in the middle of an event, it goes on behind the last whole one.
    @Test func eventsGoOnWhereTheyWere() throws {
        let (first, second) = (
            events("retry: 10", "id: 1", "data: {\"n\":1}", "", "id: 2", "data: {\"n\":2"),
            events("id: 2", "event: late", "data: {\"n\":2}", "", "")
        )
        let server = WebServer { number, _ in number == 0 ? .raw(first) : .held(second) }
        let sink = TestSink()
        let thread = SourceThread(
            try source(server.url, [(.metadata, .text("http"))]), into: sink)
        #expect(sink.wait { $0.lineCount == 2 })
        #expect(
            text(sink) == #"{"n":1,"http":{"event":"","id":"1"}}"# + "\n"
                + #"{"n":2,"http":{"event":"late","id":"2"}}"# + "\n")
        #expect(sink.chunks.map(\.firstOffset) == [0, 1])
        #expect(server.requests.map { $0.headers["last-event-id"] } == [nil, "1"])
        #expect(
            sink.changes == [
                .opened(partitions: [0]),
                .disconnected("\(server.url): closed by the other side"),
                .opened(partitions: [0]),
            ])
        end(sink, thread)
    }

    /// Lines of a stream that was cut off: the next answer is something new.
    @Test func aStreamOfLinesBeginsAnew() throws {
        let server = WebServer { number, _ in
            number == 0
                ? .raw("HTTP/1.1 200 OK\r\n\r\na\nb") : .held("HTTP/1.1 200 OK\r\n\r\nc\n")
        }
        let sink = TestSink()
        let thread = SourceThread(try source(server.url), into: sink)
        #expect(sink.wait { $0.lineCount == 3 })
        #expect(text(sink) == "a\nb\nc\n")
        #expect(sink.chunks.map(\.origin.incarnation) == [0, 0, 1])
        #expect(sink.chunks.map(\.firstOffset) == [0, 1, 0])
        end(sink, thread)
    }

    /// A file on a server: what is appended is asked for, half a line waits for its rest, and
    /// another file of that name is read from its beginning.
    @Test func aFileThatGrows() throws {
        let server = WebServer { number, request in
            let headers = ["Accept-Ranges: bytes"]
            switch (number, request.headers["range"]) {
            case (0, nil):
                return .status(200, headers: headers + ["ETag: \"1\""], body: "a\nb")
            case (1, "bytes=3-"):
                return .status(416, headers: headers + ["Content-Range: bytes */3"])
            case (2, "bytes=3-") where request.headers["if-range"] == "\"1\"":
                return .status(
                    206, headers: headers + ["ETag: \"2\"", "Content-Range: bytes 3-6/7"],
                    body: "cd\ne")
            case (3, "bytes=7-") where request.headers["if-range"] == "\"2\"":
                return .status(200, headers: headers + ["ETag: \"3\""], body: "new\n")
            default: return .silence
            }
        }
        let sink = TestSink()
        let thread = SourceThread(try source(server.url), into: sink)
        #expect(sink.wait { $0.lineCount == 4 })
        #expect(text(sink) == "a\nbcd\ne\nnew\n")
        #expect(sink.chunks.last?.origin.incarnation == 1 && sink.chunks.last?.firstOffset == 0)
        #expect(sink.changes == [.opened(partitions: [0])])
        end(sink, thread)
    }

    /// Only what has changed is a record, and a server that is away for a while is said.
    @Test func polls() throws {
        let server = WebServer { number, request in
            switch number {
            case 0: .status(200, headers: ["ETag: \"1\""], body: #"[{"n":1},{"n":2}]"#)
            case 1: .status(request.headers["if-none-match"] == "\"1\"" ? 304 : 500)
            case 2: .status(502)
            default: .status(200, body: "{\"n\":\n3}")
            }
        }
        let sink = TestSink()
        let thread = SourceThread(
            try source(server.url, [(.every, .duration(.milliseconds(1)))]), into: sink)
        #expect(sink.wait { $0.lineCount >= 3 })
        #expect(text(sink).hasPrefix("{\"n\":1}\n{\"n\":2}\n{\"n\": 3}\n"))
        #expect(
            sink.changes == [
                .opened(partitions: [0]), .disconnected("\(server.url): the server answers 502"),
                .opened(partitions: [0]),
            ])
        end(sink, thread)
    }

    /// Credentials are shown to the host that they are for, and to nobody else.
    @Test func signedInAndSentOn() throws {
        let other = WebServer { _, _ in .status(200, body: "x\n") }
        let server = WebServer { number, _ in
            .status(302, headers: ["Location: \(number == 0 ? "/there" : other.url + "/x")"])
        }
        let secret = FileManager.default.temporaryDirectory
            .appendingPathComponent("weir-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: secret) }
        try "geheim\n".write(to: secret, atomically: true, encoding: .utf8)
        let sink = TestSink()
        let settings: [(SourceOption, SourceSettings.Value)] = [
            (.token, .secret(.file(secret.path)))
        ]
        #expect(
            SourceThread(try source(server.url, isBounded: true, settings), into: sink).join())
        #expect(text(sink) == "x\n")
        #expect(server.requests.map(\.path) == ["/", "/there"])
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer geheim" })
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
    }

    @Test func sentRoundAndRound() throws {
        let server = WebServer { _, _ in .status(302, headers: ["Location: /"]) }
        let sink = TestSink()
        #expect(SourceThread(try source(server.url, isBounded: true), into: sink).join())
        #expect(
            sink.changes == [
                .failed("\(server.url): the server sends on and on to other addresses")
            ])
        #expect(server.requests.count == 6)
    }

    /// A sink without room holds the server back, and a stop ends that.
    @Test func aSinkWithoutRoom() throws {
        let line = String(repeating: "x", count: 99) + "\n"
        let server = WebServer { _, _ in
            .status(200, body: String(repeating: line, count: 400_000))
        }
        let sink = TestSink(room: 3)
        let thread = SourceThread(try source(server.url), into: sink)
        #expect(sink.wait { $0.chunks.count == 3 && $0.isBlocked })
        end(sink, thread)
        #expect(sink.chunks.count == 3)
    }

    /// Silence, and then the sign to stop.
    @Test func stopsInSilence() throws {
        let server = WebServer { _, _ in .silence }
        let sink = TestSink()
        let thread = SourceThread(try source(server.url), into: sink)
        #expect(server.wait { $0.count == 1 })
        end(sink, thread)
        #expect(sink.arrivals.isEmpty)
    }
}
