import ArgumentParser
import Configuration

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a plain file again, paced by its event time.",
        discussion: """
            weir replay events.ndjson -d plant.yaml --speed 10
            weir replay events.ndjson -d plant.yaml --headless --speed max
            """)

    @Argument(help: "A file of records, or a quoted pattern of files; - is stdin.")
    var file: String

    @Option(name: [.customShort("d"), .customLong("dashboard")], help: "The dashboard to show.")
    var dashboard: String

    @Option(help: "How many times as fast as it happened: 0.1 and up, or max.")
    var speed = SpeedArgument(value: 1)

    @OptionGroup var spanOptions: SpanOptions
    @OptionGroup var show: ShowOptions

    func run() throws {
        var dashboard = try readDashboard(dashboard)
        guard dashboard.streams.count == 1 else {
            throw Ending(
                .usage,
                "a plain file is one stream, and the dashboard has \(dashboard.streams.count)")
        }
        dashboard.streams[0].from = try checkedSource(file)
        let options = SourceOptions(
            follow: false, deadLetters: show.printOptions.deadLetters, span: spanOptions.span)
        let program = Program(dashboard, options)
        guard program.plan.streams[0].isBounded else {
            throw Ending(.usage, "\(file) has no end, and can't be replayed; weir watch shows it")
        }
        try show.run(
            program, options, name: absolutePath(self.dashboard), replaySpeed: speed.value)
    }
}
