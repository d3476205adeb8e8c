import ArgumentParser

/// How what a pipeline finds is shown: drawn, or printed.
struct ShowOptions: ParsableArguments {
    @Flag(help: "Print windows and alerts instead of drawing.")
    var headless = false

    @Option(help: "firing: print, and end with status 2 if an alert has fired.")
    var failOn: FailOn?

    @OptionGroup var printOptions: PrintOptions
    @OptionGroup var screenOptions: ScreenOptions

    func run(_ pipeline: Pipeline, replaySpeed: Double? = nil) throws {
        let screen = try screenOptions.checked()
        if headless || failOn != nil || printOptions.once || !Output.isTerminal {
            var options = printOptions.headless(labelled: true)
            options.failsOnFiring = failOn == .firing
            try HeadlessRun(
                pipeline: pipeline, options: options, duration: printOptions.duration?.value,
                timeout: printOptions.once ? printOptions.timeout.value : nil,
                replaySpeed: replaySpeed
            ).run()
        } else {
            try ScreenRun(
                pipeline: pipeline, options: screen, replaySpeed: replaySpeed
            ).run(duration: printOptions.duration?.value)
        }
    }
}

enum FailOn: String, ExpressibleByArgument { case firing }
