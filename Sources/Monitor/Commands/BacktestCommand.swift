import ArgumentParser
import Configuration
import Events
import Queries

struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Run changed alert rules over old data, and say what would have been different.",
        discussion: """
            weir backtest new.yaml --against plant.yaml --on yesterday.ndjson
            """)

    @Argument(help: "The dashboard file with the changed rules.")
    var rules: String

    @Option(help: "The dashboard file with the rules as they were.")
    var against: String

    @Option(
        help: ArgumentHelp(
            "The data: a file, or STREAM=FILE for one of several streams.", valueName: "data"))
    var on: [String]

    @Option(help: "table, ndjson or csv.")
    var format: RowFormat?

    func run() throws {
        let before = try timeline(against)
        let now = try timeline(rules)
        let differences = TimelineDifference.between(before, now)
        var output = Output()
        var writer = RowWriter(format ?? (Output.isTerminal ? .table : .ndjson))
        output.add(writer.text(of: differences.map(\.row)))
        try output.flush()
        Output.say(summary(before.count, now.count, differences))
        if !differences.isEmpty { throw Ending(.differs) }
    }

    private func timeline(_ file: String) throws(Ending) -> AlertTimeline {
        var dashboard = try readDashboard(file)
        guard !dashboard.alerts.isEmpty else {
            throw Ending(.badDashboard, "\(file) has no `alerts`")
        }
        for data in on { try dashboard.replaceSource(data) }
        let rehearsal = try Rehearsal(dashboard)
        guard rehearsal.beginning != nil else {
            let data = on.joined(separator: ", ")
            throw Ending(.badData, "\(file): no record of \(data) can be used")
        }
        return AlertTimeline(dashboard, rehearsal.changes)
    }

    private func summary(
        _ before: Int, _ now: Int, _ differences: [TimelineDifference]
    ) -> String {
        let counts = TimelineDifference.Kind.allCases.map { kind in
            (differences.count { $0.kind == kind }, kind.rawValue)
        }
        let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "alerts fired \(before) times before, \(now) times now: "
            + (words.isEmpty ? "no difference" : words.joined(separator: ", "))
    }
}

extension TimelineDifference {
    fileprivate var row: PrintedRow {
        func time(_ instant: Timestamp?) -> Scalar {
            instant.map { TimesFormat.rfc3339.value(of: $0) } ?? .null
        }
        return PrintedRow(fields: [
            ("change", .string(kind.rawValue)), ("alert", .string(subject.alert)),
            ("group", subject.group.map { .string($0) } ?? .null),
            ("fired_before", time(before?.firing)), ("fires_now", time(now?.firing)),
            ("resolved_before", time(before?.resolved)), ("resolved_now", time(now?.resolved)),
            ("by", by.map { .string(durationText($0)) } ?? .null),
        ])
    }
}
