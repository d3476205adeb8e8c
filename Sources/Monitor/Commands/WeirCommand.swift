import ArgumentParser
import Terminal

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The program: its commands, and how an ending becomes an exit status.
package struct WeirCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "A live dashboard of event streams in the terminal.",
        discussion: """
            weir reads an event stream, keeps windows of event time in memory, and shows them, or \
            prints them for other programs. What is late, duplicate, malformed or dropped is \
            counted, never hidden.

              weir demo                                  a simulated plant, live
              weir watch plant.yaml                      a dashboard file
              weir query 'count() by status' access.ndjson -O time=ts
              weir replay events.ndjson --speed 10 -d plant.yaml
              weir check plant.yaml
              weir picture plant.yaml -o plant.svg
            """,
        version: weirVersion,
        subcommands: [
            WatchCommand.self, DemoCommand.self, QueryCommand.self, RecordCommand.self,
            ReplayCommand.self, VerifyCommand.self, ExplainCommand.self, DeadCommand.self,
            ReconcileCommand.self,
            CheckCommand.self, TestCommand.self, BacktestCommand.self, AuditCommand.self,
            PictureCommand.self, LagCommand.self,
        ],
        defaultSubcommand: WatchCommand.self)

    package init() {}

    /// Parses, runs and exits.
    package static func start() -> Never {
        BlockedSignals.block()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let ending as Ending {
            if let message = ending.message { Output.say(message) }
            Glibc.exit(ending.status.rawValue)
        } catch {
            // A help is what was asked for; anything else may repeat what was typed.
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if !message.isEmpty { Output.write(message + "\n", to: code.isSuccess ? 1 : 2) }
            Glibc.exit(code.rawValue)
        }
        Glibc.exit(ExitStatus.done.rawValue)
    }
}

/// Of the program.
let weirVersion = "0.1.0"
