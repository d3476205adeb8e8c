import Configuration
import Connectors
import Engine
import Events

/// The beginning of a demo, on virtual time: what a live one would show so long after its start, at
/// once, and the same each time.
struct DemoPast {
    /// 2026-01-01T12:00:00Z.
    private static let start = Timestamp(rawValue: 1_767_268_800_000_000_000)

    private let program: Program
    private let demos: [DemoName]
    private let probes: [DemoLagProbe]
    private let seed: UInt64

    /// nil for a dashboard that reads anything else.
    init?(_ program: Program, seed: UInt64) {
        let dashboard = program.dashboard
        let demos = dashboard.streams.map { DemoName(source: $0.from) }
        let probes = dashboard.lag.enumerated().map { index, lag in
            DemoName(source: lag.from).map {
                DemoLagProbe(probe: index, demo: $0, group: lag.group, seed: seed, stop: Stop())
            }
        }
        guard !demos.contains(where: { $0 == nil }), !probes.contains(where: { $0 == nil }) else {
            return nil
        }
        self.program = program
        self.demos = demos.compactMap(\.self)
        self.probes = probes.compactMap(\.self)
        self.seed = seed
    }

    /// The engine after `length` of the story; nil where `isStopping` came first.
    func engine(after length: Nanoseconds, isStopping: () -> Bool) -> Engine? {
        var player = Player(program, openedAt: Self.start)
        var stories = demos.map { DemoStream($0, seed: seed, start: Self.start) }
        for (stream, demo) in demos.enumerated() { player.open(stream, demo) }
        var now = Self.start
        var poll = 0
        while now < Self.start + length {
            if isStopping() { return nil }
            now = now + Input.tickInterval
            for stream in demos.indices {
                player.play(stories[stream].next(until: now), of: stream, at: now)
            }
            player.apply(.tick(now), at: now)
            guard now >= Self.start + .seconds(Int64(poll)) else { continue }
            for probe in probes { player.apply(.lag(probe.sample(poll)), at: now) }
            poll += 1
        }
        return player.engine
    }

    /// Numbers inputs, decodes and applies them.
    private struct Player {
        private(set) var engine: Engine
        private var decoder: InputDecoder
        private var number: UInt64 = 0
        private let start: Timestamp
        private var sources: [String] = []
        private var lines: [Int64] = []

        init(_ program: Program, openedAt: Timestamp) {
            engine = Engine(plan: program.plan)
            decoder = InputDecoder(program, openedAt: openedAt)
            start = openedAt
        }

        mutating func open(_ stream: Int, _ demo: DemoName) {
            sources.append(demo.source)
            lines.append(0)
            apply(
                .source(
                    SourceChange(
                        stream: stream, source: demo.source, state: .opened(partitions: [0]))),
                at: start)
        }

        mutating func play(_ bytes: [UInt8], of stream: Int, at now: Timestamp) {
            guard !bytes.isEmpty else { return }
            let count = bytes.count { $0 == UInt8(ascii: "\n") }
            let chunk = Chunk(
                stream: stream, origin: Origin(source: sources[stream]),
                firstOffset: lines[stream], lines: count, bytes: RecordBytes(bytes),
                receivedAt: now)
            lines[stream] += Int64(count)
            apply(.chunk(chunk), at: now)
        }

        mutating func apply(_ input: Input, at now: Timestamp) {
            number += 1
            _ = engine.apply(
                decoder.decode(NumberedInput(number: number, receivedAt: now, input: input)))
        }
    }
}
