import ArgumentParser
import Configuration

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// How what a pipeline finds is shown: drawn, or printed.
struct ShowOptions: ParsableArguments {
    @Flag(help: "Print windows and alerts instead of drawing.")
    var headless = false

    @Option(help: "firing: print, and end with status 2 if an alert has fired.")
    var failOn: FailOn?

    @OptionGroup var printOptions: PrintOptions
    @OptionGroup var screenOptions: ScreenOptions

    /// Whether it is drawn, rather than printed.
    var draws: Bool {
        !headless && failOn == nil && !printOptions.once && Output.isTerminal && !isDumb
    }

    /// A terminal that says of itself that lines are all it knows: an editor's shell, a log.
    private var isDumb: Bool { getenv("TERM").map { String(cString: $0) } == "dumb" }

    /// How many bytes of a stream's newest records are kept to be looked at.
    static let recentBytes = 16 << 20

    /// `name`: what tells this dashboard from others. `reload`: reads it anew.
    func run(
        _ program: Program, _ options: SourceOptions, name: String, replaySpeed: Double? = nil,
        reload: (() -> Result<Dashboard, Ending>)? = nil, audit: AuditOptions? = nil
    ) throws {
        var program = program
        if draws { program.plan.recentBytes = Self.recentBytes }
        let notices = Notices(isShown: draws)
        let pipeline = try Pipeline(program, options)
        let trail = try audit?.trail(program, name: name, isDrawn: draws, notices)
        try run(
            pipeline, name: name, replaySpeed: replaySpeed, reload: reload, trail: trail,
            notices: notices)
    }

    /// A recording at this speed.
    func run(_ recording: RecordedRun, speed: Double, name: String) throws {
        let pipeline = try Pipeline(playing: recording, deadLetters: printOptions.deadLetters)
        pipeline.playback?.change {
            $0.speed = speed
            $0.staysOpen = draws
        }
        try run(
            pipeline, name: name, replaySpeed: nil, reload: nil, trail: nil,
            notices: Notices(isShown: draws))
    }

    private func run(
        _ pipeline: Pipeline, name: String, replaySpeed: Double?,
        reload: (() -> Result<Dashboard, Ending>)?, trail: AuditTrail?, notices: Notices
    ) throws {
        let screen = try screenOptions.checked()
        if !draws {
            var options = printOptions.headless(labelled: true)
            options.failsOnFiring = failOn == .firing
            try HeadlessRun(
                pipeline: pipeline, options: options, duration: printOptions.duration?.value,
                timeout: printOptions.once ? printOptions.timeout.value : nil,
                replaySpeed: replaySpeed, audit: trail
            ).run()
        } else {
            try ScreenRun(
                pipeline: pipeline, options: screen, replaySpeed: replaySpeed, reload: reload,
                memory: ScreenMemory(name: name), audit: trail, notices: notices
            ).run(duration: printOptions.duration?.value)
        }
    }
}

enum FailOn: String, ExpressibleByArgument { case firing }
