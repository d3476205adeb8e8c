import Configuration
import Connectors
import Engine
import Events

/// Who talks to whom, what starts and stops first: the table of contents of the program.
///
///     sources ──chunk──▶ queue ──▶ decoder ──batch──▶ hand-off ──▶ engine ──▶ effects, snapshots
///     and lag probes     (admits,  (one thread,       (a few       (one       (printed, or shown)
///     (a thread each)     stamps,   ahead of the       batches)     thread)
///                         numbers)  engine)
///
/// On a single core decoder and engine share a thread, and there is no hand-off: to change between
/// threads would only cost. Results are the same, for what is applied, and in which order, is
/// settled by the queue.
///
/// Starting: sources last, when everything behind them stands. Stopping: the queue and the hand-off
/// first, so that nobody waits for them, then the sources, which see that within one wait.
struct Pipeline: Sendable {
    /// The first of them is what it begins with.
    let programs: Programs
    let program: Program
    let queue: InputQueue
    let sources: [any Source]
    let probes: [any LagProbe]
    let stop: Stop
    /// nil: nobody records the run.
    let recorder: Recorder?
    /// Where the inputs come from instead of the sources: what is played.
    let playback: Playback?
    private let openedAt = LiveClock().now()
    private let deadLetters: DeadLetterFile?
    /// Of each stream that reads several files.
    private let progress: [EventTimeProgress?]
    /// nil on a single core.
    private let ahead: DecodeAhead?

    init(
        _ program: Program, _ options: SourceOptions, cores: Int = availableCores
    ) throws(Ending) {
        try self.init(
            program, options, programs: Programs(program),
            deadLetters: options.deadLetters.map { path throws(Ending) in
                try DeadLetterFile(path)
            }, cores: cores)
    }

    init(
        _ program: Program, _ options: SourceOptions, programs: Programs,
        deadLetters: DeadLetterFile?, cores: Int
    ) throws(Ending) {
        self.program = program
        self.programs = programs
        self.deadLetters = deadLetters
        queue = InputQueue(clock: LiveClock())
        playback = nil
        stop = Stop()
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
        ahead = cores > 1 ? DecodeAhead() : nil
        recorder = try options.record.map { [programs, openedAt] path throws(Ending) in
            try Recorder(path, program, programs: programs, openedAt: openedAt)
        }
    }

    /// Of a recording, or of a file by event time: nothing else is opened.
    init(
        playing origin: any PlaybackOrigin, deadLetters: String?, cores: Int = availableCores
    ) throws(Ending) {
        try origin.check()
        program = origin.program
        programs = Programs(origin.program)
        queue = InputQueue(clock: LiveClock())
        stop = Stop()
        self.deadLetters = try deadLetters.map { path throws(Ending) in
            try DeadLetterFile(path, isReplayed: true)
        }
        (sources, probes, progress) = ([], [], [])
        ahead = nil
        recorder = nil
        playback = Playback(origin, cores: cores)
    }

    /// What waits: bytes and chunks in the queue, and lines, those that are decoded too.
    var depth: (bytes: Int, chunks: Int, lines: Int) {
        let depth = queue.depth
        return (depth.bytes, depth.chunks, depth.lines + (ahead?.depth.lines ?? 0))
    }

    /// Inputs that are decoded and wait for the engine.
    var decodedAhead: Int { ahead?.depth.inputs ?? 0 }

    /// Runs until somebody stops the pipeline or `body` says stop. `body` gets each input's
    /// effects, with the engine as it then stands; the engine as it stood at last is returned.
    ///
    /// `lookAgain`: asked after each input; `body` is called again at that time if nothing comes
    /// until then.
    func run(
        lookAgain: () -> Deadline? = { nil },
        _ body: (borrowing Engine, [Effect]) throws -> Bool
    ) rethrows -> Engine {
        if let playback {
            return try playback.run(programs, deadLetters, body)
        }
        var engine = Engine(plan: program.plan)
        var witness = recorder.map { Witness($0) }
        let writing = recorder.map { recorder in WorkerThread { recorder.run() } }
        defer {
            witness?.finish(engine)
            writing?.join()
        }
        try deliver(from: { startProbes() + startSources() }, lookAgain) { input in
            guard let input else { return try body(engine, []) }
            let effects = engine.apply(input)
            witness?.see(input, effects, engine)
            return try body(engine, effects)
        }
        return engine
    }

    /// What comes of the sources until `take` says stop, numbered and decoded. Nobody is asked
    /// about lag.
    func inputs(_ take: (EngineInput) -> Bool) {
        deliver(from: startSources, { nil }) { $0.map(take) ?? true }
    }

    /// From any thread: another dashboard of the same streams takes over, once what has come before
    /// is applied; of what is played, as if it had been there from the beginning. False: its
    /// streams, consumer groups or receivers are others.
    func change(to dashboard: Dashboard) -> Bool {
        guard let number = programs.add(dashboard) else { return false }
        if let playback { playback.change { $0.shown = number } } else { queue.change(to: number) }
        return true
    }

    /// From any thread: ends `run`. What was not applied by then never is.
    func end() {
        playback?.end()
        queue.stop()
        ahead?.stop()
        stop.signal()
    }

    /// Hands each input to `apply`, in order, until somebody ends that or `apply` says so; nil
    /// where none came until the time that `lookAgain` says.
    private func deliver(
        from start: () -> [WorkerThread], _ lookAgain: () -> Deadline?,
        to apply: (EngineInput?) throws -> Bool
    ) rethrows {
        var threads = startDecoder()
        threads += start()
        defer { finish(threads) }
        if let ahead {
            while let next = ahead.take(until: lookAgain()), try apply(next?.input) {}
            return
        }
        var decoder = decoder
        while let input = next(until: lookAgain()),
            try apply(input.map { decoder.decode($0) })
        {}
    }

    /// The next input, and recorded; nil once stopped, and inside of that past the deadline.
    private func next(until deadline: Deadline?) -> NumberedInput?? {
        guard let found = queue.take(until: deadline) else { return nil }
        if let input = found { recorder?.take(input) }
        return found
    }

    private var decoder: InputDecoder {
        InputDecoder(
            program, openedAt: openedAt, deadLetters: deadLetters, progress: progress,
            programs: programs)
    }

    private func startDecoder() -> [WorkerThread] {
        guard let ahead else { return [] }
        return [WorkerThread { ahead.run(decoder) { next(until: nil) ?? nil } }]
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
