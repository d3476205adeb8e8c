import Engine
import Events

/// Where a replay stands, and where it is to go.
struct PlaybackState: Sendable {
    /// The last input that was applied.
    struct Place: Hashable, Sendable {
        var number: UInt64 = 0
        var at = Timestamp.beginning
    }

    enum Target: Hashable, Sendable {
        case number(UInt64)
        /// Everything up to it.
        case instant(Timestamp)
    }

    /// What the engine is to do next.
    enum Move { case apply, idle, restart, stop }

    /// Infinity: as fast as it goes.
    var speed = Double.infinity {
        didSet { anchor = nil }
    }
    var isPaused = false {
        didSet { anchor = nil }
    }
    /// It stays at the end, and can be turned back.
    var staysOpen = false
    /// Where it is going as fast as it can.
    var target: Target?
    /// Inputs to apply while it is paused.
    var steps = 0
    private(set) var place = Place()
    private(set) var isAtEnd = false

    /// Processing time of the recording, and monotonic time, at which it began to run as it does.
    private var anchor: (at: Timestamp, wall: Int64)?
    private var idleFrom: Int64?

    /// While nothing comes whoever looks is asked so often.
    private static let patience = Nanoseconds.milliseconds(100)

    mutating func look(
        at next: EngineInput?, _ place: Place, now: Int64
    ) -> Exchange<PlaybackState>.Look<Move> {
        self.place = place
        isAtEnd = next == nil
        if let target {
            if isPast(target) { return move(.restart) }
            if let next, leads(next, to: target) { return move(.apply) }
            self.target = nil
            anchor = nil
        }
        guard let next else { return staysOpen ? rest(now) : move(.stop) }
        if isPaused {
            guard steps > 0 else { return rest(now) }
            steps -= 1
            return move(.apply)
        }
        guard speed.isFinite else { return move(.apply) }
        let due = due(next, now)
        return now >= due ? move(.apply) : rest(now, until: due)
    }

    /// When the input is to come, in monotonic time. Silence that was left out isn't waited for.
    private mutating func due(_ next: EngineInput, _ now: Int64) -> Int64 {
        if anchor == nil {
            let from = place.at == .beginning ? next.receivedAt : place.at
            anchor = (max(from, next.receivedAt - .seconds(1)), now)
        }
        let rest = Double((next.receivedAt - anchor!.at).rawValue) / speed
        return anchor!.wall + Int64(min(rest, 9e18))
    }

    private mutating func move(_ move: Move) -> Exchange<PlaybackState>.Look<Move> {
        idleFrom = nil
        return .done(move, wakes: [])
    }

    /// Waits, until whoever looks is asked whether they want to see what there is.
    private mutating func rest(
        _ now: Int64, until due: Int64 = .max
    ) -> Exchange<PlaybackState>.Look<Move> {
        let from = idleFrom ?? now + Self.patience.rawValue
        idleFrom = from
        if now >= from { return move(.idle) }
        return .wait(Nanoseconds(rawValue: min(due, from) - now))
    }

    private func isPast(_ target: Target) -> Bool {
        switch target {
        case .number(let number): number < place.number
        case .instant(let instant): instant < place.at
        }
    }

    private func leads(_ next: EngineInput, to target: Target) -> Bool {
        switch target {
        case .number(let number): next.number <= number
        case .instant(let instant): next.receivedAt <= instant
        }
    }
}
