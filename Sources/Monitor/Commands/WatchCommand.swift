import ArgumentParser
import Configuration
import Connectors

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

    @Argument(help: "A dashboard file (.yaml, .yml), or a source; nothing is stdin.")
    var dashboard: String?

    @Option(name: [.customShort("d"), .customLong("dashboard")], help: "A dashboard file.")
    var file: String?

    @Option(help: "In place of a stream's `from`: [STREAM=]SOURCE.")
    var source: [String] = []

    @Flag(
        name: [.customShort("f"), .long], inversion: .prefixedNo,
        help: "Go on at a file's end, and connect again.")
    var follow = true

    @OptionGroup var auditOptions: AuditOptions
    @OptionGroup var spanOptions: SpanOptions
    @OptionGroup var show: ShowOptions

    func run() throws {
        var (dashboard, taken) = try read()
        if file != nil, let source = self.dashboard { try dashboard.replaceSource(source) }
        let sampled = dashboard.streams[0].from
        for argument in source { try dashboard.replaceSource(argument) }
        if dashboard.streams[0].from != sampled { taken = nil }
        let options = SourceOptions(
            follow: follow, taken: taken.map { [0: $0] } ?? [:],
            deadLetters: show.printOptions.deadLetters,
            span: spanOptions.span)
        let program = Program(dashboard, options)
        try show.run(
            program, options, name: dashboardFile.map(absolutePath) ?? sampled,
            reload: dashboardFile.map { path in { reread(path) } }, audit: auditOptions)
    }

    private var dashboardFile: String? {
        file ?? dashboard.flatMap { Dashboard.isDashboard($0) ? $0 : nil }
    }

    /// The file as it is now, with the sources of the command line.
    private func reread(_ path: String) -> Result<Dashboard, Ending> {
        Result { () throws(Ending) in
            var dashboard = try readDashboard(path)
            if file != nil, let source = self.dashboard { try dashboard.replaceSource(source) }
            for argument in source { try dashboard.replaceSource(argument) }
            return dashboard
        }
    }

    private func read() throws(Ending) -> (Dashboard, taken: TakenInput?) {
        if let file = dashboardFile {
            return (try readDashboard(file), nil)
        }
        guard let source = dashboard ?? (isatty(0) == 1 ? nil : "-") else {
            throw Ending(
                .usage,
                """
                nothing to watch: name a dashboard file or a source, or pipe a stream into weir.
                  tail -F app.ndjson | weir
                  weir watch plant.yaml
                  weir demo
                """)
        }
        return try inferDashboard(source, follow: follow)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
