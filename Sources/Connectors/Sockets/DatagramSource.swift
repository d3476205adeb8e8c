import Events
import Glibc

/// Takes the datagrams that come to a place, each of which is one or more records.
///
/// Nobody who sends datagrams can be held back, so there are two threads: one takes them from the
/// socket, whatever happens, and the other hands them over. What doesn't fit between is lost, as is
/// what the system itself has no room for; both are counted.
package struct DatagramSource: Source {
    /// Losses are told so often at most.
    private static let interval = Nanoseconds.milliseconds(100)
    /// As much as the system grants; usually it is far less.
    private static let systemBuffer: Int32 = 8 << 20

    package let stream: Int
    /// As the user gave it: `udp://host:port`.
    package let name: String
    package let isBounded = false
    private let place: SocketName.Place
    private let stop: Stop
    private let bufferLimit: Int

    package init(stream: Int, name: String, place: SocketName.Place, stop: Stop) {
        self.init(
            stream: stream, name: name, place: place, bufferLimit: DroppingBuffer.byteLimit,
            stop: stop)
    }

    init(stream: Int, name: String, place: SocketName.Place, bufferLimit: Int, stop: Stop) {
        self.stream = stream
        self.name = name
        self.place = place
        self.bufferLimit = bufferLimit
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        var feed = RecordFeed(self, into: sink)
        do throws(SocketError) {
            let socket = try OpenSocket.listen(at: place)
            socket.set(SO_RCVBUF, Self.systemBuffer)
            feed.report(.opened(partitions: [0]))
            serve(socket, &feed, sink)
        } catch {
            feed.report(.failed("\(name): \(error)"))
        }
    }

    private func serve(_ socket: OpenSocket, _ feed: inout RecordFeed, _ sink: some ChunkSink) {
        let (buffer, end) = (DroppingBuffer(limit: bufferLimit), SignPipe())
        let receiver = WorkerThread { receive(from: socket, into: buffer, sink, until: end) }
        buffer.handOver(to: &feed, until: stop)
        end.signal()
        receiver.join()
    }

    private func receive(
        from socket: OpenSocket, into buffer: DroppingBuffer, _ sink: some ChunkSink,
        until end: SignPipe
    ) {
        var datagrams = DatagramReader(socket)
        var lost = KernelLosses(socket)
        var toldAt = Monotonic.now()
        let inputs = [socket.descriptor, end.receiver]
        while let ready = stop.wait(inputs: inputs, for: Self.interval),
            !ready.contains(end.receiver)
        {
            if !ready.isEmpty { buffer.add(datagrams.take()) }
            guard Monotonic.now() >= toldAt + Self.interval else { continue }
            toldAt = Monotonic.now()
            tell(buffer, &lost, sink)
        }
        tell(buffer, &lost, sink)
    }

    private func tell(
        _ buffer: DroppingBuffer, _ lost: inout KernelLosses, _ sink: some ChunkSink
    ) {
        let (count, bytes) = buffer.takeLosses()
        let all = count + lost.take()
        guard all > 0 else { return }
        sink.report(SourceLoss(stream: stream, source: name, count: all, bytes: bytes))
    }
}

/// Takes datagrams from a socket, each with a newline at its end.
struct DatagramReader {
    /// The longest that there can be.
    private static let limit = 64 << 10
    /// So many at a time, for one lock.
    private static let batch = 64

    private let socket: OpenSocket
    private var scratch = [UInt8](repeating: 0, count: DatagramReader.limit)

    init(_ socket: OpenSocket) { self.socket = socket }

    /// Those that are there; an empty one is no record.
    mutating func take() -> [[UInt8]] {
        var datagrams: [[UInt8]] = []
        for _ in 0..<Self.batch {
            let count = scratch.withUnsafeMutableBytes {
                recv(socket.descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
            }
            guard count >= 0 else { break }
            guard count > 0 else { continue }
            var datagram = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
                filled = buffer.initialize(fromContentsOf: scratch[..<count])
            }
            if datagram.last != UInt8(ascii: "\n") { datagram.append(UInt8(ascii: "\n")) }
            datagrams.append(datagram)
        }
        return datagrams
    }
}

/// How many datagrams the system had no room for: the counter that SO_RXQ_OVFL would tell with the
/// next datagram, asked for, since there may be no next one.
struct KernelLosses {
    /// Of `SK_MEMINFO_DROPS` among the numbers that SO_MEMINFO gives; linux/sock_diag.h.
    private static let place = 8
    private static let option: Int32 = 55

    private let socket: OpenSocket
    private var told: UInt32 = 0

    init(_ socket: OpenSocket) { self.socket = socket }

    /// Since this was asked last; 0 where the system doesn't know.
    mutating func take() -> UInt64 {
        var numbers = [UInt32](repeating: 0, count: Self.place + 1)
        var size = socklen_t(numbers.count * MemoryLayout<UInt32>.size)
        let status = getsockopt(socket.descriptor, SOL_SOCKET, Self.option, &numbers, &size)
        guard status == 0, size >= socklen_t(numbers.count * MemoryLayout<UInt32>.size) else {
            return 0
        }
        // It runs over after 2^32.
        defer { told = numbers[Self.place] }
        return UInt64(numbers[Self.place] &- told)
    }
}
