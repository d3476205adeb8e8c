import Connectors
import Engine
import Events

@testable import Monitor

/// A demo's bytes on virtual time, through framing, decoding and the engine, with a source that
/// is faulty: it reads odd lengths, delivers some chunks twice, and pauses.
struct DemoSimulation {
    /// 2026-01-01T12:00:00Z.
    static let start = Timestamp(rawValue: 1_767_268_800_000_000_000)

    private(set) var driver: Driver
    let program: Program
    /// A line per input, as a recording writes it, and what it led to.
    private(set) var trace: [String] = []
    private let source: String
    private var random: UInt64
    private var number: UInt64 = 0
    private var offset: Int64 = 0
    private var now = DemoSimulation.start

    init(_ demo: DemoName = .plant, seed: UInt64, seconds: Int64) throws {
        source = demo.source
        var program = Program(try DemoDashboard.read(demo)) { _ in false }
        program.plan.recentBytes = ShowOptions.recentBytes
        self.program = program
        driver = Driver(program, openedAt: Self.start)
        random = seed
        for stream in program.plan.streams.indices {
            apply(
                .source(
                    SourceChange(stream: stream, source: source, state: .opened(partitions: [0]))))
        }
        var story = DemoStream(demo, seed: seed, start: Self.start)
        var carried: [UInt8] = []
        let end = Self.start + .seconds(seconds)
        let probe = DemoLagProbe(
            probe: 0, demo: demo, group: program.dashboard.lag[0].group, seed: seed, stop: Stop())
        var poll = 0
        while now < end {
            now = now + .milliseconds(Int64(next(90)) + 10)
            carried += story.next(until: now)
            deliver(&carried)
            let tick = Timestamp(rawValue: floorDiv(now.rawValue, 100_000_000) * 100_000_000)
            apply(.tick(tick))
            if now > Self.start + .seconds(Int64(poll)) {
                apply(.lag(probe.sample(poll)))
                poll += 1
            }
        }
    }

    private mutating func next(_ n: UInt64) -> UInt64 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (random >> 33) % n
    }

    private mutating func deliver(_ bytes: inout [UInt8]) {
        guard next(10) > 0, let newline = bytes.lastIndex(of: 10) else { return }
        let whole = Array(bytes[...newline])
        bytes.removeFirst(whole.count)
        let lines = whole.count { $0 == 10 }
        let isTwice = next(20) == 0
        for stream in program.plan.streams.indices {
            let chunk = Chunk(
                stream: stream, origin: Origin(source: source), firstOffset: offset, lines: lines,
                bytes: RecordBytes(whole), receivedAt: now)
            apply(.chunk(chunk))
            if isTwice { apply(.chunk(chunk)) }
        }
        offset += Int64(lines)
    }

    private mutating func apply(_ input: Input) {
        number += 1
        let effects = driver.apply(NumberedInput(number: number, receivedAt: now, input: input))
        let panes = effects.map { effect in
            switch effect {
            case .pane(let fired): "\(fired.view) \(fired.pane.kind) \(fired.pane.values)"
            case .alert(let rule, let change): "\(rule) \(change)"
            case .attention(let place, let mute): "\(place) \(String(describing: mute))"
            case .acted(let action): "\(action)"
            case .revision(let rule, let revision): "\(rule) \(revision)"
            case .trouble(let reason): reason
            }
        }
        trace.append("\(number) \(now.rawValue) \(panes)")
    }
}
