import Events
import Queries

/// What the keys of a replay do.
extension ScreenState {
    static let speeds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, .infinity]
    static let bookmarkLimit = 1000

    mutating func performInReplay(_ action: KeyAction) -> ScreenCommand? {
        guard let replay else { return nil }
        switch action {
        case .play:
            if replay.isAtEnd, !replay.isPaused, let timeline = replay.timeline {
                return .play(.seek(.instant(timeline.start)))
            }
            return .play(.pause(!replay.isPaused))
        case .seek(let steps): return seek(steps, replay)
        case .step(let count): return .play(.step(count, stepUnit))
        case .speed(let step): return changeSpeed(step, replay)
        case .alert(let step): return seekAlert(step, replay)
        case .bookmark: addBookmark("", replay)
        case .nextBookmark: return seekBookmark(replay)
        case .loopFrom:
            loopStart = replay.now
            say("a loop begins here; \(key(of: .loopTo)) ends it")
        case .loopTo: return loop(to: replay.now)
        default: break
        }
        return nil
    }

    // MARK: Places

    /// A 50th of the whole, as a length that people have a word for.
    private func seek(_ steps: Int, _ replay: ReplayStatus) -> ScreenCommand? {
        let length = replay.timeline?.length ?? .zero
        let second: Int64 = 1_000_000_000
        let lengths: [Int64] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400]
        let step = lengths.last { $0 * second <= length.rawValue / 50 } ?? 1
        let target = replay.now + Nanoseconds(rawValue: step * second * Int64(steps))
        return .play(.seek(.instant(max(target, replay.timeline?.start ?? target))))
    }

    private mutating func seekAlert(_ step: Int, _ replay: ReplayStatus) -> ScreenCommand? {
        let marks = replay.timeline?.marks ?? []
        let mark =
            step > 0
            ? marks.first { $0.number > replay.number } : marks.last { $0.number < replay.number }
        guard let mark else {
            let isKnown = step < 0 || replay.timeline?.isWhole ?? false
            say(
                isKnown
                    ? "no alert begins to fire \(step > 0 ? "after" : "before") this"
                    : "none so far; the rest is still being looked at")
            return nil
        }
        say("\(mark.rule) fires")
        return .play(.halt(.number(mark.number)))
    }

    private mutating func changeSpeed(_ step: Int, _ replay: ReplayStatus) -> ScreenCommand? {
        let next =
            step > 0
            ? Self.speeds.first { $0 > replay.speed } : Self.speeds.last { $0 < replay.speed }
        guard let next else { return nil }
        return .play(.speed(next))
    }

    // MARK: Bookmarks

    mutating func addBookmark(_ name: String, _ replay: ReplayStatus) {
        if let known = bookmarks.firstIndex(where: { $0.number == replay.number }), name.isEmpty {
            bookmarks.remove(at: known)
            return say("the bookmark is gone")
        }
        guard bookmarks.count < Self.bookmarkLimit else {
            return say("there are \(Self.bookmarkLimit) bookmarks, and no more", isProblem: true)
        }
        bookmarks.removeAll { $0.number == replay.number }
        bookmarks.append(
            Bookmark(number: replay.number, at: replay.now, name: String(name.prefix(80))))
        bookmarks.sort { $0.number < $1.number }
        say("a bookmark" + (name.isEmpty ? "" : ": \(name)"))
    }

    /// The next one behind the place; behind the last the first.
    private mutating func seekBookmark(_ replay: ReplayStatus) -> ScreenCommand? {
        guard let next = bookmarks.first(where: { $0.number > replay.number }) ?? bookmarks.first
        else {
            say("there is no bookmark; \(key(of: .bookmark)) makes one")
            return nil
        }
        say(next.name.isEmpty ? "a bookmark" : next.name)
        return .play(.halt(.number(next.number)))
    }

    /// The lines of `:bookmarks`.
    var bookmarkLines: [String] {
        bookmarks.map { "\(clock.time($0.at))\(clock.label)  \($0.name)" }
    }

    // MARK: Loop

    private mutating func loop(to end: Timestamp) -> ScreenCommand? {
        guard let start = loopStart, start < end else {
            loopStart = nil
            say("no loop; \(key(of: .loopFrom)) begins one")
            return .play(.loop(nil))
        }
        loopStart = nil
        say("plays \(clock.time(start)) to \(clock.time(end)) again and again")
        return .play(.loop(start...end))
    }

    /// The commands of a replay; nil: it is none of them.
    mutating func runInReplay(_ name: String, _ rest: String) -> ScreenCommand?? {
        guard let replay else { return nil }
        switch name {
        case "seek": return .seek(rest)
        case "loop": return .loop(rest)
        case "bookmark": addBookmark(rest, replay)
        case "bookmarks": list("bookmarks", bookmarkLines)
        case "step":
            guard let unit = PlaybackUnit(rawValue: rest) else {
                let units = PlaybackUnit.allCases.map(\.rawValue).joined(separator: ", ")
                say("a step goes to the next \(units)", isProblem: true)
                return .some(nil)
            }
            stepUnit = unit
            say("a step goes to the next \(unit.rawValue)")
        case "speed":
            guard let speed = rest == "max" ? .infinity : Double(rest), speed >= 0.1 else {
                say("a speed is 0.1 and up, or `max`", isProblem: true)
                return .some(nil)
            }
            return .play(.speed(speed))
        default: return nil
        }
        return .some(nil)
    }

    static let replayCommands = ["bookmark", "bookmarks", "loop", "seek", "speed", "step"]

    private func key(of action: KeyAction) -> String {
        keyMap.bindings.first { $0.action == action }?.keys.first?.label ?? "–"
    }
}
