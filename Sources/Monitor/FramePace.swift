import Events

/// How many frames a second are drawn: as many as were asked for, fewer where frames take longer
/// than their budget or the terminal takes longer to read them; back again when that is over.
struct FramePace {
    private let wanted: Int
    private let budget: Nanoseconds
    /// Frames last this many times as long as they were asked for: 1, 2, 4 … up to a second.
    private var factor = 1
    private var calm = 0
    private var strained = 0
    private var reason = ""

    /// Frames in a row that were not well before fewer are drawn.
    private static let tolerance = 3

    /// Frames in a row that were well before the next faster step is tried.
    private static let patience = 20

    init(framesPerSecond: Int, budget: Nanoseconds) {
        wanted = framesPerSecond
        self.budget = budget
    }

    /// Between the beginnings of two frames.
    var interval: Int64 { 1_000_000_000 / Int64(framesPerSecond) }

    var framesPerSecond: Int { max(1, wanted / factor) }

    /// What is done to stay within the budget; nil: nothing.
    var words: String? { factor == 1 ? nil : "slower, \(reason)" }

    mutating func note(frame: Nanoseconds, written: Nanoseconds) {
        let isSlow = frame > budget
        // A link that is busy for more than half of the time has no room for keys.
        let isBlocked = written.rawValue > interval / 2
        guard isSlow || isBlocked else {
            strained = 0
            calm += 1
            if calm >= Self.patience, factor > 1 { (factor, calm) = (factor / 2, 0) }
            return
        }
        calm = 0
        strained += 1
        guard strained >= Self.tolerance, framesPerSecond > 1 else { return }
        reason = isBlocked ? "the terminal is slow" : "frames take long"
        (factor, strained) = (factor * 2, 0)
    }
}
