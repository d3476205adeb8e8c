import ArgumentParser
import Configuration
import Events

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
        _ program: Program, _ options: SourceOptions, name: String,
        reload: (() -> Result<Dashboard, Ending>)? = nil, audit: AuditOptions? = nil,
        notifies: Bool = false
    ) throws {
        var program = program
        if draws { program.plan.recentBytes = Self.recentBytes }
        let notices = Notices(isShown: draws)
        let pipeline = try Pipeline(program, options)
        let trail = try audit?.trail(program, name: name, isDrawn: draws, notices)
        let notifiers = notifies ? notifiers(program, name: name, trail?.files, notices) : []
        try run(
            pipeline, name: name, reload: reload, trail: trail,
            notifiers: notifiers, notices: notices)
    }

    /// A recording or a file at this speed; what comes before `start` at once.
    func play(
        _ origin: any PlaybackOrigin, speed: Double, from start: Timestamp, name: String
    ) throws {
        let pipeline = try Pipeline(playing: origin, deadLetters: printOptions.deadLetters)
        pipeline.playback?.change {
            $0.speed = speed
            $0.staysOpen = draws
            if start > .beginning { $0.target = .instant(start) }
        }
        try run(
            pipeline, name: name, reload: nil, trail: nil,
            notifiers: [], notices: Notices(isShown: draws))
    }

    /// Those who are told of alerts: none of what is only read to its end.
    private func notifiers(
        _ program: Program, name: String, _ files: AuditFiles?, _ notices: Notices
    ) -> [Notifier] {
        guard program.plan.streams.contains(where: { !$0.isBounded }) else { return [] }
        let file = name.split(separator: "/").last.map(String.init) ?? name
        let dashboard = program.dashboard.title ?? file
        var sign: (@Sendable (ReceiverDefinition.TerminalSign, String) -> Void)?
        if draws { sign = { notices.sign($0, $1) } }
        return program.dashboard.receivers.map { receiver in
            let log = files.map { NotificationLog($0, receiver: receiver.name) }
            return Notifier(
                receiver, dashboard: dashboard, log: log, say: { notices.say($0) }, sign: sign)
        }
    }

    private func run(
        _ pipeline: Pipeline, name: String,
        reload: (() -> Result<Dashboard, Ending>)?, trail: AuditTrail?, notifiers: [Notifier],
        notices: Notices
    ) throws {
        let screen = try screenOptions.checked()
        if !draws {
            var options = printOptions.headless(labelled: true)
            options.failsOnFiring = failOn == .firing
            try HeadlessRun(
                pipeline: pipeline, options: options, duration: printOptions.duration?.value,
                timeout: printOptions.once ? printOptions.timeout.value : nil,
                audit: trail, notifiers: notifiers
            ).run()
        } else {
            try ScreenRun(
                pipeline: pipeline, options: screen, reload: reload,
                memory: ScreenMemory(name: name), audit: trail, notifiers: notifiers,
                notices: notices
            ).run(duration: printOptions.duration?.value)
        }
    }
}

enum FailOn: String, ExpressibleByArgument { case firing }
