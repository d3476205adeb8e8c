import Dispatch
import Events
import Synchronization

@testable import Connectors

/// A sink that keeps what it gets, and lets no more chunks in than there is room for.
final class TestSink: ChunkSink {
    enum Arrival: Sendable {
        case chunk(Chunk)
        case change(SourceChange.State)
        case lag(LagSample)
        case loss(SourceLoss)
    }

    private struct State {
        var arrivals: [Arrival] = []
        var byteCount = 0
        var lineCount = 0
        var isBlocked = false
        var isStopping = false
    }

    /// The longest that any test waits for something that should come at once.
    static let budget = 20.0

    private let state = Mutex(State())
    private let changed = DispatchSemaphore(value: 0)
    /// nil: there is always room.
    private let room: DispatchSemaphore?

    /// `room`: as many chunks are let in until `makeRoom`.
    init(room: Int? = nil) {
        self.room = room.map { _ in DispatchSemaphore(value: 0) }
        for _ in 0..<(room ?? 0) { self.room?.signal() }
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    func admit(_ chunk: Chunk, readAhead: Int) -> Bool {
        state.withLock { $0.isBlocked = true }
        changed.signal()
        room?.wait()
        let stopping = state.withLock { state in
            state.isBlocked = false
            guard !state.isStopping else { return true }
            state.arrivals.append(.chunk(chunk))
            state.byteCount += chunk.bytes.count
            state.lineCount += chunk.lines
            return false
        }
        changed.signal()
        return !stopping
    }

    func report(_ change: SourceChange) {
        state.withLock { $0.arrivals.append(.change(change.state)) }
        changed.signal()
    }

    func report(lag sample: LagSample) {
        state.withLock { $0.arrivals.append(.lag(sample)) }
        changed.signal()
    }

    func report(_ loss: SourceLoss) {
        state.withLock { $0.arrivals.append(.loss(loss)) }
        changed.signal()
    }

    /// From now on nothing is admitted and nobody waits.
    func stop() {
        state.withLock { $0.isStopping = true }
        makeRoom()
    }

    func makeRoom() { for _ in 0..<10_000 { room?.signal() } }

    var isBlocked: Bool { state.withLock { $0.isBlocked } }
    var arrivals: [Arrival] { state.withLock { $0.arrivals } }
    var byteCount: Int { state.withLock { $0.byteCount } }
    var lineCount: Int { state.withLock { $0.lineCount } }

    var chunks: [Chunk] {
        arrivals.compactMap {
            guard case .chunk(let chunk) = $0 else { return nil }
            return chunk
        }
    }

    var changes: [SourceChange.State] {
        arrivals.compactMap {
            guard case .change(let state) = $0 else { return nil }
            return state
        }
    }

    var lagSamples: [LagSample] {
        arrivals.compactMap {
            guard case .lag(let sample) = $0 else { return nil }
            return sample
        }
    }

    var losses: [SourceLoss] {
        arrivals.compactMap {
            guard case .loss(let loss) = $0 else { return nil }
            return loss
        }
    }

    /// All bytes in order.
    var bytes: [UInt8] { chunks.flatMap { Array($0.bytes.bytes) } }

    /// Waits until that is so. False: the budget is spent.
    func wait(until condition: (TestSink) -> Bool) -> Bool {
        let deadline = DispatchTime.now() + Self.budget
        while !condition(self) {
            if changed.wait(timeout: deadline) == .timedOut { return condition(self) }
        }
        return true
    }
}
