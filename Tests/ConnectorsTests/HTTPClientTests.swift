import Events
import Glibc
import Testing
import TestServers

@testable import Connectors

@Suite struct HTTPClientTests {
    let stop = Stop()

    func answer(
        to request: HTTPRequest, limit: Int = 1000
    ) throws -> Result<HTTPResponse, HTTPError> {
        let client = try HTTPClient()
        return Result { () throws(HTTPError) in
            try client.send(request, limit: limit, until: stop)
        }
    }

    @Test func sendsWhatIsAskedAndTakesTheAnswer() throws {
        let server = WebServer { _, _ in
            .status(201, headers: ["X-Colour:  green ", "Empty:"], body: "made")
        }
        let request = HTTPRequest(
            "PUT", server.url + "/a/b?c=d",
            headers: [.init("X-Word", "ä b"), .init("X-None", "")], body: Array("{\"a\":1}".utf8))
        let response = try answer(to: request).get()
        #expect(response.head.status == 201)
        #expect(response.head.isSuccess)
        #expect(response.head["x-colour"] == "green")
        #expect(response.head["EMPTY"] == "")
        #expect(String(decoding: response.body, as: UTF8.self) == "made")
        let seen = try #require(server.requests.first)
        #expect(seen.method == "PUT")
        #expect(seen.path == "/a/b?c=d")
        #expect(seen.body == "{\"a\":1}")
        #expect(seen.headers["x-word"] == "ä b")
        #expect(seen.headers["x-none"] == "")
        #expect(seen.headers["expect"] == nil)
    }

    @Test func aConnectionServesTwice() throws {
        let server = WebServer { number, _ in .status(200, body: "\(number)") }
        let client = try HTTPClient()
        for number in ["0", "1", "2"] {
            let response = try client.send(
                HTTPRequest("GET", server.url), limit: 10, until: stop)
            #expect(String(decoding: response.body, as: UTF8.self) == number)
        }
        #expect(server.connections == 1)
    }

    /// A large body has to be sent whole, and nothing of one request stays for the next.
    @Test func aLargeBodyThenNone() throws {
        let server = WebServer { _, request in .status(200, body: "\(request.body.utf8.count)") }
        let client = try HTTPClient()
        let large = HTTPRequest("POST", server.url, body: Array(repeating: 0x61, count: 3_000_000))
        let bare = HTTPRequest("GET", server.url + "/x")
        let counts = try [large, bare].map {
            String(decoding: try client.send($0, limit: 10, until: stop).body, as: UTF8.self)
        }
        #expect(counts == ["3000000", "0"])
        #expect(server.requests.map(\.method) == ["POST", "GET"])
    }

    @Test(arguments: ["", "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "http://[::"])
    func whatIsNoAddress(_ url: String) throws {
        #expect(try answer(to: HTTPRequest("GET", url)) == .failure(.malformed))
    }

    @Test func aLineBreakInAHeader() throws {
        let server = WebServer { _, _ in .status(200) }
        let request = HTTPRequest(
            "GET", server.url, headers: [.init("X-A", "b\r\nX-Admin: yes")])
        #expect(try answer(to: request) == .failure(.malformed))
        #expect(server.connections == 0)
    }

    @Test func nobodyThere() throws {
        let port = ServerProcess.freePort()
        let result = try answer(to: HTTPRequest("GET", "http://127.0.0.1:\(port)"))
        #expect(result == .failure(.unreachable("Connection refused")))
    }

    @Test func silenceEndsAtTheTimeout() throws {
        let server = WebServer { _, _ in .silence }
        var request = HTTPRequest("GET", server.url)
        request.timeout = .milliseconds(100)
        #expect(try answer(to: request) == .failure(.timedOut))
    }

    /// Measured from the sign, which is given once the server has the request.
    @Test func aStopEndsAWaitWithin200Milliseconds() throws {
        let isQuick = quickly(within: .milliseconds(200)) {
            let server = WebServer { _, _ in .silence }
            let (stop, url) = (Stop(), server.url)
            let thread = SourceThread {
                let client = try? HTTPClient()
                _ = try? client?.send(HTTPRequest("GET", url), limit: 10, until: stop)
            }
            #expect(server.wait { $0.count == 1 })
            let start = Monotonic.now()
            stop.signal()
            #expect(thread.join())
            return start
        }
        #expect(isQuick)
    }

    @Test func tooMuch() throws {
        let server = WebServer { _, _ in .status(200, body: String(repeating: "x", count: 101)) }
        let request = HTTPRequest("GET", server.url)
        #expect(try answer(to: request, limit: 100) == .failure(.tooLarge(limit: 100)))
        #expect(try answer(to: request, limit: 101).get().body.count == 101)
    }

    @Test func anAnswerThatIsCut() throws {
        let server = WebServer { _, _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") }
        guard case .failure(.broken) = try answer(to: HTTPRequest("GET", server.url)) else {
            Issue.record("three of ten bytes are no answer")
            return
        }
    }

    /// To follow it would take the headers, secrets among them, to another place.
    @Test func aRedirectionIsAnAnswer() throws {
        let server = WebServer { _, _ in .status(302, headers: ["Location: /new"]) }
        let response = try answer(to: HTTPRequest("POST", server.url + "/old")).get()
        #expect(response.head.status == 302)
        #expect(response.head["location"] == "/new")
        #expect(server.requests.count == 1)
    }

    /// Nothing of a stream is kept, and whoever takes it can end it.
    @Test func aStreamIsTakenAsItComes() throws {
        let server = WebServer { _, _ in .raw("HTTP/1.1 200 OK\r\nX-A: b\r\n\r\none two three") }
        let client = try HTTPClient()
        var taken = ""
        let head = try client.send(HTTPRequest("GET", server.url), until: stop) { head, bytes in
            #expect(head.status == 200 && head["X-A"] == "b")
            taken += String(decoding: bytes, as: UTF8.self)
            return true
        }
        #expect(head.status == 200)
        #expect(taken == "one two three")
        #expect(throws: HTTPError.stopped) {
            try client.send(HTTPRequest("GET", server.url), until: stop) { _, _ in false }
        }
    }
}
