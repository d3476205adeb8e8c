import ArgumentParser
import Configuration
import Engine

struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record a stream, so that it can be run again.",
        discussion: """
            Everything that comes in is written to a new file, and what it led to: weir replay \
            shows the same again, weir verify compares. Ctrl-C ends it.

              weir record plant.yaml -o incident.weir
              tail -F app.ndjson | weir record - -o today.weir
            """)

    @OptionGroup var watched: WatchedOptions

    @Option(
        name: [.customShort("o"), .long],
        help: "The file to write, which must not be there yet.")
    var output: String

    @OptionGroup var spanOptions: SpanOptions

    @Option(help: "Stop after this long: 10s, 5m.")
    var duration: DurationArgument?

    func run() throws {
        let found = try watched.find()
        let options = SourceOptions(
            follow: watched.follow, taken: found.taken.map { [0: $0] } ?? [:], record: output,
            span: spanOptions.span)
        let pipeline = try Pipeline(Program(found.dashboard, options), options)
        let interruption = Interruption()
        interruption.watch(duration: duration?.value, timeout: nil) { pipeline.end() }
        Output.say("recording in \(output)" + (duration == nil ? "; Ctrl-C ends it" : ""))
        let last = pipeline.run { engine, effects in
            for case .trouble(let reason) in effects { Output.say(reason) }
            return !engine.hasEnded && pipeline.recorder?.status.failure == nil
        }
        guard let status = pipeline.recorder?.status else { return }
        Output.say("\(status.records) records in \(output)")
        if status.failure != nil { throw Ending(.inputOutput) }
        for (stream, definition) in zip(last.snapshot().streams, found.dashboard.streams) {
            if case .failed = stream.state {
                throw Ending(definition.isServed ? .unavailable : .inputOutput)
            }
        }
    }
}
