import Configuration
import Connectors
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
    /// Those that can be changed to.
    var themes = Theme.bundled
    /// Asked for on the command line, so that what was used last time doesn't count.
    var isThemeGiven = false
    var keyMap = KeyMap.standard
    var symbols = Symbols.unicode
    var depth: ColorDepth?
    var mouse = false
}

/// Runs a pipeline with a screen: the engine on a thread of its own, the screen on this one.
///
/// Nothing waits for the screen. It asks for a snapshot when the next frame is due; the engine
/// leaves one in the slot after the first input from then on, and wakes it. After a quiet spell
/// that is at once.
struct ScreenRun {
    let pipeline: Pipeline
    let options: ScreenSettings
    /// Reads the dashboard anew; nil where there is no file of it.
    var reload: (() -> Result<Dashboard, Ending>)?
    /// Where the state of the screen is kept; nil: nowhere.
    var memory: ScreenMemory?
    var audit: AuditTrail?
    var notifiers: [Notifier] = []
    let notices: Notices

    func run(duration: Nanoseconds?) throws(Ending) {
        let terminal: Terminal
        do throws(TerminalError) {
            terminal = try Terminal(
                options: TerminalOptions(depth: options.depth, mouse: options.mouse))
        } catch {
            throw Ending(.unavailable, error.description)
        }
        let latest = LatestSnapshot(Engine(plan: pipeline.program.plan).snapshot())
        let engine = startEngine(latest, terminal.waker)
        var loop = ScreenLoop(
            terminal: terminal, latest: latest, pipeline: pipeline, options: options,
            reload: reload, memory: memory, notices: notices, notifiers: notifiers)
        let isInterrupted = loop.run(until: duration.map { monotonicNow() + $0.rawValue })
        pipeline.end()
        engine.join()
        terminal.close()
        memory?.write(loop.kept)
        if isInterrupted { throw Ending(.interrupted) }
    }

    /// What comes while no snapshot is wanted yet is shown when one is, though nothing may follow.
    private func startEngine(_ latest: LatestSnapshot, _ waker: TerminalWaker) -> WorkerThread {
        if let memory = audit?.remembered { pipeline.queue.restore(memory) }
        let interval = 1_000_000_000 / Int64(options.framesPerSecond)
        return WorkerThread { [pipeline, audit, notifiers] in
            var notifications = Notifications(notifiers)
            var hasNews = false
            let body: (borrowing Engine, [Effect]) -> Bool = { engine, effects in
                audit?.take(effects, engine, pipeline.programs)
                notifications.take(effects, engine, pipeline.programs)
                // On the way to another place nothing is shown, unless that takes long.
                let isWanted = pipeline.playback?.isWorthALook ?? true
                hasNews = !isWanted || !latest.isWanted(at: monotonicNow())
                if !hasNews {
                    latest.put(engine.snapshot())
                    waker.wake()
                }
                return true
            }
            let lookAgain = {
                hasNews ? latest.nextLook(at: monotonicNow(), every: interval) : nil
            }
            let last = pipeline.run(lookAgain: lookAgain, body)
            notifications.close()
            audit?.close(last)
        }
    }
}
