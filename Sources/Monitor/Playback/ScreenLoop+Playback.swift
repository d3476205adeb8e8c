import Decoding
import Events
import Panels
import Queries

/// The places of a replay that people write, and how it tells the screen of itself.
extension ScreenLoop {
    mutating func seek(_ text: String) {
        guard let replay = state.replay else { return }
        guard let target = PlaybackPlace(state.clock, state.bookmarks, replay).target(text) else {
            return state.say(PlaybackPlace.forms, isProblem: true)
        }
        carryOut(target)
    }

    private mutating func carryOut(_ target: PlaybackTarget) { play(.seek(target)) }

    mutating func play(_ order: PlaybackOrder) {
        guard let playback = pipeline.playback else { return }
        if playback.isOneWay, isBack(order) {
            return state.say(
                "what came from stdin can't be read again; a file can", isProblem: true)
        }
        playback.change { $0.obey(order) }
    }

    private func isBack(_ order: PlaybackOrder) -> Bool {
        guard let replay = state.replay else { return false }
        return switch order {
        case .seek(.instant(let instant)), .halt(.instant(let instant)): instant < replay.now
        case .seek(.number(let number)), .halt(.number(let number)): number < replay.number
        case .step(let count, _): count < 0
        case .loop(let range): range != nil
        case .pause, .speed: false
        }
    }

    /// `14:00 14:05`; nothing: no loop.
    mutating func loop(_ text: String) {
        guard let replay = state.replay else { return }
        let parts = text.split(separator: " ").map(String.init)
        if parts.isEmpty || parts == ["off"] {
            state.say("no loop")
            return play(.loop(nil))
        }
        let place = PlaybackPlace(state.clock, state.bookmarks, replay)
        let instants = parts.compactMap(place.instant)
        guard parts.count == 2, instants.count == 2, instants[0] < instants[1] else {
            return state.say(
                "a loop goes from one place to a later one: `:loop 14:00 14:05`", isProblem: true)
        }
        play(.loop(instants[0]...instants[1]))
    }
}

/// Reads what people write for a place of a replay.
struct PlaybackPlace {
    private let clock: ScreenClock
    private let bookmarks: [Bookmark]
    private let replay: ReplayStatus

    static let forms =
        "a place is a time of day, an instant, `+5m` or `-30s` from here, `40%` of the whole, "
        + "`#1500` for an input, or the name of a bookmark"

    init(_ clock: ScreenClock, _ bookmarks: [Bookmark], _ replay: ReplayStatus) {
        (self.clock, self.bookmarks, self.replay) = (clock, bookmarks, replay)
    }

    func target(_ text: String) -> PlaybackTarget? {
        if let bookmark = bookmarks.first(where: { $0.name == text }), !text.isEmpty {
            return .number(bookmark.number)
        }
        if text.hasPrefix("#") { return UInt64(text.dropFirst()).map { .number($0) } }
        return instant(text).map { .instant($0) }
    }

    func instant(_ text: String) -> Timestamp? {
        if let bookmark = bookmarks.first(where: { $0.name == text }), !text.isEmpty {
            return bookmark.at
        }
        if text.hasSuffix("%") {
            guard let share = Double(text.dropLast()), 0...100 ~= share else { return nil }
            return replay.timeline?.instant(at: share / 100)
        }
        if text.hasPrefix("+") || text.hasPrefix("-"),
            let way = parseDuration(String(text.dropFirst()))
        {
            return text.hasPrefix("+") ? replay.now + way : replay.now - way
        }
        return Timestamp(text: text) ?? timeOfDay(text)
    }

    /// `14:03`, `14:03:27.5`: of the day on which it stands, or of the one next to it if only that
    /// is in the replay.
    private func timeOfDay(_ text: String) -> Timestamp? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, let hour = Int(parts[0]), 0...23 ~= hour,
            let minute = Int(parts[1]), 0...59 ~= minute,
            let second = parts.count == 3 ? Double(parts[2]) : 0, 0..<60 ~= second
        else { return nil }
        let day: Int64 = 86_400_000_000_000
        let midnight = floorDiv((replay.now + clock.offset).rawValue, day) * day
        let time = Int64(hour * 3600 + minute * 60) * 1_000_000_000 + Int64(second * 1e9)
        let instant = Timestamp(rawValue: midnight + time) - clock.offset
        guard let timeline = replay.timeline else { return instant }
        let whole = timeline.start...max(timeline.start, timeline.end)
        let others = [
            instant, instant - Nanoseconds(rawValue: day), instant + Nanoseconds(rawValue: day),
        ]
        return others.first(where: whole.contains) ?? instant
    }
}

extension Playback {
    /// How it plays now, for the screen.
    var status: ReplayStatus {
        let state = self.state
        var status = ReplayStatus(speed: state.speed)
        status.isPaused = state.isPaused
        status.isSeeking = state.target != nil
        status.isAtEnd = state.isAtEnd && state.target == nil
        status.number = state.place.number
        status.now = state.now(monotonicNow())
        status.loop = state.loop
        status.timeline = timeline
        return status
    }
}
