import Configuration
import Engine
import Events
import Panels
import Screen

/// One frame without a terminal: of a demo on virtual time, of a file by its event time, of what is
/// live by the clock.
struct PictureRun {
    let program: Program
    let options: SourceOptions
    /// How long after the beginning; nil: at the end, and where there is none, after `usual`.
    var after: Nanoseconds?
    var columns: Int
    var rows: Int
    /// By its name or number; nil: the first.
    var page: String?
    var symbols = Symbols.unicode
    var hasColors = true

    static let usual = Nanoseconds.seconds(30)

    func frame() throws(Ending) -> Grid {
        let interruption = Interruption()
        guard let (engine, isCut) = try run(interruption) else { throw Ending(.interrupted) }
        let snapshot = engine.snapshot()
        if case .signal? = interruption.cause { throw Ending(.interrupted) }
        for stream in snapshot.streams {
            guard case .failed(let reason) = stream.state else { continue }
            throw Ending(.inputOutput, "\(stream.name): \(reason)")
        }
        var state = ScreenState(
            dashboard: program.dashboard,
            replay: isCut ? ReplayStatus(speed: .infinity) : nil, symbols: symbols)
        state.hasColors = hasColors
        state.look(at: snapshot, columns: columns, rows: rows)
        if let page, !state.open(page: page) {
            throw Ending(
                .usage,
                "there is no page `\(page)`; there are \(state.pageWords.joined(separator: ", "))")
        }
        return Panels.frame(
            of: snapshot, health: Health(), state: state, columns: columns, rows: rows)
    }

    /// The engine as it stands then, and whether that is in the middle of a file; nil: interrupted.
    private func run(_ interruption: Interruption) throws(Ending) -> (Engine, isCut: Bool)? {
        if let demo = DemoPast(program, seed: options.seed) {
            interruption.watch(duration: nil, timeout: nil) {}
            let length = after ?? Self.usual
            return demo.engine(after: length) { interruption.cause != nil }.map { ($0, false) }
        }
        let hasEnd = program.plan.streams.allSatisfy(\.isBounded)
        if hasEnd, program.plan.streams.count == 1 { return try replay(interruption) }
        let pipeline = try Pipeline(program, options)
        interruption.watch(duration: after ?? (hasEnd ? nil : Self.usual), timeout: nil) {
            pipeline.end()
        }
        return (pipeline.run { engine, _ in !engine.hasEnded }, false)
    }

    /// A file's clock is its event time, so the picture is the same each time.
    private func replay(
        _ interruption: Interruption
    ) throws(Ending) -> (Engine, isCut: Bool) {
        let pipeline = try Pipeline(
            playing: PlainRun(program: program, options: options),
            deadLetters: options.deadLetters)
        interruption.watch(duration: nil, timeout: nil) { pipeline.end() }
        var end = Timestamp.end
        let engine = pipeline.run { engine, _ in
            if let after, end == .end, engine.now > .beginning { end = engine.now + after }
            return engine.now < end && !engine.hasEnded
        }
        return (engine, !engine.hasEnded)
    }
}
