/// How a command ends. Documented in `docs/commands.md`.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// With `--fail-on firing`.
    case alertFired = 2
    /// What was compared isn't the same.
    case differs = 3
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case inputOutput = 74
    case badDashboard = 78
    case interrupted = 130
}

/// An end with its reason in one or more lines, for stderr.
struct Ending: Error {
    var status: ExitStatus
    var message: String?

    init(_ status: ExitStatus, _ message: String? = nil) {
        self.status = status
        self.message = message
    }
}
