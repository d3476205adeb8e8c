import Events
import Glibc

/// Waits for others to connect, and reads what each of them sends: a partition for each.
///
/// A client's partition is the lowest number that is free; with the next client of that number a
/// new incarnation begins. Who hangs up no longer holds the watermark. More clients than the limit
/// wait until one has gone.
package struct ListeningSource: Source {
    static let clientLimit = 256

    package let stream: Int
    /// As the user gave it: `tcp-listen://host:port`.
    package let name: String
    package let isBounded = false
    private let place: SocketName.Place
    private let stop: Stop

    package init(stream: Int, name: String, place: SocketName.Place, stop: Stop) {
        self.stream = stream
        self.name = name
        self.place = place
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        do throws(SocketError) {
            let listener = try listen()
            defer { if case .unix(let path) = place { unlink(path) } }
            sink.report(SourceChange(stream: stream, source: name, state: .opened(partitions: [])))
            serve(listener, sink)
        } catch {
            let state = SourceChange.State.failed("\(name): \(error)")
            sink.report(SourceChange(stream: stream, source: name, state: state))
        }
    }

    /// A socket file that nobody listens on any more is in the way of the next one. Only a refusal
    /// says that; somebody who is busy, or may not be asked, is there.
    private func listen() throws(SocketError) -> OpenSocket {
        if case .unix(let path) = place, isAbandoned(path) { unlink(path) }
        return try OpenSocket.listen(at: place)
    }

    private func isAbandoned(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.kind == S_IFSOCK else { return false }
        do throws(SocketError) {
            _ = try OpenSocket.connect(to: place, until: stop)
            return false
        } catch {
            return error.code == ECONNREFUSED
        }
    }

    private func serve(_ listener: OpenSocket, _ sink: some ChunkSink) {
        var clients = Clients()
        var door = Door(listener.accept)
        while !sink.isStopping {
            let rest = door.rest(at: Monotonic.now())
            let isOpen = rest == nil && clients.count < Self.clientLimit
            let inputs = clients.descriptors + (isOpen ? [listener.descriptor] : [])
            guard let ready = stop.wait(inputs: inputs, for: rest), clients.read(ready) else {
                return
            }
            guard ready.contains(listener.descriptor) else { continue }
            while clients.count < Self.clientLimit, let socket = door.accept(at: Monotonic.now()) {
                guard clients.take(socket, of: self, sink) else { return }
            }
        }
    }
}

/// Those who are connected, each in a place of its own.
private struct Clients {
    private struct Client {
        var feed: RecordFeed
        /// nil: the place is free.
        var socket: OpenSocket?
    }

    private var clients: [Client] = []

    var count: Int { clients.count { $0.socket != nil } }
    var descriptors: [Int32] { clients.compactMap { $0.socket?.descriptor } }

    /// False: stopped.
    mutating func take(
        _ socket: OpenSocket, of source: ListeningSource, _ sink: some ChunkSink
    ) -> Bool {
        guard let free = clients.firstIndex(where: { $0.socket == nil }) else {
            let feed = RecordFeed(source, into: sink, partition: clients.count)
            clients.append(Client(feed: feed, socket: socket))
            return true
        }
        clients[free].socket = socket
        return clients[free].feed.beginIncarnation()
    }

    /// One read of each client that has something, or has hung up. False: stopped.
    mutating func read(_ ready: Set<Int32>) -> Bool {
        for i in clients.indices {
            guard let socket = clients[i].socket, ready.contains(socket.descriptor) else {
                continue
            }
            let room = roomForWhatIsThere(socket.descriptor)
            switch clients[i].feed.read(socket.descriptor, room: room) {
            case .read, .nothing: continue
            case .stopped: return false
            case .end, .failed:
                guard clients[i].feed.finish() else { return false }
                clients[i].feed.report(.hungUp(partition: i))
                clients[i].socket = nil
            }
        }
        return true
    }
}
