import ArgumentParser
import Configuration
import Connectors
import Events
import Screen

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

struct PictureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picture",
        abstract: "Write one frame of a dashboard, without a terminal.",
        discussion: """
            Reads files to their end; a demo is played on virtual time, so nobody waits for it.

              weir picture plant.yaml --source events.ndjson -o plant.svg
              weir picture demo:plant --after 75s --size 200x60 -o plant.txt
            """)

    @Argument(help: "A dashboard file (.yaml, .yml), or a source; - is stdin.")
    var dashboard: String

    @Option(help: "In place of a stream's `from`: [STREAM=]SOURCE.")
    var source: [String] = []

    @Option(help: "Columns and rows, from 40x10 to 1000x1000.")
    var size = SizeArgument(columns: 120, rows: 40)

    @Option(
        help: ArgumentHelp(
            """
            So long after the beginning: of event time in a file, of the clock where a source has \
            no end.
            """,
            discussion: "Default: at the end of a file, else after 30s."))
    var after: DurationArgument?

    @Option(help: "A page, by its name or number.")
    var page: String?

    @Option(help: "Of a demo: the same seed, the same events.")
    var seed: UInt64 = 1

    @Option(help: "svg, text or ansi. Default: as FILE ends; ansi on a terminal, else svg.")
    var format: PictureFormat?

    @Option(name: [.short, .long], help: ArgumentHelp("Write to it.", valueName: "file"))
    var output: String?

    @OptionGroup var looks: LookOptions

    func run() throws {
        let format = try chosenFormat()
        let theme = try looks.chosenTheme()
        var (dashboard, taken) = try read()
        let sampled = dashboard.streams[0].from
        for argument in source { try dashboard.replaceSource(argument) }
        if dashboard.streams[0].from != sampled { taken = nil }
        let options = SourceOptions(follow: false, seed: seed, taken: taken.map { [0: $0] } ?? [:])
        var program = Program(dashboard, options)
        program.plan.recentBytes = ShowOptions.recentBytes
        let frame = try PictureRun(
            program: program, options: options, after: after?.value, columns: size.columns,
            rows: size.rows, page: page, symbols: looks.symbols, hasColors: !theme.isMono
        ).frame()
        let text = frame.picture(format, theme: theme, depth: depth)
        if let output {
            try writeText(text, to: output)
        } else {
            var stdout = Output(isMade: true)
            stdout.add(text)
            try stdout.flush()
        }
    }

    private func read() throws(Ending) -> (Dashboard, taken: TakenInput?) {
        if Dashboard.isDashboard(dashboard) { return (try readDashboard(dashboard), nil) }
        return try inferDashboard(dashboard, follow: false)
    }

    private func chosenFormat() throws(Ending) -> PictureFormat {
        if let format { return format }
        guard let output else { return Output.isTerminal ? .ansi : .svg }
        guard let format = PictureFormat(path: output) else {
            throw Ending(
                .usage,
                "\(output): its ending says none of the formats (\(PictureFormat.suffixes)); "
                    + "--format svg, text or ansi says it")
        }
        return format
    }

    /// A file may be shown anywhere; a terminal says what it has.
    private var depth: ColorDepth {
        if looks.isColourless { return .mono }
        guard output == nil, Output.isTerminal else { return .truecolor }
        let direct = ["truecolor", "24bit"]
        return getenv("COLORTERM").map { direct.contains(String(cString: $0)) } ?? false
            ? .truecolor : .xterm256
    }
}

extension PictureFormat: ExpressibleByArgument {}

/// `120x40` on the command line.
struct SizeArgument: ExpressibleByArgument {
    var columns: Int
    var rows: Int

    init(columns: Int, rows: Int) { (self.columns, self.rows) = (columns, rows) }

    init?(argument: String) {
        let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1],
            40...1000 ~= columns, 10...1000 ~= rows
        else { return nil }
        (self.columns, self.rows) = (columns, rows)
    }

    var defaultValueDescription: String { "\(columns)x\(rows)" }
}
