import Engine
import Events
import Panels
import Screen
import Terminal

/// How the screen is drawn.
struct ScreenSettings: Sendable {
    var framesPerSecond = 10
    var frameBudget = Nanoseconds.milliseconds(16)
    var theme = Theme.standard
    var symbols = Symbols.unicode
    var depth: ColorDepth?
}

/// Runs a pipeline with a screen: the engine on a thread of its own, the screen on this one.
///
/// Nothing waits for the screen. It asks for a snapshot when the next frame is due; the engine
/// leaves one in the slot after the first input from then on, and wakes it. After a quiet spell
/// that is at once.
struct ScreenRun {
    let pipeline: Pipeline
    let options: ScreenSettings
    var replaySpeed: Double?

    func run(duration: Nanoseconds?) throws(Ending) {
        let terminal: Terminal
        do throws(TerminalError) {
            terminal = try Terminal(options: TerminalOptions(depth: options.depth))
        } catch {
            throw Ending(.unavailable, error.description)
        }
        let latest = LatestSnapshot(Engine(plan: pipeline.program.plan).snapshot())
        let engine = startEngine(latest, terminal.waker)
        var loop = ScreenLoop(
            terminal: terminal, latest: latest, pipeline: pipeline, options: options,
            replaySpeed: replaySpeed)
        let isInterrupted = loop.run(until: duration.map { monotonicNow() + $0.rawValue })
        pipeline.end()
        engine.join()
        terminal.close()
        if isInterrupted { throw Ending(.interrupted) }
    }

    private func startEngine(_ latest: LatestSnapshot, _ waker: TerminalWaker) -> WorkerThread {
        WorkerThread { [pipeline, replaySpeed] in
            let body: (borrowing Engine, [Effect]) -> Bool = { engine, _ in
                if latest.isWanted(at: monotonicNow()) {
                    latest.put(engine.snapshot())
                    waker.wake()
                }
                return true
            }
            _ = replaySpeed.map { pipeline.replay(speed: $0, body) } ?? pipeline.run(body)
        }
    }
}

/// The screen's loop: snapshot and keys in, frames out, at most so many a second.
private struct ScreenLoop {
    let terminal: Terminal
    let latest: LatestSnapshot
    let pipeline: Pipeline
    let options: ScreenSettings

    private var state: ScreenState
    private var snapshot: EngineSnapshot
    private var health: Health
    /// When the last frame was drawn.
    private var drawnAt: Int64 = 0
    private let interval: Int64

    init(
        terminal: Terminal, latest: LatestSnapshot, pipeline: Pipeline, options: ScreenSettings,
        replaySpeed: Double?
    ) {
        self.terminal = terminal
        self.latest = latest
        self.pipeline = pipeline
        self.options = options
        state = ScreenState(
            dashboard: pipeline.program.dashboard, replaySpeed: replaySpeed,
            symbols: options.symbols)
        interval = 1_000_000_000 / Int64(options.framesPerSecond)
        snapshot = latest.take(next: 0)
        health = Health(
            frameBudget: options.frameBudget, framesPerSecond: options.framesPerSecond)
    }

    /// True when a signal ended it, false when a person or the time did.
    mutating func run(until end: Int64?) -> Bool {
        draw()
        while true {
            let now = monotonicNow()
            if let end, now >= end { return false }
            // Without news a frame a second shows that the screen is alive.
            let next = min(drawnAt + 1_000_000_000, end ?? .max)
            for event in terminal.wait(until: UInt64(max(0, next))) {
                switch event {
                case .key(let key):
                    switch state.handle(key, latest: snapshot) {
                    case .quit: return false
                    case .redraw: terminal.redraw()
                    case nil: break
                    }
                case .interrupted, .terminated, .hungUp: return true
                case .resumed, .resized: terminal.redraw()
                case .woken, .caughtUp, .reload: break
                }
            }
            draw()
        }
    }

    /// Draws the newest snapshot, and asks for the next one after the interval.
    private mutating func draw() {
        let started = monotonicNow()
        snapshot = latest.take(next: max(started, drawnAt + interval))
        measure()
        let grid = frame(
            of: snapshot, health: health, state: state, columns: terminal.columns,
            rows: terminal.rows)
        guard terminal.present(grid, theme: options.theme) else { return }
        drawnAt = started
        let taken = Nanoseconds(rawValue: monotonicNow() - started)
        health.frameTime = taken
        if taken > options.frameBudget { health.framesOverBudget += 1 }
    }

    private mutating func measure() {
        let depth = pipeline.depth
        health.queueBytes = depth.bytes
        health.queueChunks = depth.chunks
        health.inFlight = depth.lines
    }
}

/// The monotonic clock, in nanoseconds.
private func monotonicNow() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
