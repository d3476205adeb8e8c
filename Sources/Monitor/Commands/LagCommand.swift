import ArgumentParser
import Configuration
import Connectors
import Engine
import Events

struct LagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag",
        abstract: "Print how far behind consumer groups are.",
        discussion: """
            A row for each group and partition, once, or again with each answer of the broker. No \
            group is joined, and nothing is committed.

              weir lag kafka://broker:9092/orders --group billing
              weir lag kafka://broker:9092 -f
              weir lag redis://localhost/orders --format csv
            """)

    /// Beyond these a broker is asked too much at a time.
    private static let limit = 32

    @Argument(help: "A broker, with a topic or stream: kafka://host/topic, redis://host/stream.")
    var source: String

    @Option(
        name: [.short, .long], help: "A consumer group; may be repeated. Default: all of them.")
    var group: [String] = []

    @Option(
        name: .customShort("O"),
        help: ArgumentHelp(
            "An option of the source: how it is reached.",
            discussion: "password='${PASSWORD}', security.protocol=ssl, properties=FILE, …",
            valueName: "key=value"))
    var options: [String] = []

    @Flag(name: [.short, .long], help: "Go on, with the rows of each answer.")
    var follow = false

    @Option(help: "With --follow: stop after this long: 10s, 5m.")
    var duration: DurationArgument?

    @Option(help: "table, ndjson or csv. Default: table on a terminal, else ndjson.")
    var format: RowFormat?

    @Option(help: "rfc3339 or epoch-ms.")
    var times = TimesFormat.rfc3339

    func validate() throws {
        if duration != nil, !follow { throw ValidationError("--duration goes with --follow") }
    }

    func run() throws {
        let stop = Stop()
        let interruption = Interruption()
        interruption.watch(duration: duration?.value, timeout: nil) { stop.signal() }
        guard let groups = try group.isEmpty ? names(stop) : group else {
            throw Ending(.interrupted)
        }
        var dashboard = Dashboard(streams: [])
        dashboard.lag = try groups.map { try definition($0) }
        let pipeline = try Pipeline(
            Program(dashboard, SourceOptions(follow: true)), SourceOptions(follow: true))
        _ = WorkerThread {
            _ = stop.wait(for: .seconds(.max / 1_000_000_000))
            pipeline.end()
        }
        let report = try run(pipeline)
        if interruption.cause == .signal { throw Ending(.interrupted) }
        guard report.isWell else { throw Ending(.differs) }
    }

    private func run(_ pipeline: Pipeline) throws(Ending) -> LagReport {
        var report = LagReport(
            format: format ?? (Output.isTerminal ? .table : .ndjson), times: follow ? times : nil)
        var failure: Ending?
        _ = pipeline.run { engine, _ in
            do throws(Ending) {
                let isGoing = try report.write(engine.snapshot().lag)
                return isGoing && (follow || !report.hasAll)
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return report
    }

    /// All groups there; nil: interrupted.
    private func names(_ stop: Stop) throws(Ending) -> [String]? {
        let one = try definition("all")
        let names: [String]?
        do throws(RemoteError) {
            names = try RemoteGroup(
                probe: 0, group: one.group, source: one.from, settings: one.settings, stop: stop
            ).names()
        } catch {
            throw Ending(.unavailable, "\(source): \(error.message)")
        }
        guard let names else { return nil }
        guard !names.isEmpty else { throw Ending(.noInput, "\(source): there is no group") }
        if names.count > Self.limit {
            Output.say("\(names.count) groups; these are the first \(Self.limit), name others")
        }
        return Array(names.prefix(Self.limit))
    }

    /// Read as a dashboard's.
    private func definition(_ group: String) throws(Ending) -> LagDefinition {
        var keys = ["from: \(quoted(source))", "group: \(quoted(group))"]
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !["from", "group"].contains(parts[0]) else {
                throw Ending(
                    .usage, "-O \(option): expected key=value, as in -O security.protocol=ssl")
            }
            keys.append("\(quoted(parts[0])): \(quoted(parts[1]))")
        }
        let text =
            "version: 1\nstreams: { s: { from: stdin } }\nviews: { v: count() }\n"
            + "lag: { probe: { \(keys.joined(separator: ", ")) } }"
        do {
            var definition = try Dashboard(reading: text, file: "lag").lag[0]
            definition.name = group
            return definition
        } catch {
            throw Ending(.usage, error.errors.map(\.message).joined(separator: "\n"))
        }
    }
}
