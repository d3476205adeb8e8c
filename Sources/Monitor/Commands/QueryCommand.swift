import ArgumentParser
import Configuration
import Connectors
import Events
import Queries

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Answer one query over a file or stdin, as rows.",
        discussion: """
            Reads the source to its end and prints each window once; with -f it follows, and \
            prints windows as they close.

              weir query 'p99(latency_ms) by route over 10s' access.ndjson -O time=ts
              cat access.ndjson | weir query 'count() by status'
            """)

    @Argument(help: "The query.")
    var query: String

    @Argument(help: "A file, a quoted pattern of files, a socket; - or nothing is stdin.")
    var source = "-"

    @Flag(help: "Say how the query will run, without running it.")
    var explain = false

    @OptionGroup var streamOptions: StreamOptions
    @OptionGroup var spanOptions: SpanOptions
    @OptionGroup var printOptions: PrintOptions

    func run() throws {
        var stream = try streamOptions.stream(from: source)
        let parsed = try parse()
        // An explanation doesn't wait for records.
        let knowsRecords = streamOptions.sayWhatRecordsAre || (explain && source == "-")
        let taken = knowsRecords ? nil : look(at: &stream)
        try fit(parsed, &stream)
        if explain { return try say(QueryExplanation(query: parsed, stream: stream)) }
        if let name = parsed.stream {
            throw Ending(.usage, "query: leave out `from \(name)`; there is one stream here")
        }
        if parsed.window != nil, stream.time == .arrival, !(streamOptions.follow ?? false) {
            Output.say("no time field is named (-O time=FIELD), so windows are of arrival")
        }
        var dashboard = Dashboard(streams: [stream])
        dashboard.views = [
            ViewDefinition(name: "query", query: parsed, text: query, stream: 0)
        ]
        let options = SourceOptions(
            follow: streamOptions.follow ?? false, taken: taken.map { [0: $0] } ?? [:],
            deadLetters: printOptions.deadLetters,
            span: spanOptions.span)
        let program = Program(dashboard, options)
        try printOptions.run(Pipeline(program, options), labelled: false)
    }

    private func say(_ explanation: QueryExplanation) throws {
        var output = Output()
        output.add(explanation.text)
        try output.flush()
    }

    /// Finds out what the records are, as for a dashboard without a file, and says so. What was
    /// read and can't be read again is returned.
    private func look(at stream: inout StreamDefinition) -> TakenInput? {
        let sample = try? SourceSample(
            stream.from, stream.settings, follow: streamOptions.follow ?? false)
        guard let sample else { return nil }
        let found = InferredDashboard(
            sample: sample.lines, from: stream.from, isLive: false, now: LiveClock().now()
        ).dashboard.streams[0]
        guard let format = found.format else { return sample.taken }
        stream.format = format
        var words = "read as \(format.name)"
        if case .field(let path, _) = found.time, stream.time == .arrival {
            stream.time = found.time
            stream.outOfOrderness = max(stream.outOfOrderness, found.outOfOrderness)
            words += ", event time \(path)"
            if stream.outOfOrderness > .zero {
                words += ", out_of_orderness \(durationText(stream.outOfOrderness))"
            }
        }
        Output.say(words)
        return sample.taken
    }

    /// A key is kept as long as its windows can change, and one with a watermark of its own has
    /// rows of its own.
    private func fit(_ query: Query, _ stream: inout StreamDefinition) throws(Ending) {
        if stream.time == .arrival, spanOptions.since != nil || spanOptions.until != nil {
            throw Ending(.usage, "--since and --until need a time field: -O time=FIELD")
        }
        guard let window = query.window else { return }
        stream.forgetAfter = max(stream.forgetAfter, window.length + stream.allowedLateness)
        if let clock = stream.watermarkBy, query.hop == nil {
            throw Ending(
                .usage,
                "query: sessions close by the stream's watermark; leave out -O "
                    + "watermark_by=\(clock)")
        }
        if let clock = stream.watermarkBy, !query.keys.contains(clock) {
            throw Ending(
                .usage, "query: with -O watermark_by=\(clock) it has to be `by` \(clock) as well")
        }
    }

    private func parse() throws(Ending) -> Query {
        do throws(QueryError) {
            return try Query(parsing: query)
        } catch {
            let marker = String(repeating: " ", count: error.column - 1)
            let carets = String(repeating: "^", count: max(1, error.length))
            throw Ending(
                .usage,
                "query, column \(error.column): \(error.message)\n"
                    + "    \(query)\n    \(marker)\(carets)"
            )
        }
    }
}
