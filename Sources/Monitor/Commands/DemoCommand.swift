import ArgumentParser
import Configuration
import Events

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show a simulated plant, live.",
        discussion: """
            Machines at five sites send temperature, vibration and latency; some events come out \
            of order, twice, late or broken. The same --seed makes the same stream.
            """)

    @Argument(help: "The story: plant.")
    var story = "plant"

    @Option(help: "Which stream: the same seed, the same events.")
    var seed: UInt64 = 1

    @Flag(help: "Print windows instead of drawing.")
    var headless = false

    @OptionGroup var printOptions: PrintOptions
    @OptionGroup var screenOptions: ScreenOptions

    func run() throws {
        guard story == "plant" else {
            throw Ending(.usage, "there is no demo `\(story)`; there is plant")
        }
        let dashboard = try DemoDashboard.plant()
        let options = SourceOptions(follow: true, seed: seed)
        let program = Program(dashboard) { $0.isBounded(options) }
        let pipeline = try Pipeline(program, options)
        if headless || printOptions.once || !Output.isTerminal {
            try printOptions.run(pipeline, labelled: true)
        } else {
            try ScreenRun(pipeline: pipeline, options: screenOptions.checked()).run(
                duration: printOptions.duration?.value)
        }
    }
}
