import ArgumentParser
import Configuration
import Connectors
import Engine
import Events
import Queries

struct ReconcileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Hold the windows of a stream against those of a batch job.",
        discussion: """
            Prints what differs, and why if that can be found out. Status 3: something does.

              weir reconcile incident.weir --view load --batch results.csv
              weir reconcile events.ndjson -d web.yaml --view load --batch results.ndjson
            """)

    @Argument(help: "A recording, or a file of records.")
    var file: String

    @Option(
        name: [.customShort("d"), .customLong("dashboard")],
        help: "The dashboard with the view; a recording has its own.")
    var dashboard: String?

    @Option(help: "The view.")
    var view: String

    @Option(help: "The file of the batch job's rows: CSV, or lines of JSON.")
    var batch: String

    @Option(help: "Its field with the beginning of a window.")
    var time = "window_start"

    @Option(
        help: ArgumentHelp(
            "The largest difference that is none, as a share: of all columns, or of one.",
            valueName: "[column=]share"))
    var tolerance: [ToleranceArgument] = []

    @OptionGroup var spanOptions: SpanOptions

    @Option(help: "table, ndjson or csv.")
    var format: RowFormat?

    func run() throws {
        let input = try self.input()
        let stream = try StreamWindows(input, view: view)
        let batch = try BatchTable(self.batch, stream.query, time: time)
        var found = Reconciliation(
            stream: stream.table, batch: batch.table,
            tolerances: try tolerances(stream.query, batch), scope: stream.scope)
        if !found.mismatches.isEmpty { try explain(&found, stream, input) }
        try print(found, stream.query, batch)
        Output.say(words(found))
        guard found.mismatches.isEmpty else { throw Ending(.differs) }
    }

    private func input() throws -> StreamWindows.Input {
        if RecordingSource.isRecording(file) {
            return .recording(
                file, try dashboard.map(readDashboard),
                spanOptions.isGiven ? spanOptions.span : nil)
        }
        let dashboard = try oneStreamDashboard(of: file, dashboard)
        let options = SourceOptions(follow: false, span: spanOptions.span)
        guard dashboard.streams[0].isBounded(options), file != "-" else {
            throw Ending(.usage, "\(file) can't be read again; reconcile reads a file")
        }
        return .file(dashboard, options)
    }

    private func tolerances(_ query: Query, _ batch: BatchTable) throws -> [Double?] {
        for name in tolerance.compactMap(\.column) where !query.columnNames.contains(name) {
            throw Ending(.usage, "--tolerance: the view has no column `\(name)`")
        }
        return query.columnNames.enumerated().map { i, name in
            guard batch.hasColumn[i] else { return nil }
            let given =
                tolerance.last { $0.column == name } ?? tolerance.last { $0.column == nil }
            return given?.share ?? query.usualTolerance(ofColumn: i)
        }
    }

    /// What the stream would say if it were read otherwise; each only if there is a reason for it.
    private func explain(
        _ found: inout Reconciliation, _ stream: StreamWindows, _ input: StreamWindows.Input
    ) throws {
        let books = stream.snapshot.streams[stream.stream].books
        let viewLate = stream.snapshot.views.first { $0.name == view }?.books.late ?? 0
        let hasLate = books.late > 0 || viewLate > 0
        let waits: (inout StreamDefinition) -> Void = { $0.allowedLateness = .seconds(864_000) }
        let counts: (inout StreamDefinition) -> Void = { $0.id = nil }
        if hasLate {
            found.explain(by: try StreamWindows(input, view: view, waits).table, .late)
        }
        if books.duplicate > 0 {
            found.explain(by: try StreamWindows(input, view: view, counts).table, .duplicate)
        }
        if hasLate, books.duplicate > 0, found.unexplained > 0 {
            let both = try StreamWindows(input, view: view) {
                waits(&$0)
                counts(&$0)
            }
            found.explain(by: both.table, .lateAndDuplicate)
        }
        found.explainByTimeZone()
        let length = stream.query.window?.length ?? .zero
        found.explain { mismatch in
            guard mismatch.batch != nil else { return nil }
            let span = mismatch.place.start...(mismatch.place.start + length + .seconds(1))
            let count = stream.deadLetters.reduce(0) {
                $0 + ($1.came.overlaps(span) ? $1.count : 0)
            }
            return count > 0 ? .deadLettered(count) : nil
        }
        if let first = stream.firstWindows {
            found.explain { first.contains($0.place.start) ? .beginning : nil }
        }
    }

    // MARK: What is said

    private func print(
        _ found: Reconciliation, _ query: Query, _ batch: BatchTable
    ) throws(Ending) {
        var writer = RowWriter(format ?? (Output.isTerminal ? .table : .ndjson))
        var output = Output()
        let rows = found.mismatches.map { PrintedRow($0, query, batch.hasColumn) }
        output.add(writer.text(of: rows))
        try output.flush()
    }

    private func words(_ found: Reconciliation) -> String {
        let compared = found.agreeing + found.mismatches.count
        var text = "\(file): \(found.agreeing) of \(compared) rows agree with \(batch)"
        for result in [Reconciliation.Result.missing, .extra, .differs] {
            let count = found.mismatches.count { $0.result == result }
            if count > 0 { text += ", \(count) \(result == .differs ? "differ" : result.rawValue)" }
        }
        if !found.mismatches.isEmpty {
            text +=
                found.unexplained == 0 ? ", all explained" : ", \(found.unexplained) unexplained"
        }
        if found.outside > 0 {
            text += "; \(found.outside) are of times that the stream hasn't seen"
        }
        return text
    }
}

