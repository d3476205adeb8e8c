import Engine
import Events
import Panels

/// Where a replay stands, and where it is to go.
struct PlaybackState: Sendable {
    /// The last input that was applied.
    struct Place: Hashable, Sendable {
        var number: UInt64 = 0
        var at = Timestamp.beginning
        /// What a step could have been made to.
        var units: Set<PlaybackUnit> = []
    }

    /// What the engine is to do next.
    enum Move: Equatable {
        case apply, idle, stop
        /// Begins anew, before the place that is wanted.
        case restart
        /// Looks for the unit before the place where it stands.
        case findBefore(PlaybackUnit)
    }

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
    var target: PlaybackTarget? {
        didSet {
            (isNew, anchor) = (target != nil, nil)
            seeksSince = target == nil ? nil : seeksSince ?? monotonicNow()
        }
    }
    /// Another dashboard is to be shown of the same place: its number.
    var shown: Int?
    /// Is played again and again.
    var loop: ClosedRange<Timestamp>?
    /// Steps to make while it is paused; back when negative.
    private var steps = 0
    private var unit = PlaybackUnit.snapshot
    private(set) var place = Place()
    private(set) var isAtEnd = false
    /// The target is one that nobody has looked at yet.
    private var isNew = false

    /// Processing time of the recording, and monotonic time, at which it began to run as it does.
    private var anchor: (at: Timestamp, wall: Int64)?
    /// When the next input is to come, while that is waited for.
    private var next: Timestamp?
    private var idleFrom: Int64?
    private var seeksSince: Int64?

    /// A way that is shorter than this isn't shown.
    private static let glimpse = Nanoseconds.milliseconds(500)

    /// While nothing comes whoever looks is asked so often.
    private static let patience = Nanoseconds.milliseconds(100)

    /// The time that it shows: between two inputs, as far as it has come.
    func now(_ monotonic: Int64) -> Timestamp {
        guard let anchor, let next, !isPaused, speed.isFinite else { return place.at }
        let played = Double(monotonic - anchor.wall) * speed
        let now = anchor.at + Nanoseconds(rawValue: Int64(min(max(0, played), 9e18)))
        return max(place.at, min(now, next))
    }

    func isWorthALook(at monotonic: Int64) -> Bool {
        seeksSince.map { monotonic - $0 > Self.glimpse.rawValue } ?? true
    }

    mutating func obey(_ order: PlaybackOrder) {
        switch order {
        case .pause(let isPaused): (self.isPaused, steps) = (isPaused, 0)
        case .speed(let speed): self.speed = speed
        case .seek(let target): (self.target, steps) = (target, 0)
        case .halt(let target): (self.target, steps, isPaused) = (target, 0, true)
        case .loop(let range): loop = range
        case .step(let count, let unit):
            if !isPaused { isPaused = true }
            target = nil
            (steps, self.unit) = (count, unit)
        }
    }

    /// `isNearer`: whether there is a checkpoint between the place and a target ahead.
    mutating func look(
        at next: EngineInput?, _ place: Place, now: Int64,
        isNearer: (PlaybackTarget) -> Bool = { _ in false }
    ) -> Exchange<PlaybackState>.Look<Move> {
        if place != self.place { arrive(at: place) }
        isAtEnd = next == nil
        self.next = next?.receivedAt
        if shown != nil {
            target = target ?? .number(place.number)
            return move(.restart)
        }
        if let target {
            if isPast(target) { return move(.restart) }
            if isNew, isNearer(target) {
                isNew = false
                return move(.restart)
            }
            isNew = false
            if let next, leads(next, to: target) { return move(.apply) }
            self.target = nil
            if steps == 0 { return move(.idle) }
        }
        if steps < 0 {
            steps += 1
            return place.number > 0 ? move(.findBefore(unit)) : rest(now)
        }
        if let loop, !isPaused, next.map({ $0.receivedAt > loop.upperBound }) ?? true {
            target = .instant(loop.lowerBound)
            return move(isPast(.instant(loop.lowerBound)) ? .restart : .idle)
        }
        guard let next else { return staysOpen ? rest(now) : move(.stop) }
        if isPaused { return steps > 0 ? move(.apply) : rest(now) }
        guard speed.isFinite, next.receivedAt > .beginning else { return move(.apply) }
        let due = due(next, now)
        return now >= due ? move(.apply) : rest(now, until: due)
    }

    /// Gives up to go elsewhere.
    mutating func stay() { (target, shown, steps, loop) = (nil, nil, 0, nil) }

    mutating func takeShown() -> Int? {
        defer { shown = nil }
        return shown
    }

    private mutating func arrive(at place: Place) {
        self.place = place
        if steps > 0, place.units.contains(unit) { steps -= 1 }
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

    private func isPast(_ target: PlaybackTarget) -> Bool {
        switch target {
        case .number(let number): number < place.number
        case .instant(let instant): instant < place.at
        }
    }

    private func leads(_ next: EngineInput, to target: PlaybackTarget) -> Bool {
        switch target {
        case .number(let number): next.number <= number
        case .instant(let instant): next.receivedAt <= instant
        }
    }
}
