import Configuration
import Engine
import Events
import Panels
import Screen
import Terminal

/// The screen's loop: snapshot and keys in, frames out, at most so many a second.
struct ScreenLoop {
    let terminal: Terminal
    let pipeline: Pipeline
    let reload: (() -> Result<Dashboard, Ending>)?
    var options: ScreenSettings
    var state: ScreenState
    /// The number of the dashboard that is shown.
    private var shown = 0
    private let latest: LatestSnapshot
    private let notices: Notices
    private let notifiers: [Notifier]
    private(set) var snapshot: EngineSnapshot
    private(set) var health: Health
    private var pace: FramePace
    /// When the last frame was drawn.
    private var drawnAt: Int64 = 0
    private var measuredAt: Int64 = 0
    /// The last frame, as long as nothing but the data has changed since.
    private var drawn: Grid?
    private var frameNumber = 0
    /// The terminal takes no frame now.
    private var isRefused = false

    /// With slower panels, those that have not the keyboard are drawn in every so many frames.
    private static let panelPeriod = 4

    init(
        terminal: Terminal, latest: LatestSnapshot, pipeline: Pipeline, options: ScreenSettings,
        reload: (() -> Result<Dashboard, Ending>)?, memory: ScreenMemory?,
        notices: Notices, notifiers: [Notifier]
    ) {
        self.terminal = terminal
        self.latest = latest
        self.pipeline = pipeline
        self.options = options
        self.reload = reload
        self.notices = notices
        self.notifiers = notifiers
        state = ScreenState(
            dashboard: pipeline.program.dashboard, replay: pipeline.playback?.status,
            symbols: options.symbols, keyMap: options.keyMap)
        state.hasColors = terminal.depth != .mono && options.theme != .mono
        state.user = userName()
        state.themes = options.themes.map(\.name)
        pace = FramePace(framesPerSecond: options.framesPerSecond, budget: options.frameBudget)
        snapshot = latest.take(next: 0)
        health = Health(
            frameBudget: options.frameBudget, framesPerSecond: options.framesPerSecond)
        if let memory { restore(memory.read()) }
        state.theme = self.options.theme.name
    }

    /// True when a signal ended it, false when a person or the time did.
    mutating func run(until end: Int64?) -> Bool {
        draw()
        while true {
            let now = monotonicNow()
            if let end, now >= end { return false }
            // Without news a frame a second shows that the screen is alive.
            let next = isRefused ? end ?? .max : min(drawnAt + 1_000_000_000, end ?? .max)
            for event in terminal.wait(until: UInt64(max(0, next))) {
                if event != .woken, event != .caughtUp { drawn = nil }
                switch event {
                case .key(let key):
                    guard let command = state.handle(key, latest: snapshot) else { break }
                    if carryOut(command) { return false }
                case .interrupted, .terminated, .hungUp: return true
                case .resumed, .resized: terminal.redraw()
                case .reload: readAgain()
                case .woken, .caughtUp: break
                }
            }
            draw()
        }
    }

    /// Draws the newest snapshot, and asks for the next one after the interval.
    ///
    /// While the terminal takes none no frame is made, and no snapshot taken: it says when it does.
    private mutating func draw() {
        isRefused = !terminal.isReady
        guard !isRefused else { return }
        let started = monotonicNow()
        snapshot = latest.take(next: started + pace.interval)
        adopt()
        while let sign = notices.nextSign() { terminal.signal(sign) }
        if state.message == nil, let text = notices.next() { state.say(text, isProblem: true) }
        measure(started)
        state.replay = pipeline.playback?.status
        let grid = makeFrame()
        guard terminal.present(grid, theme: options.theme) else { return }
        drawnAt = started
        drawn = grid
        frameNumber += 1
        let taken = Nanoseconds(rawValue: monotonicNow() - started)
        health.frameTime = taken
        if taken > options.frameBudget { health.framesOverBudget += 1 }
        pace.note(frame: taken, written: health.writeTime ?? .zero)
    }

    private mutating func makeFrame() -> Grid {
        let (columns, rows) = (terminal.columns, terminal.rows)
        let before = state.placement
        state.economy = pace.economy
        state.look(at: snapshot, columns: columns, rows: rows)
        let isKept =
            state.economy >= .slowerPanels && frameNumber % Self.panelPeriod != 0
            && state.placement == before && !state.isCovered
        return frame(
            of: snapshot, health: health, state: state, columns: columns, rows: rows,
            reusing: isKept ? drawn : nil)
    }

    /// The frame as it is now, for a file.
    var currentFrame: Grid {
        frame(
            of: snapshot, health: health, state: state, columns: terminal.columns,
            rows: terminal.rows)
    }

    /// Panels and snapshot are of the same dashboard.
    private mutating func adopt() {
        guard snapshot.plan != shown else { return }
        shown = snapshot.plan
        state.adopt(pipeline.programs[shown].dashboard)
        drawn = nil
    }

    private mutating func measure(_ now: Int64) {
        let depth = pipeline.depth
        health.queueBytes = depth.bytes
        health.queueChunks = depth.chunks
        health.inFlight = depth.lines
        health.recording = pipeline.recorder?.health
        health.receivers = notifiers.map(\.health)
        health.writeTime = Nanoseconds(terminal.lastWriteDuration)
        health.frameBytes = terminal.lastFrameBytes
        health.framesPerSecond = pace.framesPerSecond
        health.economy = pace.economy
        health.economyReason = pace.reason
        guard now - measuredAt >= 1_000_000_000 else { return }
        measuredAt = now
        health.memory = residentMemory()
        state.localClock = localClock()
    }
}

extension Terminal {
    fileprivate func signal(_ sign: Notices.Sign) {
        switch sign.kind {
        case .bell: ring()
        case .osc9: tell(CleanText(sign.text), .osc9)
        case .osc777: tell(CleanText(sign.text), .osc777)
        }
    }
}

extension Nanoseconds {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(rawValue: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
