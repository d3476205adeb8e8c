import Engine
import Events
import Recording
import Synchronization

/// Records a run: takes inputs as the queue numbers them, before decoding, and writes them on a
/// thread of its own, a durable group at a time, at most 100 ms behind on a disk that keeps up.
///
/// At most 32 MiB wait to be written. Past that whoever takes from the queue waits, and so do the
/// sources: a recording has no holes. When writing fails, that is said once, and the run goes on
/// without.
final class Recorder: Sendable {
    static let byteLimit = 32 << 20
    /// A group is begun when so much waits, or when the first input has waited so long.
    static let groupSize = 1 << 20
    static let patience = Nanoseconds.milliseconds(40)

    /// What is so, and durable, now.
    struct Status: Sendable {
        /// Of the last durable input.
        var number: UInt64 = 0
        var at: Timestamp?
        var bytes = 0
        /// Lines of chunks.
        var records = 0
        /// Why nothing more is written.
        var failure: String?
    }

    let path: String
    private let exchange = Exchange(State())
    private let writer: Mutex<RecordingWriter>
    private let programs: Programs

    /// Makes the file, which must not be there yet.
    init(_ path: String, _ program: Program, programs: Programs, openedAt: Timestamp) throws(Ending)
    {
        self.path = path
        self.programs = programs
        // A file-size limit is to be an error like any other.
        signal(SIGXFSZ, SIG_IGN)
        do throws(RecordingError) {
            writer = Mutex(
                try RecordingWriter(
                    path: path, header: program.recordingHeader(openedAt),
                    id: UInt64.random(in: .min ... .max)))
        } catch {
            throw Ending(.inputOutput, error.description)
        }
    }

    var status: Status { exchange.read { $0.status } }

    /// As the screen tells it.
    var health: RecordingHealth {
        exchange.read {
            RecordingHealth(
                bytes: $0.status.bytes, at: $0.status.at, waiting: $0.bytes,
                failure: $0.status.failure)
        }
    }

    /// The next input in the order of the numbers. Waits while too much waits.
    func take(_ input: NumberedInput) {
        _ = exchange.give { state -> Exchange<State>.Look<Void> in
            guard state.isOpen else { return .done((), wakes: []) }
            guard state.bytes < Self.byteLimit else { return .wait() }
            return .done((), wakes: state.take(input) ? .taker : [])
        }
    }

    /// The hash of the snapshot of that number. Never waits.
    func note(hash: UInt64, of number: UInt64) { add(.hash(number, hash)) }

    /// Never waits.
    func note(_ mark: AlertMark) { add(.alert(mark)) }

    /// Writes until `finish`, or until that fails.
    func run() {
        writer.withLock { writer in
            while let batch = next() {
                for item in batch.items { write(item, to: writer) }
                let failure = batch.isLast ? close(writer, batch.end) : commit(writer)
                exchange.update { $0.settle(batch, bytes: writer.bytes, failure) }
                if let failure { return Output.say("recording: \(failure); no more is recorded") }
                if batch.isLast { return }
            }
        }
    }

    /// No input will follow. `hash`: of the whole last snapshot, and its number.
    func finish(hash: (number: UInt64, value: UInt64)?) {
        exchange.update { $0.close(hash) }
    }

    private func add(_ item: Item) {
        _ = exchange.give { state -> Exchange<State>.Look<Void> in
            guard state.isOpen else { return .done((), wakes: []) }
            return .done((), wakes: state.add(item) ? .taker : [])
        }
    }

    private func next() -> Batch? {
        exchange.take { state in
            let now = nanoseconds(CLOCK_MONOTONIC)
            guard state.isDue(at: now) else { return .wait(state.rest(at: now)) }
            return .done(state.takeAll(), wakes: .givers)
        }
    }

    private func write(_ item: Item, to writer: RecordingWriter) {
        switch item {
        case .hash(let number, let hash): writer.append(hash: hash, of: number)
        case .alert(let mark): writer.append(mark)
        case .input(let input):
            if case .dashboard(let plan) = input.input {
                writer.append(dashboard: programs[plan].dashboard.yaml, plan: plan, input)
            } else {
                writer.append(input)
            }
        }
    }

