import Connectors
import DequeModule
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The one way in: admits inputs, stamps them with the processing time, and numbers them.
///
/// Chunks wait for room (16 MiB or 4,096 of them) in the order in which they came, which is what
/// holds a source back; one that could read far ahead waits for its own chunks to be taken before
/// that. Other inputs never wait. Ticks lie on a fixed grid of processing time: tick
/// g comes before the first input stamped later than g, or as soon as now > g. They need no room:
/// the queue knows the next one.
///
/// Any thread admits, one takes. The mutex guards everything, which is why this class may call
/// itself Sendable.
final class InputQueue: @unchecked Sendable {
    static let byteLimit = 16 << 20
    static let chunkLimit = 4096

    private let clock: any ProcessingClock
    private var mutex = pthread_mutex_t()
    private var changed = pthread_cond_t()
    private var waiting: Deque<(stamp: Timestamp, input: Input)> = []
    private var bytes = 0
    private var chunks = 0
    private var lines = 0
    /// Of each source.
    private var bytesOfSource: [String: Int] = [:]
    private var lastStamp = Timestamp.beginning
    private var lastNumber: UInt64 = 0
    private var nextTick: Timestamp?
    /// Tickets of blocked sources, first come first served.
    private var nextTicket: UInt64 = 0
    private var servedTicket: UInt64 = 0
    private var stopping = false

    init(clock: any ProcessingClock) {
        self.clock = clock
        pthread_mutex_init(&mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(&changed, &attributes)
    }

    deinit {
        pthread_cond_destroy(&changed)
        pthread_mutex_destroy(&mutex)
    }

    /// What waits: bytes, chunks and lines.
    var depth: (bytes: Int, chunks: Int, lines: Int) {
        locked { (bytes, chunks, lines) }
    }

    /// The next input in order; waits for one. nil once stopped.
    func take() -> NumberedInput? {
        locked {
            while !stopping {
                let now = clock.now()
                if let tick = dueTick(now) { return number(tick, .tick(tick)) }
                if let first = waiting.popFirst() {
                    release(first.input)
                    return number(first.stamp, first.input)
                }
                wait(for: nextTick.map { $0 - now })
            }
            return nil
        }
    }

    /// From now on nothing is admitted or taken, and nobody waits.
    func stop() {
        locked {
            stopping = true
            pthread_cond_broadcast(&changed)
        }
    }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(&mutex)
        defer { pthread_mutex_unlock(&mutex) }
        return body()
    }

    private func wait(for rest: Nanoseconds?) {
        guard let rest else {
            pthread_cond_wait(&changed, &mutex)
            return
        }
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let sum = Int64(deadline.tv_nsec) + max(0, rest.rawValue) + 1
        deadline.tv_sec += Int(sum / 1_000_000_000)
        deadline.tv_nsec = Int(sum % 1_000_000_000)
        pthread_cond_timedwait(&changed, &mutex, &deadline)
    }

    /// The tick that comes before the first input that waits, or is over already.
    private func dueTick(_ now: Timestamp) -> Timestamp? {
        let grid = Input.tickInterval.rawValue
        let horizon = waiting.first?.stamp ?? now
        if nextTick == nil {
            nextTick = Timestamp(rawValue: floorDiv(horizon.rawValue, grid) * grid + grid)
        }
        guard let tick = nextTick, tick < horizon else { return nil }
        nextTick = tick + Input.tickInterval
        return tick
    }

    private func number(_ stamp: Timestamp, _ input: Input) -> NumberedInput {
        lastNumber += 1
        if case .chunk(var chunk) = input {
            chunk.receivedAt = stamp
            return NumberedInput(number: lastNumber, receivedAt: stamp, input: .chunk(chunk))
        }
        return NumberedInput(number: lastNumber, receivedAt: stamp, input: input)
    }

    private func stamp() -> Timestamp {
        lastStamp = max(lastStamp + Nanoseconds(rawValue: 1), clock.now())
        return lastStamp
    }

    private func release(_ input: Input) {
        guard case .chunk(let chunk) = input else { return }
        bytes -= chunk.bytes.count
        chunks -= 1
        lines -= chunk.lines
        bytesOfSource[chunk.origin.source]! -= chunk.bytes.count
        pthread_cond_broadcast(&changed)
    }
}

extension InputQueue: ChunkSink {
    var isStopping: Bool { locked { stopping } }

    func admit(_ chunk: Chunk, readAhead: Int) -> Bool {
        locked {
            let source = chunk.origin.source
            while !stopping, bytesOfSource[source] ?? 0 >= readAhead {
                pthread_cond_wait(&changed, &mutex)
            }
            let ticket = nextTicket
            nextTicket += 1
            while !stopping && (ticket != servedTicket || isFull(for: chunk)) {
                pthread_cond_wait(&changed, &mutex)
            }
            guard !stopping else { return false }
            servedTicket += 1
            bytes += chunk.bytes.count
            bytesOfSource[source, default: 0] += chunk.bytes.count
            chunks += 1
            lines += chunk.lines
            waiting.append((stamp(), .chunk(chunk)))
            pthread_cond_broadcast(&changed)
            return true
        }
    }

    func report(_ change: SourceChange) { append(.source(change)) }

    func report(lag sample: LagSample) { append(.lag(sample)) }

    private func append(_ input: Input) {
        locked {
            waiting.append((stamp(), input))
            pthread_cond_broadcast(&changed)
        }
    }

    /// One chunk always has room, however large.
    private func isFull(for chunk: Chunk) -> Bool {
        chunks > 0
            && (chunks >= Self.chunkLimit || bytes + chunk.bytes.count > Self.byteLimit)
    }
}
