import Connectors
import Decoding
import Engine
import Events

/// Makes inputs what the engine takes: the one decoding that live, replay, tests and the simulator
/// share, so they can't differ.
///
/// On one thread, fed in the order of the input: a stream's header and the unit of its epoch times
/// are settled by the first records that show them, and dead letters are written in that order.
struct InputDecoder {
    private var decoders: [RecordDecoder]
    private var rules: [StreamRules]
    private var maxFutureSkew: [Nanoseconds]
    /// Who knows the dashboards that may take over.
    private let programs: Programs?
    private var keepsRecords: Bool
    /// A bounded input's skew is compared with the wall clock at its opening.
    private let openedAt: Timestamp
    private var deadLetters: DeadLetterFile?
    /// Of each stream: who is told how far its sources have come.
    private let progress: [EventTimeProgress?]

    init(
        _ program: Program, openedAt: Timestamp, deadLetters: DeadLetterFile? = nil,
        progress: [EventTimeProgress?] = [], programs: Programs? = nil
    ) {
        rules = program.plan.streams
        decoders = program.plan.streams.indices.map {
            RecordDecoder(
                fields: program.plan.fields(ofStream: $0), time: program.dashboard.streams[$0].time,
                format: program.dashboard.streams[$0].recordFormat)
        }
        maxFutureSkew = program.dashboard.streams.map(\.maxFutureSkew)
        self.openedAt = openedAt
        self.programs = programs
        keepsRecords = program.plan.recentBytes > 0
        self.deadLetters = deadLetters
        self.progress = progress
    }

    /// Another one that goes on where this one stands, and shares nothing with it.
    func fork() -> InputDecoder {
        var fork = self
        fork.decoders = decoders.map { $0.fork() }
        return fork
    }

    /// The input as the engine takes it.
    mutating func decode(_ input: NumberedInput) -> EngineInput {
        EngineInput(
            number: input.number, receivedAt: input.receivedAt, content: content(of: input.input))
    }

    private mutating func content(of input: Input) -> EngineInput.Content {
        switch input {
        case .tick: .tick
        case .source(let change): .source(change)
        case .loss(let loss): .loss(loss)
        case .lag(let sample): .lag(sample)
        case .operator(let action): .operator(action)
        case .restored(let memory): .restored(memory)
        case .chunk(let chunk): .batch(decode(chunk))
        case .dashboard(let number): change(to: number)
        }
    }

    /// Chunks that follow are decoded for another dashboard of the same streams.
    private mutating func change(to number: Int) -> EngineInput.Content {
        guard let program = programs?[number] else {
            preconditionFailure("a dashboard is known before it takes over")
        }
        for i in decoders.indices {
            decoders[i].change(fields: program.plan.fields(ofStream: i))
        }
        return .plan(program.plan)
    }

    private mutating func decode(_ chunk: Chunk) -> ColumnBatch {
        let from = rules[chunk.stream].isBounded ? openedAt : chunk.receivedAt
        var batch = decoders[chunk.stream].decode(
            chunk, latest: from + maxFutureSkew[chunk.stream])
        if keepsRecords { batch.bytes = chunk.bytes }
        deadLetters?.append(batch.deadLetters)
        if chunk.stream < progress.count {
            progress[chunk.stream]?.note(chunk.origin.source, highest: batch.times.max())
        }
        return batch
    }
}
