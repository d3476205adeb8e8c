import Connectors
import Decoding
import Engine
import Events

/// The one synchronous decode-and-apply: live, replay, tests and the simulator drive the engine
/// with it, so they can't differ.
struct Driver {
    private(set) var engine: Engine
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
        engine = Engine(plan: program.plan)
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

    mutating func apply(_ input: NumberedInput) -> [Effect] {
        let content = content(of: input)
        return apply(
            EngineInput(number: input.number, receivedAt: input.receivedAt, content: content))
    }

    mutating func apply(_ input: EngineInput) -> [Effect] { engine.apply(input) }

    /// The input as the engine takes it.
    mutating func content(of input: NumberedInput) -> EngineInput.Content {
        switch input.input {
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
