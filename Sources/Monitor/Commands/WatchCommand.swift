import ArgumentParser

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show a dashboard live, or print its windows.",
        discussion: """
            Where stdout isn't a terminal it prints windows instead of drawing, as with --headless.

              weir watch plant.yaml
              tail -F access.json | weir watch web.yaml        with `from: stdin` in the file
              weir watch web.yaml --source access.json

            A source without a dashboard gets one made from its first records:

              tail -F app.ndjson | weir
              weir watch access.csv
              weir check --print access.csv > web.yaml      to start from
            """)

    @OptionGroup var watched: WatchedOptions

    @Option(help: "Record what comes in, and what it leads to, in this new file.")
    var record: String?

    @OptionGroup var auditOptions: AuditOptions

    @Flag(help: "Tell nobody of alerts, whatever the dashboard says.")
    var noNotify = false

    @OptionGroup var spanOptions: SpanOptions
    @OptionGroup var show: ShowOptions

    func run() throws {
        let found = try watched.find()
        let options = SourceOptions(
            follow: watched.follow, taken: found.taken.map { [0: $0] } ?? [:],
            deadLetters: show.printOptions.deadLetters, record: record, span: spanOptions.span)
        let program = Program(found.dashboard, options)
        try show.run(
            program, options, name: found.name, reload: watched.reload,
            audit: auditOptions, notifies: !noNotify)
    }
}
