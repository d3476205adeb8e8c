import DequeModule
import Engine
import Events

/// Decodes ahead of the engine, on a thread of its own, and hands on what is decoded in the order
/// of the input.
///
/// At most 4 inputs wait there, and batches of 32,768 lines, so that it is only as far ahead as it
/// takes for neither thread to wait; one input always has room, and is handed on at once. One
/// thread decodes, one takes.
final class DecodeAhead: Sendable {
    static let limit = 4
    static let lineLimit = 32_768

    private let exchange = Exchange(State())

    /// What is decoded and waits.
    var depth: (inputs: Int, lines: Int) { exchange.read { ($0.waiting.count, $0.lines) } }

    /// Decodes what `next` gives until that is nil, or somebody says stop to this. `forks`: so
    /// often the decoder's state goes with an input.
    func run(
        _ decoder: InputDecoder, forks interval: Nanoseconds? = nil, next: () -> NumberedInput?
    ) {
        var decoder = decoder
        var forkedAt: Int64 = 0
        while let input = next() {
            var decoded = DecodedInput(input: decoder.decode(input))
            if case .chunk(let chunk) = input.input { decoded.lines = chunk.lines }
            if let interval, monotonicNow() - forkedAt >= interval.rawValue {
                forkedAt = monotonicNow()
                decoded.decoder = DecoderState(decoder)
            }
            guard put(decoded) else { return }
        }
        exchange.update { $0.isFinished = true }
    }

    /// The next input in order; waits for one. nil when there are no more, and once stopped.
    func take() -> DecodedInput? { take(until: nil) ?? nil }

    /// The same, until then at most: past that there is none.
    func take(until deadline: Deadline?) -> DecodedInput?? {
        let found = exchange.take { state -> Exchange<State>.Look<DecodedInput??> in
            guard let first = state.waiting.popFirst() else {
                if state.isFinished { return .done(.none, wakes: []) }
                return deadline.isPast ? .done(.some(nil), wakes: []) : .wait(deadline.rest)
            }
            state.lines -= first.lines
            return .done(first, wakes: state.isResumed ? .givers : [])
        }
        return found ?? .none
    }

    /// From now on nothing is handed on, and nobody waits.
    func stop() { exchange.stop() }

    /// Waits for room. False once stopped.
    private func put(_ next: DecodedInput) -> Bool {
        exchange.give { state -> Exchange<State>.Look<Void> in
            guard state.hasRoom(for: next) else { return .wait() }
            state.lines += next.lines
            state.waiting.append(next)
            return .done((), wakes: .taker)
        } != nil
    }
}

/// An input that is decoded, and how many lines it holds.
struct DecodedInput: Sendable {
    var input: EngineInput
    var lines = 0
    /// As it stands behind the input; not with each.
    var decoder: DecoderState?
}

private struct State {
    var waiting: Deque<DecodedInput> = []
    var lines = 0
    /// Nothing more comes.
    var isFinished = false
    /// The decoder waits. It goes on when less than half of what stopped it is left, so that it
    /// is woken once for several inputs.
    private var isFull = false

    var isResumed: Bool { isFull && waiting.count < DecodeAhead.limit / 2 }

    mutating func hasRoom(for next: DecodedInput) -> Bool {
        let part = isFull ? 2 : 1
        isFull =
            !waiting.isEmpty
            && (waiting.count >= DecodeAhead.limit / part
                || lines + next.lines > DecodeAhead.lineLimit / part)
        return !isFull
    }
}
