import ArgumentParser
import Configuration

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show a dashboard live, or print its windows.",
        discussion: """
            Where stdout isn't a terminal it prints windows instead of drawing, as with --headless.

              weir watch plant.yaml
              tail -F access.json | weir watch web.yaml        with `from: stdin` in the file
              weir watch web.yaml --source access.json
            """)

    @Argument(help: "A dashboard file (.yaml, .yml).")
    var dashboard: String?

    @Option(name: [.customShort("d"), .customLong("dashboard")], help: "A dashboard file.")
    var file: String?

    @Option(help: "In place of a stream's `from`: [STREAM=]SOURCE.")
    var source: [String] = []

    @Flag(name: [.customShort("f"), .long], inversion: .prefixedNo, help: "Follow files.")
    var follow = true

    @OptionGroup var show: ShowOptions

    func run() throws {
        var dashboard = try read()
        for argument in source { try dashboard.replaceSource(argument) }
        let options = SourceOptions(follow: follow)
        let program = Program(dashboard) { $0.isBounded(options) }
        let pipeline = try Pipeline(program, options)
        try show.run(pipeline)
    }

    private func read() throws(Ending) -> Dashboard {
        if let file = file ?? dashboard.flatMap({ Dashboard.isDashboard($0) ? $0 : nil }) {
            return try readDashboard(file)
        }
        let what = dashboard.map { "`\($0)` is a source" } ?? "no dashboard is named"
        throw Ending(
            .usage,
            """
            \(what), and watching a source without a dashboard is not built yet.
            Write one (docs/dashboard.md), then: weir watch FILE.yaml. Or try: weir demo
            """)
    }
}
