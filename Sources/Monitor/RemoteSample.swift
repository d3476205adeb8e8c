import Connectors
import Events
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A look at the records of a source that somebody else serves: they can be read from a descriptor.
///
/// It is a guest there: of what is kept it reads the newest records, and it never reads in the name
/// of a group, which would take them from the group. A command is run once.
struct RemoteSample {
    /// Records looked at, unless the source is to be read from somewhere else.
    private static let count = 500

    let descriptor: Int32
    private let stop = Stop()
    private let sink: PipeSink
    private let thread: WorkerThread

    /// nil: it is a source of another kind.
    init?(_ source: String, _ settings: SourceSettings, follow: Bool) throws(Ending) {
        guard let scheme = RemoteScheme(source: source) else { return nil }
        var settings = settings
        settings.remove(.group)
        if follow, scheme.options.contains(.start), !settings.has(.start) {
            settings.set(.start, .start(.last(Self.count)), text: "")
        }
        let reader: any Source
        do throws(RemoteError) {
            reader = try RemoteStream(
                stream: 0, name: source, settings: settings,
                isBounded: scheme == .exec
                    || (scheme.hasEnd && !follow && settings.truth(.pubsub) != true),
                stop: stop
            ).source()
        } catch {
            throw Ending(.unavailable, "\(source): \(error.message)")
        }
        let (sink, descriptor) = PipeSink.pair()
        self.descriptor = descriptor
        self.sink = sink
        thread = WorkerThread {
            reader.run(into: sink)
            sink.close()
        }
    }

    /// Ends the look. Why the source couldn't be read, if it couldn't.
    func end() -> String? {
        sink.close()
        stop.signal()
        thread.join()
        close(descriptor)
        return sink.failure
    }
}

/// Records on their way through a pipe, as many as there is room for in it.
private final class PipeSink: ChunkSink {
    private struct State {
        var sender: Int32
        var failure: String?
    }

    private let state: Mutex<State>

    private init(sender: Int32) { state = Mutex(State(sender: sender)) }

    static func pair() -> (sink: PipeSink, receiver: Int32) {
        var ends: [Int32] = [-1, -1]
        let failure = pipe(&ends)
        precondition(failure == 0, "the system has no descriptor left for a look at a source")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        return (PipeSink(sender: ends[1]), ends[0])
    }

    var failure: String? { state.withLock(\.failure) }

    var isStopping: Bool { state.withLock { $0.sender < 0 } }

    func admit(_ chunk: Chunk, readAhead: Int) -> Bool {
        state.withLock { state in
            guard state.sender >= 0 else { return false }
            let bytes = chunk.bytes.bytes
            return write(state.sender, bytes.baseAddress, bytes.count) == bytes.count
        }
    }

    func report(_ change: SourceChange) {
        switch change.state {
        case .failed(let reason): state.withLock { $0.failure = reason }
        case .disconnected(let reason): Output.say(reason)
        case .opened, .hungUp, .ended: break
        }
    }

    func report(lag sample: LagSample) {}

    func report(_ loss: SourceLoss) {}

    func close() {
        state.withLock { state in
            if state.sender >= 0 { Glibc.close(state.sender) }
            state.sender = -1
        }
    }
}
