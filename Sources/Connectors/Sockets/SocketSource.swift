import Events
import Glibc

/// Connects to a socket and reads what it sends.
///
/// A live one is connected again when the other side is gone, at intervals that grow until
/// something was read; what comes then is a new incarnation. A bounded one ends when the other side
/// closes it.
package struct SocketSource: Source {
    package let stream: Int
    /// As the user gave it: `tcp://host:port`.
    package let name: String
    package let isBounded: Bool
    private let place: SocketName.Place
    private let taken: TakenInput?
    private let stop: Stop

    /// `taken`: a connection from which something was read already.
    package init(
        stream: Int, name: String, place: SocketName.Place, isBounded: Bool,
        taken: TakenInput? = nil, stop: Stop
    ) {
        self.stream = stream
        self.name = name
        self.place = place
        self.isBounded = isBounded
        self.taken = taken
        self.stop = stop
    }

    package func run(into sink: some ChunkSink) {
        var feed = RecordFeed(self, into: sink)
        var pause = Backoff()
        var first = taken.map { (OpenSocket($0.descriptor), $0.bytes) }
        var hasRead = false
        while !sink.isStopping {
            var trouble: String
            do {
                let found = try first?.0 ?? OpenSocket.connect(to: place, until: stop)
                guard let socket = found else { return }
                if hasRead, !feed.beginIncarnation() { return }
                hasRead = true
                feed.report(.opened(partitions: [0]))
                if let first, !feed.take(first.1) { return }
                first = nil
                let before = feed.received
                let end = withExtendedLifetime(socket) {
                    feed.readToEnd(of: socket.descriptor, until: stop)
                }
                switch end {
                case .stopped: return
                case .end: trouble = "closed by the other side"
                case .failed(let error): trouble = error.description
                }
                if isBounded { return feed.conclude(end) }
                // A server that only closes again is asked as seldom as one that isn't there.
                if feed.received > before { pause = Backoff() }
            } catch {
                trouble = "\(error)"
            }
            guard !isBounded else { return feed.report(.failed("\(name): \(trouble)")) }
            feed.report(.disconnected("\(name): \(trouble)"))
            if stop.wait(for: pause.next()) { return }
        }
    }
}
