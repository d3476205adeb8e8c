import ArgumentParser
import Configuration

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a dashboard file, and say what is wrong and where.")

    @Argument(help: "A dashboard file; with --print also a source, to write a dashboard for it.")
    var file: String

    @Flag(help: "Print the dashboard as weir understands it, as a file to start from.")
    var print = false

    func run() throws {
        let isSource = print && !Dashboard.isDashboard(file)
        let dashboard =
            isSource ? try inferDashboard(file, follow: false).dashboard : try readDashboard(file)
        var output = Output()
        if print {
            output.add(dashboard.yaml)
        } else {
            let panels = dashboard.rows.reduce(0) { $0 + $1.panels.count }
            let counts = [
                (dashboard.streams.count, "stream"), (dashboard.views.count, "view"),
                (dashboard.alerts.count, "alert"), (panels, "panel"),
            ]
            let words = counts.filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
            output.add("\(file): good: \(words.joined(separator: ", "))\n")
        }
        try output.flush()
    }
}