    private func commit(_ writer: RecordingWriter) -> String? {
        do throws(RecordingError) {
            try writer.commit()
            return nil
        } catch {
            return error.description
        }
    }

    private func close(
        _ writer: RecordingWriter, _ end: (number: UInt64, value: UInt64)?
    ) -> String? {
        do throws(RecordingError) {
            try writer.close(hash: end)
            return nil
        } catch {
            return error.description
        }
    }
}

extension Recorder {
    fileprivate enum Item: Sendable {
        case input(NumberedInput)
        case hash(UInt64, UInt64)
        case alert(AlertMark)
    }

    fileprivate struct Batch: Sendable {
        var items: [Item]
        var isLast: Bool
        var end: (number: UInt64, value: UInt64)?
    }

    /// What the lock guards.
    fileprivate struct State: Sendable {
        var status = Status()
        var bytes = 0
        private var items: [Item] = []
        /// Monotonic.
        private var firstAt: Int64 = 0
        private var isClosing = false
        private var end: (number: UInt64, value: UInt64)?
        /// The newest tick, if it wasn't written, and the stamp of what was written last.
        private var tick: NumberedInput?
        private var writtenAt: Timestamp?
        private var hasTick = false

        var isOpen: Bool { !isClosing && status.failure == nil }

        /// True when whoever writes has a reason to look.
        mutating func take(_ input: NumberedInput) -> Bool {
            if case .tick = input.input, !isWritten(tick: input) {
                tick = input
                return false
            }
            (tick, writtenAt) = (nil, input.receivedAt)
            if case .chunk(let chunk) = input.input { bytes += chunk.bytes.count }
            return add(.input(input))
        }

        /// The first one, and one in each second of silence; a reader works out the others.
        private mutating func isWritten(tick: NumberedInput) -> Bool {
            defer { hasTick = true }
            guard hasTick, let writtenAt else { return true }
            return tick.receivedAt - writtenAt >= .seconds(1)
        }

        mutating func add(_ item: Item) -> Bool {
            if items.isEmpty { firstAt = nanoseconds(CLOCK_MONOTONIC) }
            items.append(item)
            return items.count == 1 || bytes >= Recorder.groupSize
        }

        func isDue(at now: Int64) -> Bool {
            isClosing || bytes >= Recorder.groupSize || rest(at: now).map { $0 <= .zero } ?? false
        }

        /// How long more is waited for; nil: until there is something.
        func rest(at now: Int64) -> Nanoseconds? {
            guard !items.isEmpty else { return nil }
            return Nanoseconds(rawValue: firstAt + Recorder.patience.rawValue - now)
        }

        mutating func takeAll() -> Batch {
            if isClosing, let tick { items.append(.input(tick)) }
            defer { (items, bytes, tick) = ([], 0, isClosing ? nil : tick) }
            return Batch(items: items, isLast: isClosing, end: end)
        }

        mutating func close(_ hash: (number: UInt64, value: UInt64)?) {
            (isClosing, end) = (true, hash)
        }

        /// That batch is durable, or isn't.
        mutating func settle(_ batch: Batch, bytes: Int, _ failure: String?) {
            if let failure {
                status.failure = failure
                (items, self.bytes) = ([], 0)
                return
            }
            status.bytes = bytes
            for case .input(let input) in batch.items {
                (status.number, status.at) = (input.number, input.receivedAt)
                if case .chunk(let chunk) = input.input { status.records += chunk.lines }
            }
        }
    }
}

extension Program {
    /// What a recording of it says at its beginning.
    func recordingHeader(_ openedAt: Timestamp) -> RecordingHeader {
        let bounded = plan.streams.indices.filter { plan.streams[$0].isBounded }
        let lower = plan.streams.map(\.span.lowerBound).min() ?? .min
        let upper = plan.streams.map(\.span.upperBound).max() ?? .max
        return RecordingHeader(
            program: weirVersion, startedAt: openedAt, digest: RunDigest.version, bounded: bounded,
            span: lower..<upper, dashboard: dashboard.yaml)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
