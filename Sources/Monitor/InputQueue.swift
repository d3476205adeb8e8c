import Connectors
import DequeModule
import Events

/// The one way in: admits inputs, stamps them with the processing time, and numbers them.
///
/// Chunks wait for room (16 MiB or 4,096 of them) in the order in which they came, which is what
/// holds a source back; one that could read far ahead waits for its own chunks to be taken before
/// that. Other inputs never wait. Ticks lie on a fixed grid of processing time: tick
/// g comes before the first input stamped later than g, or as soon as now > g. They need no room:
/// the queue knows the next one.
///
/// Any thread admits, one takes.
final class InputQueue: Sendable {
    static let byteLimit = 16 << 20
    static let chunkLimit = 4096

    /// What the lock guards.
    fileprivate struct State {
        var waiting: Deque<(stamp: Timestamp, input: Input)> = []
        var bytes = 0
        var chunks = 0
        var lines = 0
        var sources: [String: Share] = [:]
        var lastStamp = Timestamp.beginning
        var lastNumber: UInt64 = 0
        var nextTick: Timestamp?
        /// Sources wait, whatever room there is.
        var isHeld = false
        /// Tickets of blocked sources, first come first served.
        var nextTicket: UInt64 = 0
        var servedTicket: UInt64 = 0
    }

    /// What of a source's waits.
    fileprivate struct Share {
        var bytes = 0
        /// It has read far enough ahead, and looks again when no more than so much waits.
        var looksAgainAt: Int?
    }

    private let clock: any ProcessingClock
    private let exchange = Exchange(State())

    init(clock: any ProcessingClock) { self.clock = clock }

    /// What waits: bytes, chunks and lines.
    var depth: (bytes: Int, chunks: Int, lines: Int) {
        exchange.read { ($0.bytes, $0.chunks, $0.lines) }
    }

    /// The next input in order; waits for one. nil once stopped.
    func take() -> NumberedInput? { exchange.take { $0.take(at: clock.now()) } }

    /// The same, until then at most: past that there is none.
    func take(until deadline: Deadline?) -> NumberedInput?? {
        exchange.take { state -> Exchange<State>.Look<NumberedInput?> in
            switch state.take(at: clock.now()) {
            case .done(let input, let wakes): return .done(input, wakes: wakes)
            case .wait(let rest):
                if deadline.isPast { return .done(nil, wakes: []) }
                return .wait([rest, deadline.rest].compactMap { $0 }.min())
            }
        }
    }

    /// From now on nothing is admitted or taken, and nobody waits.
    func stop() { exchange.stop() }
}

extension InputQueue.Share {
    /// True when whoever waits for that may look again.
    fileprivate mutating func release(_ count: Int) -> Bool {
        bytes -= count
        guard let mark = looksAgainAt, bytes <= mark else { return false }
        looksAgainAt = nil
        return true
    }
}

extension InputQueue.State {
    fileprivate mutating func take(at now: Timestamp) -> Exchange<Self>.Look<NumberedInput> {
        if let tick = dueTick(now) { return .done(number(tick, .tick(tick)), wakes: []) }
        guard let first = waiting.popFirst() else { return .wait(nextTick.map { $0 - now }) }
        let wakes = release(first.input)
        return .done(number(first.stamp, first.input), wakes: wakes ? .givers : [])
    }

    /// The tick that comes before the first input that waits, or is over already.
    private mutating func dueTick(_ now: Timestamp) -> Timestamp? {
        let grid = Input.tickInterval.rawValue
        let horizon = waiting.first?.stamp ?? now
        if nextTick == nil {
            nextTick = Timestamp(rawValue: floorDiv(horizon.rawValue, grid) * grid + grid)
        }
        guard let tick = nextTick, tick < horizon else { return nil }
        nextTick = tick + Input.tickInterval
        return tick
    }

