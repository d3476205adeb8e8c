import ArgumentParser
import Decoding
import Events
import Queries

/// Options of which events count: the others are read, and left out of every view.
struct SpanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Leave out events before this: 2026-11-25T14:00:00Z, 2026-11-25, or 15m for 15 minutes \
            before now.
            """,
            valueName: "time"))
    var since: InstantArgument?

    @Option(help: ArgumentHelp("Leave out events from this on.", valueName: "time"))
    var until: InstantArgument?

    func validate() throws {
        guard let since, let until, since.value >= until.value else { return }
        throw ValidationError("--since must be before --until")
    }

    var isGiven: Bool { since != nil || until != nil }

    /// In nanoseconds of event time, as in `Timestamp`.
    var span: Range<Int64> {
        (since?.value ?? .beginning).rawValue..<(until?.value ?? .end).rawValue
    }
}

/// An instant on the command line; a duration is that long before now.
struct InstantArgument: ExpressibleByArgument {
    var value: Timestamp

    init?(argument: String) {
        if let value = Timestamp(text: argument) {
            self.value = value
        } else if let ago = parseDuration(argument) {
            value = LiveClock().now() - ago
        } else {
            return nil
        }
    }
}
