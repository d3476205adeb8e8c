import Glibc

@testable import Connectors

/// What the contract is tried on: each way to give bytes to a source.
enum SourceKind: CaseIterable {
    case pipe, boundedPipe, namedPipe, socket, command, file, followedFile

    /// Whether writing waits while nobody reads.
    var isPipe: Bool { self != .file && self != .followedFile }
    /// Whether the end of the writing is the end of the source.
    var ends: Bool { self != .followedFile }
    /// Whether the source sees what is written while it runs.
    var isLive: Bool { self != .file }

    static let live = allCases.filter(\.isLive)
    static let ending = allCases.filter(\.ends)
    static let pipes = allCases.filter(\.isPipe)
}

/// A source of that kind, and the hand that feeds it.
final class SourceRig {
    let kind: SourceKind
    let stop = Stop()
    let sink: TestSink
    let source: any Source
    private let folder = TestFolder()
    private let reader: Writer?
    /// Of a command: readable once it has opened its input.
    private var ready: Writer?
    private(set) var writer: Writer?
    private var thread: SourceThread?

    init(_ kind: SourceKind, room: Int? = nil) {
        self.kind = kind
        sink = TestSink(room: room)
        let path = folder.path("data")
        switch kind {
        case .pipe, .boundedPipe:
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            reader = Writer(descriptor: ends[0])
            writer = Writer(descriptor: ends[1])
            source = DescriptorSource(
                stream: 3, name: "stdin", input: TakenInput(descriptor: ends[0], bytes: []),
                isBounded: kind == .boundedPipe,
                stop: stop)
        case .namedPipe:
            mkfifo(path, 0o600)
            // Held open for reading, so that the writer needn't wait for the source.
            reader = Writer(descriptor: open(path, O_RDONLY | O_NONBLOCK))
            writer = Writer(path: path)
            source = FileSource(
                stream: 3, path: path, follow: false, startAtEnd: false, stop: stop)
        case .socket:
            let ends = connectedPair()
            reader = nil
            writer = Writer(descriptor: ends.rig)
            source = SocketSource(
                stream: 3, name: "unix://\(path)", place: .unix(path: path), isBounded: true,
                taken: TakenInput(descriptor: ends.source, bytes: []), stop: stop)
        case .command:
            for name in ["data", "ready"] { mkfifo(folder.path(name), 0o600) }
            reader = Writer(descriptor: open(path, O_RDONLY | O_NONBLOCK))
            ready = Writer(descriptor: open(folder.path("ready"), O_RDWR))
            writer = Writer(path: path)
            let command = "exec 3<\(path) && echo >\(folder.path("ready")) && cat <&3"
            source = CommandSource(
                stream: 3, name: "exec:\(command)", command: command, isBounded: true, stop: stop)
        case .file, .followedFile:
            reader = nil
            writer = Writer(path: path)
            source = FileSource(
                stream: 3, path: path, follow: kind == .followedFile, startAtEnd: false,
                stop: stop)
        }
    }

    /// Nothing stays behind a test that failed.
    deinit {
        sink.stop()
        stop.signal()
        writer = nil
        _ = thread?.join()
    }

    func start() { thread = SourceThread(source, into: sink) }

    /// Gives the bytes in pieces while the source runs, and then ends the writing.
    func feed(_ bytes: [UInt8], pieces: Int) {
        if kind.isLive {
            start()
            // A named pipe has no end before somebody has seen its beginning.
            _ = sink.wait { !$0.changes.isEmpty }
            waitForReader()
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            writer?.write(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
        }
        if kind.ends { writer = nil }
        if !kind.isLive { start() }
    }

    /// Waits until all is over, or for a followed file until that much is there, and ends it then.
    func finish(expecting count: Int) -> Bool {
        guard !kind.ends else { return join() }
        let isThere = sink.wait { $0.byteCount >= count }
        end()
        return join() && isThere
    }

    func end() {
        sink.stop()
        stop.signal()
    }

    func join(within seconds: Double = TestSink.budget) -> Bool {
        defer { thread = nil }
        return thread?.join(within: seconds) ?? true
    }

    func closeWriter() {
        waitForReader()
        writer = nil
    }

    private func waitForReader() {
        guard let ready else { return }
        var entry = pollfd(fd: ready.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, Int32(TestSink.budget * 1_000))
    }
}

/// Two ends of a connection.
private func connectedPair() -> (source: Int32, rig: Int32) {
    var ends: [Int32] = [-1, -1]
    let failure = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    precondition(failure == 0, "the system has no socket left")
    return (ends[0], ends[1])
}
