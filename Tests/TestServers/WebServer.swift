import Foundation
import Synchronization

/// A web server for tests, on a free port of the loopback; a thread for each connection.
package final class WebServer: Sendable {
    package struct Request: Sendable {
        package var method = ""
        package var path = ""
        /// By their names in small letters.
        package var headers: [String: String] = [:]
        package var body = ""
    }

    package enum Answer: Sendable {
        case status(Int, headers: [String] = [], body: String = "")
        /// These bytes, and then the end of the connection.
        case raw(String)
        /// These bytes, and nothing more until the other side goes.
        case held(String)
        /// Nothing, until the other side goes.
        case silence
    }

    private struct State {
        var requests: [Request] = []
        var connections = 0
        var open = 0
    }

    package let port: UInt16
    package var url: String { "http://127.0.0.1:\(port)" }
    private let listener: Int32
    private let state = Mutex(State())
    private let changed = NSCondition()
    private let answer: @Sendable (Int, Request) -> Answer

    /// `answer` gets the request, and how many came before it. It is asked for one request after
    /// the other, before the request is counted.
    package init(answer: @escaping @Sendable (Int, Request) -> Answer) {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, length) = (listener, size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) | listen(descriptor, 64)
                    | getsockname(descriptor, address, &size)
            }
        }
        precondition(status == 0, "a test can't have a port")
        port = UInt16(bigEndian: address.sin_port)
        // It holds the descriptor, not the server, so that the server ends with its test.
        Thread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0, self?.serve(connection) != nil else { break }
            }
            close(descriptor)
        }.start()
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    package var requests: [Request] { state.withLock { $0.requests } }
    package var connections: Int { state.withLock { $0.connections } }

    /// Waits until that is so. False: it has not become so in time.
    package func wait(
        within seconds: Double = 20, until condition: ([Request]) -> Bool
    ) -> Bool {
        let deadline = Date.now.addingTimeInterval(seconds)
        changed.lock()
        defer { changed.unlock() }
        while !condition(requests) {
            if !changed.wait(until: deadline) { return condition(requests) }
        }
        return true
    }

    /// Waits until every connection has ended, so that all that was sent is counted.
    package func waitForEnd(within seconds: Double = 20) -> Bool {
        wait(within: seconds) { _ in state.withLock { $0.open == 0 } }
    }

    private func serve(_ connection: Int32) {
        change {
            $0.connections += 1
            $0.open += 1
        }
        Thread { [weak self] in
            while let request = Self.read(connection) {
                guard let answer = self?.take(request) else { break }
                if !Self.write(answer, to: connection) { break }
            }
            close(connection)
            self?.change { $0.open -= 1 }
        }.start()
    }

    private func take(_ request: Request) -> Answer {
        changed.lock()
        defer { changed.unlock() }
        let answer = answer(requests.count, request)
        state.withLock { $0.requests.append(request) }
        changed.broadcast()
        return answer
    }

    private func change(_ body: (inout State) -> Void) {
        changed.lock()
        state.withLock { body(&$0) }
        changed.broadcast()
        changed.unlock()
    }

    /// nil: the other side has gone.
    private static func read(_ connection: Int32) -> Request? {
        var text = ""
        while !text.contains("\r\n\r\n") {
            guard let more = piece(connection) else { return nil }
            text += more
        }
        let end = text.range(of: "\r\n\r\n")!
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        var request = Request(method: String(words[0]), path: String(words[1]))
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            request.headers[parts[0].lowercased()] =
                parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        request.body = String(text[end.upperBound...])
        let length = request.headers["content-length"].flatMap(Int.init) ?? 0
        while request.body.utf8.count < length {
            guard let more = piece(connection) else { return nil }
            request.body += more
        }
        return request
    }

    private static func piece(_ connection: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    /// False: the connection is over.
    private static func write(_ answer: Answer, to connection: Int32) -> Bool {
        switch answer {
        case .silence:
            while piece(connection) != nil {}
            return false
        case .held(let text):
            guard send(text, connection) else { return false }
            while piece(connection) != nil {}
            return false
        case .raw(let text):
            send(text, connection)
            return false
        case .status(let status, let headers, let body):
            let lines =
                ["HTTP/1.1 \(status) Words", "Content-Length: \(body.utf8.count)"] + headers
            return send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, connection)
        }
    }

    @discardableResult
    private static func send(_ text: String, _ connection: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
