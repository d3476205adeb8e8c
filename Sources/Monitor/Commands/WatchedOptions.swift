import ArgumentParser
import Configuration
import Connectors

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Options of what is watched: a dashboard file, or a source that gets one made.
struct WatchedOptions: ParsableArguments {
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

    /// What there is to watch, and what was read of it and can't be read again.
    struct Found {
        var dashboard: Dashboard
        var taken: TakenInput?
        /// What tells it from others: its file's whole path, or its source.
        var name: String
    }

    func find() throws(Ending) -> Found {
        var (dashboard, taken) = try read()
        if file != nil, let source = self.dashboard { try dashboard.replaceSource(source) }
        let sampled = dashboard.streams[0].from
        for argument in source { try dashboard.replaceSource(argument) }
        if dashboard.streams[0].from != sampled { taken = nil }
        return Found(
            dashboard: dashboard, taken: taken, name: dashboardFile.map(absolutePath) ?? sampled)
    }

    /// Reads the dashboard file anew, with the sources of the command line; nil without a file.
    var reload: (() -> Result<Dashboard, Ending>)? {
        dashboardFile.map { path in { reread(path) } }
    }

    private var dashboardFile: String? {
        file ?? dashboard.flatMap { Dashboard.isDashboard($0) ? $0 : nil }
    }

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