/// `0.01`, or `p99=0.01` for one column.
struct ToleranceArgument: ExpressibleByArgument {
    var column: String?
    var share: Double

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let last = parts.last, let share = Double(last), share >= 0, share.isFinite else {
            return nil
        }
        (column, self.share) = (parts.count > 1 ? parts[0] : nil, share)
    }
}

extension Query {
    /// What weir itself may be off by: of quantiles 1 %, of `distinct` three standard errors; else
    /// the last digits of a sum in another order.
    fileprivate func usualTolerance(ofColumn index: Int) -> Double {
        guard top == nil else { return 0 }
        return aggregates[index].value.functions.map { function in
            switch function {
            case .quantile: 0.01
            case .distinct: 0.05
            default: 1e-9
            }
        }.max() ?? 1e-9
    }
}

extension AggregateValue {
    fileprivate var functions: [AggregateCall.Function] {
        switch self {
        case .call(let call): [call.function]
        case .number: []
        case .negate(let value): value.functions
        case .binary(_, let a, let b): a.functions + b.functions
        case .apply(_, let values): values.flatMap(\.functions)
        }
    }
}

extension PrintedRow {
    /// The names are a contract.
    fileprivate init(_ mismatch: Reconciliation.Mismatch, _ query: Query, _ hasColumn: [Bool]) {
        self.init(
            fields: [
                ("result", .string(mismatch.result.rawValue)),
                ("explained_by", mismatch.explanation.map { .string($0.word) } ?? .null),
                ("window_start", .string(mismatch.place.start.rfc3339)),
                ("window_end", mismatch.end(query).map { .string($0.rfc3339) } ?? .null),
            ] + zip(query.keyNames, mismatch.place.key).map { ($0, .string($1)) })
        for (i, name) in query.columnNames.enumerated() where hasColumn[i] {
            for (side, row) in [("stream", mismatch.stream), ("batch", mismatch.batch)] {
                let value = row.map { $0.values[i] } ?? .nan
                fields.append(("\(side)_\(name)", value.isFinite ? .number(value) : .null))
            }
        }
    }
}

extension Reconciliation.Mismatch {
    fileprivate func end(_ query: Query) -> Timestamp? {
        if let end = stream?.end { return end }
        guard query.hop != nil, let length = query.window?.length else { return nil }
        return place.start + length
    }
}

extension Reconciliation.Explanation {
    fileprivate var word: String {
        switch self {
        case .late: "late"
        case .duplicate: "duplicate"
        case .lateAndDuplicate: "late and duplicate"
        case .timeZone(let shift): "time zone \(shift > .zero ? "+" : "-")" + Self.hours(shift)
        case .deadLettered(let count): "dead letters: \(count)"
        case .beginning: "beginning"
        }
    }

    /// `02:00`
    private static func hours(_ shift: Nanoseconds) -> String {
        let minutes = shift.rawValue.magnitude / 60_000_000_000
        func two(_ n: UInt64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
