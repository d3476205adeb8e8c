import Configuration
import Connectors
import Engine
import Events
import Testing

@testable import Monitor

/// The decoder's thread against decoding on the spot: the same inputs in the same order, however
/// far it is ahead.
@Suite struct DecodeAheadTests {
    private static let start = Timestamp(rawValue: 1_700_000_000_000_000_000)

    private let program: Program

    init() throws {
        let dashboard = try Dashboard(
            reading: "version: 1\nstreams:\n  s:\n    from: stdin\n    time: t\nviews:\n"
                + "  v: count(), sum(x) by k over 1s\n", file: "test")
        program = Program(dashboard) { _ in true }
    }

    /// Chunks of one line to a hundred, between other inputs.
    private var inputs: [Input] {
        var inputs: [Input] = [
            .source(SourceChange(stream: 0, source: "a", state: .opened(partitions: [0])))
        ]
        var offset: Int64 = 0
        for i in 0..<400 {
            let lines = i * 37 % 100 + 1
            let text = (0..<lines).map { line in
                line % 31 == 30
                    ? "broken\n"
                    : "{\"t\":\(1_700_000_000 + i / 3),\"k\":\"\(line % 7)\",\"x\":\(line)}\n"
            }.joined()
            inputs.append(
                .chunk(
                    Chunk(
                        stream: 0, origin: Origin(source: "a"), firstOffset: offset, lines: lines,
                        bytes: RecordBytes(Array(text.utf8)))))
            offset += Int64(lines)
            if i % 50 == 49 {
                inputs.append(
                    .lag(LagSample(probe: 0, group: "g", answer: .offsets([], members: nil))))
            }
        }
        inputs.append(.source(SourceChange(stream: 0, source: "a", state: .ended)))
        return inputs
    }

    private func admit(_ input: Input, to queue: InputQueue) {
        switch input {
        case .chunk(let chunk): #expect(queue.admit(chunk))
        case .source(let change): queue.report(change)
        case .loss(let loss): queue.report(loss)
        case .lag(let sample): queue.report(lag: sample)
        case .operator(let action): queue.act(action)
        case .tick, .dashboard, .restored: break
        }
    }

    private func word(_ input: EngineInput, _ effects: [Effect]) -> String {
        let content =
            switch input.content {
            case .batch(let batch):
                "\(batch.firstOffset) \(batch.times) \(batch.deadLetters.map(\.offset))"
            case .tick: "tick"
            case .source(let change): "\(change.state)"
            case .loss(let loss): "\(loss.count) lost"
            case .lag(let sample): sample.group
            case .operator(let action): "\(action)"
            case .restored: "restored"
            case .plan(let plan): "plan \(plan.number)"
            }
        var results = TrialResults()
        results.take(effects)
        return "\(input.number) \(input.receivedAt.rawValue) \(content) \(results.panes)"
    }

    /// What comes through in how many inputs; `pause` before each is taken.
    private func trace(count: Int, from queue: InputQueue, before: (Int) -> Void) -> [String] {
        let ahead = DecodeAhead()
        let errand = Errand { [program] in
            ahead.run(InputDecoder(program, openedAt: Self.start), next: queue.take)
        }
        var engine = Engine(plan: program.plan)
        let trace = (0..<count).compactMap { i in
            before(i)
            return ahead.take().map { word($0.input, engine.apply($0.input)) }
        }
        queue.stop()
        #expect(errand.hasEnded())
        #expect(ahead.take() == nil)
        return trace
    }

    private var onTheSpot: [String] {
        var decoder = InputDecoder(program, openedAt: Self.start)
        var engine = Engine(plan: program.plan)
        let queue = InputQueue(clock: HandClock(Self.start))
        for input in inputs { admit(input, to: queue) }
        return (0..<inputs.count).compactMap { _ in
            queue.take().map {
                let input = decoder.decode($0)
                return word(input, engine.apply(input))
            }
        }
    }

    /// Everything is there, and the decoder always as far ahead as it may be.
    @Test func theDecoderIsFaster() {
        let queue = InputQueue(clock: HandClock(Self.start))
        let inputs = inputs
        for input in inputs { admit(input, to: queue) }
        let same = trace(count: inputs.count, from: queue) { _ in } == onTheSpot
        #expect(same)
    }

    /// Each input comes when the one before has been taken: the engine always waits.
    @Test func theDecoderIsSlower() {
        let queue = InputQueue(clock: HandClock(Self.start))
        let inputs = inputs
        let same =
            trace(count: inputs.count, from: queue) { admit(inputs[$0], to: queue) } == onTheSpot
        #expect(same)
    }

    /// At most four inputs are ahead, and of batches with many lines one.
    @Test func itIsHeldBack() {
        for lines in [1, 40_000] {
            let queue = InputQueue(clock: HandClock(Self.start))
            for i in 0..<10 {
                let text = String(repeating: "{\"t\":\(1_700_000_000 + i)}\n", count: lines)
                let chunk = Chunk(
                    stream: 0, origin: Origin(source: "a"), firstOffset: Int64(i * lines),
                    lines: lines, bytes: RecordBytes(Array(text.utf8)))
                admit(.chunk(chunk), to: queue)
            }
            let ahead = DecodeAhead()
            let errand = Errand { [program] in
                ahead.run(InputDecoder(program, openedAt: Self.start), next: queue.take)
            }
            let most = lines == 1 ? DecodeAhead.limit : 1
            // One more is decoded, and waits for room.
            #expect(eventually { queue.depth.chunks == 10 - most - 1 })
            #expect(ahead.depth.inputs == most && ahead.depth.lines == most * lines)
            for i in 0..<10 { #expect(ahead.take()?.input.number == UInt64(i) + 1) }
            ahead.stop()
            queue.stop()
            #expect(errand.hasEnded())
        }
    }
}
