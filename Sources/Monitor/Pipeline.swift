import Connectors
import Engine
import Events

/// Who talks to whom, what starts and stops first: the table of contents of the program.
///
///     sources ──chunk──▶ queue ──▶ driver: decode, apply ──▶ effects, snapshots
///     and lag probes     (admits,   (one thread)              (printed, or shown)
///     (a thread each)     stamps,
///                         numbers)
///
/// Starting: sources last, when everything behind them stands. Stopping: the queue first, so that
/// nobody waits for it, then the sources, which see that within one wait.
struct Pipeline: Sendable {
    let program: Program
    let queue: InputQueue
    let sources: [any Source]
    let probes: [any LagProbe]
    let stop: Stop
    private let deadLetters: DeadLetterFile?
    /// Of each stream that reads several files.
    private let progress: [EventTimeProgress?]

    init(_ program: Program, _ options: SourceOptions) throws(Ending) {
        self.program = program
        queue = InputQueue(clock: LiveClock())
        stop = Stop()
        if let path = options.deadLetters {
            deadLetters = try DeadLetterFile(path)
        } else {
            deadLetters = nil
        }
        var sources: [any Source] = []
        progress = program.dashboard.streams.map { $0.isPattern ? EventTimeProgress() : nil }
        for (i, stream) in program.dashboard.streams.enumerated() {
            sources.append(
                try stream.source(stream: i, options, progress: progress[i], stop: stop))
        }
        self.sources = sources
        var probes: [any LagProbe] = []
        for (i, lag) in program.dashboard.lag.enumerated() {
            probes.append(try lag.probe(i, options, stop: stop))
        }
        self.probes = probes
    }

    /// Runs until somebody stops the queue or `body` says stop. `body` gets each input's effects,
    /// with the engine as it then stands; the engine as it stood at last is returned.
    func run(_ body: (borrowing Engine, [Effect]) throws -> Bool) rethrows -> Engine {
        var driver = driver
        let threads = startProbes() + startSources()
        defer { finish(threads) }
        while let input = queue.take() {
            let effects = driver.apply(input)
            guard try body(driver.engine, effects) else { break }
        }
        return driver.engine
    }

    /// The same for plain files whose records come when they happened. Nobody is asked about lag:
    /// it would be that of today.
    func replay(
        speed: Double, _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Engine {
        let start = program.plan.streams.map(\.span.lowerBound).min() ?? .min
        var replay = Replay(
            driver, speed: speed, from: Timestamp(rawValue: start), stop: stop)
        let threads = startSources()
        defer { finish(threads) }
        while let input = queue.take() {
            guard try replay.play(input, body) else { break }
        }
        return replay.engine
    }

    private var driver: Driver {
        Driver(
            program, openedAt: LiveClock().now(), deadLetters: deadLetters, progress: progress)
    }

    /// From any thread: ends `run`.
    func end() {
        queue.stop()
        stop.signal()
    }

    private func startSources() -> [WorkerThread] {
        sources.map { source in
            WorkerThread { source.run(into: queue) }
        }
    }

    private func startProbes() -> [WorkerThread] {
        probes.map { probe in WorkerThread { probe.run(into: queue) } }
    }

    private func finish(_ threads: [WorkerThread]) {
        end()
        for thread in threads { thread.join() }
    }
}
