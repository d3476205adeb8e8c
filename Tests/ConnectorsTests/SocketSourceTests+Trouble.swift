import Events
import Glibc
import Testing

@testable import Connectors

/// Whether this machine has IPv6.
private let hasNewerProtocol = (try? OpenSocket.listen(at: .tcp(host: "::1", port: 0))) != nil

/// The other side, or the machine, is not as one would wish.
extension SocketSourceTests {
    @Test func aServerThatOnlyClosesIsAskedLessAndLess() throws {
        let name = "unix://\(folder.path("s"))"
        let listener = try OpenSocket.listen(at: SocketName(source: name)!.place)
        try running(connecting(to: name)) {
            let start = Monotonic.now()
            for _ in 0..<4 { _ = try accept(listener) }
            // 200, 400 and 800 ms.
            #expect(Monotonic.now().rawValue - start.rawValue >= 1_400_000_000)
        }
    }

    /// Its place for those who wait is full, which is no refusal.
    @Test func aSocketThatIsBusyIsNotTakenAway() throws {
        let name = "unix-listen://\(folder.path("s"))"
        let place = SocketName(source: name)!.place
        let listener = try OpenSocket.listen(at: place)
        var waiting: [OpenSocket] = []
        while waiting.count < 1000, let next = try? OpenSocket.connect(to: place, until: stop) {
            waiting.append(next)
        }
        #expect(1..<1000 ~= waiting.count)
        stop.signal()
        listening(at: name).run(into: sink)
        #expect(sink.changes == [.failed("\(name): Address already in use")])
        #expect(access(folder.path("s"), F_OK) == 0)
        withExtendedLifetime((listener, waiting)) {}
    }

    /// A link is no socket, whatever it leads to.
    @Test func aLinkToASocketStays() throws {
        _ = try OpenSocket.listen(at: .unix(path: folder.path("t")))
        symlink("t", folder.path("s"))
        stop.signal()
        let name = "unix-listen://\(folder.path("s"))"
        listening(at: name).run(into: sink)
        #expect(sink.changes == [.failed("\(name): Address already in use")])
        #expect(access(folder.path("s"), F_OK) == 0)
    }

    @Test(.enabled(if: hasNewerProtocol)) func anEmptyHostIsEveryAddress() throws {
        let port = try freePort()
        try running(listening(at: "tcp-listen://:\(port)")) {
            for host in ["127.0.0.1", "[::1]"] {
                try connect("tcp://\(host):\(port)").write("a\n")
            }
            #expect(sink.wait { $0.lineCount == 2 })
        }
    }

    @Test func whoHasGoneWithoutAWordIsNoticed() throws {
        let place = SocketName.Place.tcp(host: "127.0.0.1", port: try freePort())
        let listener = try OpenSocket.listen(at: place)
        let connected = try OpenSocket.connect(to: place, until: stop)
        for socket in [try #require(connected), try accept(listener)] {
            #expect(option(SO_KEEPALIVE, SOL_SOCKET, of: socket) == 1)
            #expect(option(TCP_KEEPIDLE, Int32(IPPROTO_TCP), of: socket) == 30)
            #expect(option(TCP_KEEPINTVL, Int32(IPPROTO_TCP), of: socket) == 10)
            #expect(option(TCP_KEEPCNT, Int32(IPPROTO_TCP), of: socket) == 3)
        }
    }

    private func option(_ option: Int32, _ level: Int32, of socket: OpenSocket) -> Int32 {
        var value: Int32 = -1
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket.descriptor, level, option, &value, &size)
        return value
    }

    /// A trickle doesn't hold a quarter of a megabyte per chunk.
    @Test func aShortReadTakesLittleMemory() throws {
        let name = "unix-listen://\(folder.path("s"))"
        try running(listening(at: name)) {
            try connect(name).write("a\n")
            #expect(sink.wait { $0.lineCount == 1 })
        }
        let bytes = try #require(sink.chunks.first?.bytes)
        #expect(allocatedSize(bytes.bytes.baseAddress) < 64 << 10)
        withExtendedLifetime(bytes) {}
    }
}

@_silgen_name("malloc_usable_size")
private func allocatedSize(_ address: UnsafeRawPointer?) -> Int
