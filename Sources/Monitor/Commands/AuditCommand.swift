import ArgumentParser
import Configuration
import Events

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check an audit trail of alerts, and print it.",
        discussion: """
            Each line of a trail is chained to the one before by its hash: lines that were changed,
            taken out, put in, moved or repeated are found. A dashboard's file stands for its trail.

              weir audit plant.yaml
              weir audit trail.ndjson --alert overheating --format csv
            """)

    @Argument(help: "A trail, or a dashboard file whose trail it is.")
    var file: String

    @Option(help: "Only the lines of this alert.")
    var alert: String?

    @Option(help: "table, ndjson or csv; ndjson prints the lines as they are.")
    var format: RowFormat?

    func run() throws {
        let path = try trail()
        let format = format ?? (Output.isTerminal ? .table : .ndjson)
        var reader = AuditReader(path)
        var fields = AuditFields()
        var writer = RowWriter(format)
        var output = Output()
        var rows: [PrintedRow] = []
        try reader.read { line in
            guard let values = fields.values(of: line) else { return }
            if let alert, values[2] != .string(alert) { return }
            if format == .ndjson {
                output.add(line + "\n")
            } else {
                rows.append(PrintedRow(fields: Array(zip(AuditFields.names, values))))
            }
        }
        output.add(writer.text(of: rows))
        try output.flush()
        for problem in reader.problems { Output.say("\(path):\(problem.line): \(problem.words)") }
        if reader.more > 0 { Output.say("and \(reader.more) more") }
        guard reader.problems.isEmpty else { throw Ending(.differs) }
        Output.say("\(path): \(reader.lines) lines, an unbroken chain")
    }

    private func trail() throws(Ending) -> String {
        guard Dashboard.isDashboard(file) else { return file }
        guard let files = AuditFiles(name: absolutePath(file)) else {
            throw Ending(.noInput, "neither XDG_STATE_HOME nor HOME is set, so there is no trail")
        }
        return files.trail
    }
}
