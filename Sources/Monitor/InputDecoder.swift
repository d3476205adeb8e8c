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
    private let rules: [StreamRules]
    private let maxFutureSkew: [Nanoseconds]
    /// A bounded input's skew is compared with the wall clock at its opening.
    private let openedAt: Timestamp
    private var deadLetters: DeadLetterFile?
    /// Of each stream: who is told how far its sources have come.
    private let progress: [EventTimeProgress?]

    init(
        _ program: Program, openedAt: Timestamp, deadLetters: DeadLetterFile? = nil,
        progress: [EventTimeProgress?] = []
    ) {
        rules = program.plan.streams
        decoders = program.plan.streams.indices.map {
            RecordDecoder(
                fields: program.plan.fields(ofStream: $0), time: program.dashboard.streams[$0].time,
                format: program.dashboard.streams[$0].recordFormat)
        }
        maxFutureSkew = program.dashboard.streams.map(\.maxFutureSkew)
        self.openedAt = openedAt
        self.deadLetters = deadLetters
        self.progress = progress
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
        case .lag(let sample): .lag(sample)
        case .chunk(let chunk): .batch(decode(chunk))
        }
    }

    private mutating func decode(_ chunk: Chunk) -> ColumnBatch {
        let from = rules[chunk.stream].isBounded ? openedAt : chunk.receivedAt
        let batch = decoders[chunk.stream].decode(
            chunk, latest: from + maxFutureSkew[chunk.stream])
        deadLetters?.append(batch.deadLetters)
        if chunk.stream < progress.count {
            progress[chunk.stream]?.note(chunk.origin.source, highest: batch.times.max())
        }
        return batch
    }
}
