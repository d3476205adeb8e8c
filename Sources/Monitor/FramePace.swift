import Engine
import Events

/// What is done where frames take longer than their budget, or the terminal takes longer to read
/// them, in this order: fewer points in charts, panels that are drawn less often, fewer frames,
/// down to one a second. Step by step back again when that is over.
struct FramePace {
    private let wanted: Int
    private let budget: Nanoseconds
    /// 0: nothing is left out; 1 and 2: points and panels; from 3 on frames last twice as long as
    /// they were asked for, four times, …
    private var step = 0
    private var calm = 0
    private var strained = 0
    /// Frames in a row that have to be well before a step back is tried.
    private var patience = leastPatience
    /// Frames since the last step back; nil: none, or it has lasted.
    private var sinceStepBack: Int?
    private(set) var reason = ""

    /// Frames in a row that were not well before the next step.
    private static let tolerance = 3

    /// A step back that didn't last makes the next one wait twice as long.
    private static let leastPatience = 20
    private static let mostPatience = 640

    init(framesPerSecond: Int, budget: Nanoseconds) {
        wanted = framesPerSecond
        self.budget = budget
    }

    /// Between the beginnings of two frames.
    var interval: Int64 { 1_000_000_000 / Int64(framesPerSecond) }

    var framesPerSecond: Int { max(1, wanted >> max(0, step - Economy.slowerPanels.rawValue)) }

    var economy: Economy { Economy(rawValue: step) ?? .lowerRate }

    mutating func note(frame: Nanoseconds, written: Nanoseconds) {
        let isSlow = frame > budget
        // A link that is busy for more than half of the time has no room for keys.
        let isBlocked = written.rawValue > interval / 2
        if isSlow || isBlocked {
            strain(isBlocked ? "the terminal is slow" : "frames take long")
        } else {
            relax()
        }
    }

    private mutating func strain(_ reason: String) {
        strained += 1
        calm = 0
        guard strained >= Self.tolerance else { return }
        strained = 0
        guard economy < .lowerRate || framesPerSecond > 1 else { return }
        if sinceStepBack != nil { patience = min(patience * 2, Self.mostPatience) }
        sinceStepBack = nil
        self.reason = reason
        step += 1
    }

    private mutating func relax() {
        strained = 0
        calm += 1
        if let frames = sinceStepBack {
            sinceStepBack = frames < 2 * Self.leastPatience ? frames + 1 : nil
        }
        guard calm >= patience else { return }
        calm = 0
        if step == 0 {
            patience = Self.leastPatience
        } else {
            (step, sinceStepBack) = (step - 1, 0)
        }
    }
}
