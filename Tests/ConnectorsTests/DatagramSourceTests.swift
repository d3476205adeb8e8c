import Events
import Glibc
import Testing

@testable import Connectors

/// Datagrams, from the side of whoever sends.
@Suite struct DatagramSourceTests {
    let stop = Stop()

    private func running(
        into sink: TestSink, bufferLimit: Int = DroppingBuffer.byteLimit,
        _ body: (Writer) throws -> Void
    ) throws {
        let place = SocketName.Place.udp(host: "127.0.0.1", port: try freeDatagramPort())
        let source = DatagramSource(
            stream: 0, name: "udp://x", place: place, bufferLimit: bufferLimit, stop: stop)
        let thread = SourceThread(source, into: sink)
        defer {
            sink.stop()
            stop.signal()
            #expect(thread.join(within: 5))
        }
        #expect(sink.wait { $0.changes == [.opened(partitions: [0])] })
        try body(try datagramSender(to: place))
    }

    @Test func aDatagramIsOneOrMoreLines() throws {
        let sink = TestSink()
        try running(into: sink) { sender in
            for (text, lines) in [("a", 1), ("b\nc", 3), ("d\n", 4), ("\u{0}\u{1b}", 5)] {
                sender.write(text)
                #expect(sink.wait { $0.lineCount == lines })
            }
            // An empty one is nothing, and in the way of nothing.
            _ = Glibc.send(sender.descriptor, nil, 0, 0)
            sender.write(String(repeating: "x", count: 65_000))
            #expect(sink.wait { $0.lineCount == 6 })
        }
        #expect(sink.chunks.map(\.firstOffset) == [0, 1, 3, 4, 5])
        #expect(sink.bytes.starts(with: Array("a\nb\nc\nd\n\u{0}\u{1b}\nxxx".utf8)))
        #expect(sink.losses.isEmpty)
    }

    /// What was sent is what came and what was lost, wherever that was.
    @Test func withoutRoomTheOldestGoAndAreCounted() throws {
        let sink = TestSink(room: 0)
        let count = 2_000
        try running(into: sink, bufferLimit: 64 << 10) { sender in
            for i in 0..<count {
                sender.write("record \(i) " + String(repeating: "x", count: 500))
            }
            #expect(sink.wait { $0.losses.reduce(0) { $0 + $1.count } > 1_500 })
            sink.makeRoom()
            #expect(
                sink.wait { sink in
                    sink.lineCount + Int(sink.losses.reduce(0) { $0 + $1.count }) == count
                })
        }
        #expect(sink.losses.allSatisfy { $0.source == "udp://x" })
    }

    /// The newest stay.
    @Test func theOldestGoFirst() {
        let (buffer, sink) = (DroppingBuffer(limit: 10 * (64 + 4)), TestSink())
        for i in 0..<25 { buffer.add([Array("r\(10 + i)\n".utf8)]) }
        #expect(buffer.takeLosses() == (15, 60))
        #expect(buffer.takeLosses() == (0, 0))
        let thread = SourceThread { [stop] in
            var feed = RecordFeed(stream: 0, origin: Origin(source: "x"), into: sink)
            buffer.handOver(to: &feed, until: stop)
        }
        #expect(sink.wait { $0.lineCount == 10 })
        #expect(sink.bytes == (15..<25).flatMap { Array("r\(10 + $0)\n".utf8) })
        buffer.end()
        #expect(thread.join(within: 5))
    }

    /// Nobody reads meanwhile, and the system throws away what it has no room for.
    @Test func whatTheSystemLosesIsCountedToo() throws {
        let place = SocketName.Place.udp(host: "127.0.0.1", port: try freeDatagramPort())
        let socket = try OpenSocket.listen(at: place)
        socket.set(SO_RCVBUF, 4_096)
        var losses = KernelLosses(socket)
        #expect(losses.take() == 0)
        let sender = try datagramSender(to: place)
        for _ in 0..<200 { sender.write(String(repeating: "x", count: 1_000)) }
        var datagrams = DatagramReader(socket)
        let kept = datagrams.take().count
        #expect(1..<200 ~= kept)
        #expect(losses.take() == UInt64(200 - kept))
        #expect(losses.take() == 0)
    }

    @Test func itIsFoundByItsName() throws {
        let port = try freeDatagramPort()
        let name = "udp://127.0.0.1:\(port)"
        let stream = RemoteStream(
            stream: 0, name: name, settings: SourceSettings(), isBounded: false, stop: stop)
        let (source, sink) = (try stream.source(), TestSink())
        let thread = SourceThread { source.run(into: sink) }
        #expect(sink.wait { !$0.changes.isEmpty })
        try datagramSender(to: .udp(host: "127.0.0.1", port: port)).write("a\nb\n")
        #expect(sink.wait { $0.lineCount == 2 })
        sink.stop()
        stop.signal()
        #expect(thread.join(within: 5))
        #expect(sink.changes == [.opened(partitions: [0])] && source.name == name)
    }

    @Test func onePlaceForOneListener() throws {
        let place = SocketName.Place.udp(host: "127.0.0.1", port: try freeDatagramPort())
        let first = try OpenSocket.listen(at: place)
        let sink = TestSink()
        DatagramSource(stream: 0, name: "udp://x", place: place, stop: stop).run(into: sink)
        #expect(sink.changes == [.failed("udp://x: Address already in use")])
        withExtendedLifetime(first) {}
    }

    private func datagramSender(to place: SocketName.Place) throws -> Writer {
        let address = try #require(try SocketAddress.all(of: place, listens: false).first)
        let descriptor = socket(address.family, address.type, 0)
        #expect(address.withPointer { Glibc.connect(descriptor, $0, $1) } == 0)
        return Writer(descriptor: descriptor)
    }

    /// A port that was free a moment ago.
    private func freeDatagramPort() throws -> UInt16 {
        let probe = try OpenSocket.listen(at: .udp(host: "127.0.0.1", port: 0))
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(probe.descriptor, $0, &size)
            }
        }
        try #require(status == 0)
        return UInt16(bigEndian: address.sin_port)
    }
}
