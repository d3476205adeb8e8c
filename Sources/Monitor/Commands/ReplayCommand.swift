import ArgumentParser
import Configuration
import Connectors
import Events

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a recording again, or a plain file paced by its event time.",
        discussion: """
            weir replay incident.weir --speed 10
            weir replay events.ndjson -d plant.yaml
            weir replay events.ndjson -d plant.yaml --headless --speed max
            """)

    @Argument(
        help: "A recording, a file of records, or a quoted pattern of files; - is stdin.")
    var file: String

    @Option(
        name: [.customShort("d"), .customLong("dashboard")],
        help: "The dashboard to show; a recording has its own.")
    var dashboard: String?

    @Option(help: "How many times as fast as it happened: 0.1 and up, or max.")
    var speed = SpeedArgument(value: 1)

    @OptionGroup var spanOptions: SpanOptions
    @OptionGroup var show: ShowOptions

    func run() throws {
        if file != "-", RecordingSource.isRecording(file) { return try playRecording() }
        let dashboard = try oneStreamDashboard(of: file, dashboard)
        let options = SourceOptions(
            follow: false, deadLetters: show.printOptions.deadLetters, span: spanOptions.span)
        var program = Program(dashboard, options)
        guard program.plan.streams[0].isBounded else {
            throw Ending(.usage, "\(file) has no end, and can't be replayed; weir watch shows it")
        }
        let start = program.plan.streams[0].span.lowerBound
        program.plan.recentBytes = show.draws ? ShowOptions.recentBytes : 0
        try show.play(
            PlainRun(program: program, options: options), speed: speed.value,
            from: Timestamp(rawValue: start), name: name)
    }

    /// Bookmarks are of the file, not of the dashboard.
    private var name: String { file == "-" ? dashboard ?? file : absolutePath(file) }

    private func playRecording() throws {
        let recording = try RecordedRun(
            file, showing: try dashboard.map(readDashboard),
            span: spanOptions.isGiven ? spanOptions.span : nil,
            recentBytes: show.draws ? ShowOptions.recentBytes : 0)
        try show.play(
            recording, speed: speed.value, from: .beginning, name: name)
    }
}
