import ArgumentParser
import Configuration
import Events
import Queries

/// Options of where data comes from and how it is read.
struct StreamOptions: ParsableArguments {
    @Option(
        name: .customShort("O"),
        help: ArgumentHelp(
            "An option of the source: the keys of a stream in a dashboard file.",
            discussion:
                "time=ts, time_unit=ms, out_of_orderness=5s, id=id, format=access, "
                + "pattern='(?<status>\\d+)', …",
            valueName: "key=value"))
    var options: [String] = []

    @Flag(
        name: [.customShort("f"), .long], inversion: .prefixedNo,
        help: "Go on at a file's end, and connect again.")
    var follow: Bool?

    /// Whether it is said how records are to be read; else it is found out.
    var sayWhatRecordsAre: Bool {
        follow == true
            || options.contains { option in
                ["format=", "pattern=", "time="].contains { option.hasPrefix($0) }
            }
    }

    /// The stream named `input` that `-O` describes: its keys are those of a dashboard file, and
    /// are read by the same reader.
    func stream(from source: String) throws(Ending) -> StreamDefinition {
        let name = try checkedSource(source).name
        var text = "version: 1\nviews: { v: count() }\nstreams:\n  input:\n"
        text += "    from: \(quoted(name))\n"
        for option in options {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[0] != "from" else {
                throw Ending(.usage, "-O \(option): expected key=value, as in -O time=ts")
            }
            text += "    \(quoted(parts[0])): \(quoted(parts[1]))\n"
        }
        do {
            return try Dashboard(reading: text, file: "-O").streams[0]
        } catch {
            throw Ending(.usage, error.errors.map { "-O: \($0.message)" }.joined(separator: "\n"))
        }
    }
}

/// Options of what is printed.
struct PrintOptions: ParsableArguments {
    @Option(help: "table, ndjson or csv. Default: table on a terminal, else ndjson.")
    var format: RowFormat?

    @Option(help: "rfc3339 or epoch-ms.")
    var times = TimesFormat.rfc3339

    @Flag(help: "Print windows in which a key has no event, too.")
    var fill = false

    @Option(help: "Stop after this many lines.")
    var limit: Int?

    @Option(help: "Stop after this long: 10s, 5m.")
    var duration: DurationArgument?

    @Flag(help: "Each view's first on-time pane, then done.")
    var once = false

    @Option(help: "With --once: give up after this long, with status 69.")
    var timeout = DurationArgument(value: .seconds(30))

    @Flag(help: "End with status 65 when a record could not be used.")
    var strict = false

    @Option(help: "Append every record that could not be used to this file, as a line of JSON.")
    var deadLetters: String?

    func headless(labelled: Bool) -> HeadlessOptions {
        HeadlessOptions(
            format: format ?? (Output.isTerminal ? .table : .ndjson), times: times,
            labelled: labelled, fill: fill, once: once, limit: limit, strict: strict)
    }

    func run(_ pipeline: Pipeline, labelled: Bool) throws(Ending) {
        try HeadlessRun(
            pipeline: pipeline, options: headless(labelled: labelled), duration: duration?.value,
            timeout: once ? timeout.value : nil
        ).run()
    }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1") }
    }
}

/// `10s`, `5m`: a length of time on the command line.
struct DurationArgument: ExpressibleByArgument {
    var value: Nanoseconds

    init(value: Nanoseconds) { self.value = value }

    var defaultValueDescription: String { durationText(value) }

    init?(argument: String) {
        guard let value = parseDuration(argument), value > .zero else { return nil }
        self.value = value
    }
}

/// How fast a replay plays: `1`, `0.5`, `10`, `max`.
struct SpeedArgument: ExpressibleByArgument {
    var value: Double

    init(value: Double) { self.value = value }

    /// As the help shows the usual one.
    var defaultValueDescription: String { value.isFinite ? plainNumber(value) : "max" }

    init?(argument: String) {
        if argument == "max" {
            value = .infinity
            return
        }
        let text = argument.hasSuffix("x") ? String(argument.dropLast()) : argument
        guard let value = Double(text), value.isFinite, value >= 0.1 else { return nil }
        self.value = value
    }
}
