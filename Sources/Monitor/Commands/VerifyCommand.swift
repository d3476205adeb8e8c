import ArgumentParser
import Events

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run a recording again, and compare with what was recorded.",
        discussion: """
            The recording holds a hash of what was known at each tick. They are worked out again \
            from the inputs and compared. Status 3: something differs, or is missing.

              weir verify incident.weir
            """)

    @Argument(help: "A recording.")
    var file: String

    func run() throws {
        let recording = try RecordedRun(file)
        let verification = Verification(recording)
        try verification.run()
        var output = Output()
        output.add("\(file): \(verification.words)\n")
        try output.flush()
        guard verification.isGood else { throw Ending(.differs) }
    }
}
