import Events
import Glibc
import Testing

@testable import Connectors

/// Sockets, from the side of whoever sends.
@Suite struct SocketSourceTests {
    let folder = TestFolder()
    let stop = Stop()
    let sink = TestSink()

    func running(_ source: some Source, _ body: () throws -> Void) rethrows {
        let thread = SourceThread(source, into: sink)
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        try body()
    }

    func connecting(to name: String, bounded: Bool = false) -> SocketSource {
        SocketSource(
            stream: 0, name: name, place: SocketName(source: name)!.place, isBounded: bounded,
            stop: stop)
    }

    func listening(at name: String) -> ListeningSource {
        ListeningSource(
            stream: 0, name: name, place: SocketName(source: name)!.place, stop: stop)
    }

    /// Connects as soon as somebody listens.
    func connect(_ name: String) throws -> Writer {
        let place = SocketName(source: name)!.place
        #expect(sink.wait { !$0.changes.isEmpty })
        return Writer(descriptor: try connectedDescriptor(to: place))
    }

    /// Waits for the next who connects.
    func accept(_ listener: OpenSocket) throws -> OpenSocket {
        _ = try #require(Stop().wait(inputs: [listener.descriptor]))
        let client = try listener.accept()
        return try #require(client)
    }

    /// A port that was free a moment ago.
    func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) | getsockname(socket, address, &size)
            }
        }
        try #require(status == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    @Test func connectsAgainAfterTheOtherSideHasGone() throws {
        let name = "unix://\(folder.path("s"))"
        let listener = try OpenSocket.listen(at: SocketName(source: name)!.place)
        try running(connecting(to: name)) {
            for life in 0..<2 {
                let client = try accept(listener)
                send("a\nb", over: client)
                #expect(sink.wait { $0.lineCount == 2 * life + 1 })
                shutdown(client.descriptor, Int32(SHUT_RDWR))
                // Its rest will not come, so it is a record.
                #expect(sink.wait { $0.changes.count == 2 * (life + 1) })
            }
            let third = try accept(listener)
            #expect(sink.wait { $0.lineCount == 4 && $0.changes.count == 5 })
            withExtendedLifetime(third) {}
        }
        #expect(sink.chunks.map(\.origin.incarnation) == [0, 0, 1, 1])
        #expect(sink.chunks.map(\.firstOffset) == [0, 1, 0, 1])
        #expect(
            sink.changes.prefix(5) == [
                .opened(partitions: [0]), .disconnected("\(name): closed by the other side"),
                .opened(partitions: [0]), .disconnected("\(name): closed by the other side"),
                .opened(partitions: [0]),
            ])
    }

    func send(_ text: String, over socket: OpenSocket) {
        let bytes = Array(text.utf8)
        #expect(write(socket.descriptor, bytes, bytes.count) == bytes.count)
    }

    @Test func nobodyThereIsTriedAgainAndSaid() throws {
        let name = "unix://\(folder.path("s"))"
        try running(connecting(to: name)) {
            #expect(sink.wait { !$0.changes.isEmpty })
            let listener = try OpenSocket.listen(at: SocketName(source: name)!.place)
            let client = try accept(listener)
            #expect(sink.wait { $0.changes.contains(.opened(partitions: [0])) })
            withExtendedLifetime(client) {}
        }
        #expect(sink.changes.first == .disconnected("\(name): No such file or directory"))
    }

    @Test func aBoundedOneThatIsRefusedFails() throws {
        let name = "tcp://127.0.0.1:\(try freePort())"
        connecting(to: name, bounded: true).run(into: sink)
        #expect(sink.changes == [.failed("\(name): Connection refused")])
    }

    @Test func everyClientIsAPartition() throws {
        let name = "tcp-listen://127.0.0.1:\(try freePort())"
        try running(listening(at: name)) {
            let first = try connect(name)
            first.write("a1\n")
            #expect(sink.wait { $0.lineCount == 1 })
            var second: Writer? = try connect(name)
            second?.write("b1\nb2")
            #expect(sink.wait { $0.lineCount == 2 })
            second = nil
            #expect(sink.wait { $0.changes.count == 2 })
            // The next one takes the free place, as a new incarnation.
            try connect(name).write("c1\n")
            #expect(sink.wait { $0.lineCount == 4 && $0.changes.count == 3 })
            first.write("a2\n")
            #expect(sink.wait { $0.lineCount == 5 })
        }
        let lives = sink.chunks.map {
            "\($0.origin.partition).\($0.origin.incarnation)/\($0.firstOffset) "
                + String(decoding: $0.bytes.bytes, as: UTF8.self)
        }
        #expect(lives == ["0.0/0 a1\n", "1.0/0 b1\n", "1.0/1 b2\n", "1.1/0 c1\n", "0.0/1 a2\n"])
        #expect(
            sink.changes.prefix(3) == [
                .opened(partitions: []), .hungUp(partition: 1), .hungUp(partition: 1),
            ])
    }

    @Test func aSocketFileThatNobodyServesIsReplaced() throws {
        let name = "unix-listen://\(folder.path("s"))"
        let place = SocketName(source: name)!.place
        let descriptor = dup(try OpenSocket.listen(at: place).descriptor)
        close(descriptor)
        try running(listening(at: name)) {
            try connect(name).write("a\n")
            #expect(sink.wait { $0.lineCount == 1 })
        }
        #expect(access(folder.path("s"), F_OK) != 0, "it is removed at the end")
    }

    @Test func onePlaceForOneListener() throws {
        let name = "unix-listen://\(folder.path("s"))"
        let first = try OpenSocket.listen(at: SocketName(source: name)!.place)
        listening(at: name).run(into: sink)
        #expect(sink.changes == [.failed("\(name): Address already in use")])
        withExtendedLifetime(first) {}
    }
}

@Suite struct SocketNameTests {
    @Test(arguments: [
        ("tcp://host:9000", "host", 9000), ("tcp://[::1]:1", "::1", 1),
        ("tcp-listen://:65535", "", 65535), ("tcp://10.0.0.1:80/", "10.0.0.1", 80),
    ])
    func aNetworkSocket(_ source: String, _ host: String, _ port: UInt16) throws {
        #expect(SocketName(source: source)?.place == .tcp(host: host, port: port))
    }

    @Test func aPathIsTakenAsItIs() {
        #expect(SocketName(source: "unix:///run/a b.sock")?.place == .unix(path: "/run/a b.sock"))
        #expect(SocketName(source: "unix://s:1")?.place == .unix(path: "s:1"))
        let long = String(repeating: "x", count: 107)
        #expect(SocketName(source: "unix://\(long)") != nil)
        #expect(SocketName(source: "unix://\(long)x") == nil)
    }

    @Test(arguments: [
        "tcp://host", "tcp://:9000", "tcp://host:0", "tcp://host:65536", "tcp://host:x",
        "tcp://::1:9000", "tcp://a/b:1", "unix://", "tcp:host:1", "udp://host:1", "/tmp/x",
    ])
    func whatIsNone(_ source: String) { #expect(SocketName(source: source) == nil) }
}