    fileprivate mutating func number(_ stamp: Timestamp, _ input: Input) -> NumberedInput {
        lastNumber += 1
        if case .chunk(var chunk) = input {
            chunk.receivedAt = stamp
            return NumberedInput(number: lastNumber, receivedAt: stamp, input: .chunk(chunk))
        }
        return NumberedInput(number: lastNumber, receivedAt: stamp, input: input)
    }

    fileprivate mutating func append(_ input: Input, at now: Timestamp) {
        lastStamp = max(lastStamp + Nanoseconds(rawValue: 1), now)
        waiting.append((lastStamp, input))
    }

    /// Whether so much of the source waits. If so, it is woken when there is room for several
    /// chunks.
    fileprivate mutating func isAhead(_ source: String, _ limit: Int, wake: Int) -> Bool {
        guard let share = sources[source], share.bytes >= limit else { return false }
        sources[source]!.looksAgainAt = max(wake, share.looksAgainAt ?? 0)
        return true
    }

    fileprivate mutating func admit(_ chunk: Chunk, at now: Timestamp) {
        bytes += chunk.bytes.count
        chunks += 1
        lines += chunk.lines
        sources[chunk.origin.source, default: InputQueue.Share()].bytes += chunk.bytes.count
        append(.chunk(chunk), at: now)
    }

    /// True when a source may have waited for that.
    fileprivate mutating func release(_ input: Input) -> Bool {
        guard case .chunk(let chunk) = input else { return false }
        bytes -= chunk.bytes.count
        chunks -= 1
        lines -= chunk.lines
        let hasRoom = sources[chunk.origin.source]!.release(chunk.bytes.count)
        return hasRoom || hasTickets
    }

    /// Sources wait for room.
    fileprivate var hasTickets: Bool { nextTicket != servedTicket }

    /// One chunk always has room, however large.
    fileprivate func isFull(for chunk: Chunk) -> Bool {
        chunks > 0
            && (chunks >= InputQueue.chunkLimit
                || bytes + chunk.bytes.count > InputQueue.byteLimit)
    }
}

extension InputQueue: ChunkSink {
    var isStopping: Bool { exchange.isStopped }

    func admit(_ chunk: Chunk, readAhead: Int) -> Bool {
        let (source, half) = (chunk.origin.source, readAhead / 2)
        var limit = readAhead
        var ticket: UInt64?
        return exchange.give { state -> Exchange<State>.Look<Void> in
            if ticket == nil {
                if state.isAhead(source, limit, wake: half) {
                    limit = half + 1
                    return .wait()
                }
                ticket = state.nextTicket
                state.nextTicket += 1
            }
            guard ticket == state.servedTicket, !state.isHeld, !state.isFull(for: chunk) else {
                return .wait()
            }
            state.servedTicket += 1
            state.admit(chunk, at: clock.now())
            return .done((), wakes: state.hasTickets ? [.taker, .givers] : .taker)
        } != nil
    }

    func report(_ change: SourceChange) { append(.source(change)) }

    func report(lag sample: LagSample) { append(.lag(sample)) }

    func report(_ loss: SourceLoss) { append(.loss(loss)) }

    /// Lets sources wait until it is called again: those that can't wait lose what they read.
    func hold(_ isHeld: Bool) {
        _ = exchange.give { state -> Exchange<State>.Look<Void> in
            state.isHeld = isHeld
            return .done((), wakes: .givers)
        }
    }

    /// The first input of a run that goes on where another one ended.
    func restore(_ memory: AlertMemory) { append(.restored(memory)) }

    /// What a person does never waits for room.
    func act(_ action: OperatorAction) { append(.operator(action)) }

    /// Has another dashboard take over from here on.
    func change(to dashboard: Int) { append(.dashboard(dashboard)) }

    private func append(_ input: Input) {
        _ = exchange.give { state -> Exchange<State>.Look<Void> in
            state.append(input, at: clock.now())
            return .done((), wakes: .taker)
        }
    }
}
