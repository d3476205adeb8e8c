import Connectors
import DequeModule
import Engine
import Events
import Recording

/// A file of records that is played by event time: a record comes when the replay's clock reaches
/// the highest event time up to it.
///
/// Batches are cut where that crosses a tick, and stamped with it. Nobody is asked about lag: it
/// would be that of today.
struct PlainRun: PlaybackOrigin {
    let program: Program
    let options: SourceOptions
    /// Gets the time of the first record that can be used, before anything comes of it.
    private let first: @Sendable (Timestamp) -> Void

    init(
        program: Program, options: SourceOptions,
        first: @escaping @Sendable (Timestamp) -> Void = { _ in }
    ) {
        (self.program, self.options, self.first) = (program, options, first)
    }

    func showing(_ program: Program) -> PlainRun {
        PlainRun(program: program, options: options, first: first)
    }

    var end: Timestamp { .beginning }
    var needsDecoder: Bool { false }
    var isOneWay: Bool { program.dashboard.streams.contains { $0.from == "stdin" } }

    func check() throws(Ending) {
        _ = try Pipeline(
            program, options, programs: Programs(program), deadLetters: nil, cores: 1)
    }

    /// `checkpoint`: the file is decoded from its beginning, and what comes up to it is left out.
    func begin(
        after checkpoint: Checkpoint?, _ programs: Programs, _ deadLetters: DeadLetterFile?,
        cores: Int, forks interval: Nanoseconds,
        note: @escaping @Sendable (RecordingEntry) -> Void
    ) -> any PlaybackFeed {
        do throws(Ending) {
            let pipeline = try Pipeline(
                program, options, programs: programs, deadLetters: deadLetters, cores: cores)
            return PlainInputs(pipeline, after: checkpoint?.number ?? 0, first)
        } catch {
            Output.say(error.message ?? "it can't be read again")
            return NoInputs()
        }
    }

    func isOver(_ engine: borrowing Engine) -> Bool { engine.hasEnded }
}

/// Of what can't be opened.
private final class NoInputs: PlaybackFeed {
    func take() -> DecodedInput? { nil }
    func stop() {}
}

/// The inputs of a pipeline by event time, numbered anew.
private final class PlainInputs: PlaybackFeed {
    private static let limit = 4

    private let pipeline: Pipeline
    private let exchange: Exchange<Deque<EngineInput>>
    private var thread: WorkerThread?
    private var start: UInt64
    private var cutter = EventTimeCutter()
    private var pieces: Deque<EngineInput> = []
    private var first: ((Timestamp) -> Void)?

    init(_ pipeline: Pipeline, after start: UInt64, _ first: @escaping (Timestamp) -> Void) {
        self.first = first
        let exchange = Exchange(Deque<EngineInput>())
        (self.pipeline, self.exchange, self.start) = (pipeline, exchange, start)
        thread = WorkerThread {
            pipeline.inputs { input in
                // The clock is that of the records.
                if case .tick = input.content { return !exchange.isStopped }
                return exchange.give { waiting -> Exchange<Deque<EngineInput>>.Look<Void> in
                    guard waiting.count < Self.limit else { return .wait() }
                    waiting.append(input)
                    return .done((), wakes: .taker)
                } != nil
            }
        }
    }

    func take() -> DecodedInput? {
        while true {
            while let piece = pieces.popFirst() {
                if piece.number > start { return DecodedInput(input: piece) }
            }
            let next = exchange.take { waiting -> Exchange<Deque<EngineInput>>.Look<EngineInput> in
                guard let first = waiting.popFirst() else { return .wait() }
                return .done(first, wakes: .givers)
            }
            guard let next else { return nil }
            if case .batch(let batch) = next.content, let time = batch.times.first {
                first?(Timestamp(rawValue: time))
                first = nil
            }
            pieces += cutter.cut(next)
        }
    }

    func stop() {
        exchange.stop()
        pipeline.end()
        thread?.join()
        thread = nil
    }
}
