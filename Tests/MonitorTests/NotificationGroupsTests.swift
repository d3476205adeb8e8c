import Events
import Testing

@testable import Monitor

/// When a receiver is told, and of what: both sides of each boundary.
@Suite struct NotificationGroupsTests {
    /// Waits 10 s, then 60 s between messages, and repeats after 300 s.
    private var groups = NotificationGroups(
        by: ["alert"],
        NotificationGroups.Timing(
            wait: .seconds(10), interval: .seconds(60), repeats: .seconds(300),
            sendResolved: true))

    private func at(_ seconds: Double) -> Timestamp {
        Timestamp(rawValue: Int64(seconds * 1_000_000_000))
    }

    private func note(
        _ name: String, resolved: Double? = nil, isMuted: Bool = false
    ) -> AlertNote {
        var note = AlertNote(
            identity: name, alert: String(name.first!), since: Timestamp(rawValue: 0))
        note.resolvedAt = resolved.map(at)
        note.isMuted = isMuted
        return note
    }

    /// What is told at that time, if anything: the identities, `-` before one that has ended.
    private mutating func message(at seconds: Double, _ arrives: Bool = true) -> [String]? {
        guard let message = groups.next(at: at(seconds)) else { return nil }
        if arrives {
            groups.told(message, at: at(seconds))
        } else {
            groups.failed(message, isFinal: false, at: at(seconds))
        }
        return message.alerts.map { ($0.isFiring ? "" : "-") + $0.identity }
    }

    @Test mutating func whatFiresTogetherIsToldTogether() {
        groups.update(note("a1"), at: at(0))
        groups.update(note("a2"), at: at(4))
        groups.update(note("b"), at: at(5))
        #expect(groups.dueAt == at(10))
        #expect(message(at: 9.999) == nil)
        #expect(message(at: 10) == ["a1", "a2"])
        #expect(message(at: 14.999) == nil)
        #expect(message(at: 15) == ["b"])
        #expect(message(at: 15) == nil)
    }

    @Test mutating func whatChangesIsToldAfterTheInterval() {
        groups.update(note("a1"), at: at(0))
        #expect(message(at: 10) == ["a1"])
        groups.update(note("a2"), at: at(11))
        groups.update(note("a1", resolved: 12), at: at(12))
        #expect(message(at: 69.999) == nil)
        #expect(message(at: 70) == ["a2", "-a1"])
        groups.update(note("a2", resolved: 200), at: at(200))
        #expect(message(at: 200) == ["-a2"])
        #expect(groups.dueAt == nil)
    }

    @Test mutating func whatOnlyGoesOnIsToldAgain() {
        groups.update(note("a"), at: at(0))
        #expect(message(at: 10) == ["a"])
        #expect(message(at: 309.999) == nil)
        #expect(message(at: 310) == ["a"])
        #expect(message(at: 311) == nil)
    }

    @Test mutating func whatEndsBeforeItIsToldIsNotToldAtAll() {
        groups.update(note("a"), at: at(0))
        groups.update(note("a", resolved: 9), at: at(9))
        #expect(message(at: 10) == nil)
        #expect(groups.groups.isEmpty)
    }

    /// It was told of, so nobody needs to hear of it anew.
    @Test mutating func whatComesBackWithinTheIntervalIsNoNews() {
        groups.update(note("a"), at: at(0))
        #expect(message(at: 10) == ["a"])
        groups.update(note("a", resolved: 20), at: at(20))
        groups.update(note("a"), at: at(30))
        #expect(message(at: 70) == nil)
        #expect(message(at: 310) == ["a"])
    }

    /// Nor is it told twice within an interval when its end was told.
    @Test mutating func aGroupThatIsOverKeepsItsInterval() {
        groups.update(note("a"), at: at(0))
        #expect(message(at: 10) == ["a"])
        groups.update(note("a", resolved: 20), at: at(20))
        #expect(message(at: 70) == ["-a"])
        groups.update(note("a"), at: at(71))
        #expect(message(at: 129.999) == nil)
        #expect(message(at: 130) == ["a"])
    }

    @Test mutating func aMuteKeepsItUntold() {
        groups.update(note("a", isMuted: true), at: at(0))
        #expect(message(at: 10) == nil)
        groups.update(note("a"), at: at(100))
        #expect(message(at: 110) == ["a"])
        // Muted meanwhile, it isn't told again; that it has ended is.
        groups.update(note("a", isMuted: true), at: at(111))
        #expect(message(at: 410) == nil)
        groups.update(note("a", resolved: 411), at: at(411))
        #expect(message(at: 411) == ["-a"])
    }

    /// After 1 s, 2 s, 4 s …, at most a minute, with what is so by then.
    @Test mutating func whatFailsIsTriedAgain() {
        groups.update(note("a1"), at: at(0))
        #expect(message(at: 10, false) == ["a1"])
        #expect(message(at: 10.999) == nil)
        groups.update(note("a2"), at: at(10.5))
        #expect(message(at: 11, false) == ["a1", "a2"])
        #expect(message(at: 12.999) == nil)
        var time = 13.0
        for pause in [4.0, 8, 16, 32, 60, 60] {
            #expect(message(at: time, false) != nil)
            #expect(message(at: time + pause - 0.001) == nil)
            time += pause
        }
        #expect(message(at: time) == ["a1", "a2"])
        #expect(message(at: time + 299.999) == nil)
        #expect(message(at: time + 300, false) == ["a1", "a2"])
        #expect(message(at: time + 301) == ["a1", "a2"])
    }

    // MARK: From one run to the next

    /// What a run that is killed at this moment leaves behind.
    private func restarted(_ firing: [AlertNote], at seconds: Double) throws -> Self {
        var next = Self()
        #expect(next.groups.restore(lines: groups.lines.map { Substring($0) }) != nil)
        next.groups.begin(firing, at: at(seconds))
        return next
    }

    @Test mutating func whatWasToldIsNotToldAgain() throws {
        groups.update(note("a"), at: at(0))
        #expect(message(at: 10) == ["a"])
        var next = try restarted([note("a")], at: 20)
        #expect(next.message(at: 309.999) == nil)
        #expect(next.message(at: 310) == ["a"])
    }

    /// Killed while it was told, nobody knows whether it arrived: it is told again, but not within
    /// the interval.
    @Test mutating func whatMayHaveBeenToldWaitsForTheInterval() throws {
        groups.update(note("a"), at: at(0))
        _ = groups.next(at: at(10))
        var next = try restarted([note("a")], at: 12)
        #expect(next.message(at: 69.999) == nil)
        #expect(next.message(at: 70) == ["a"])
    }

    @Test mutating func whatWasNotToldYetIsTold() throws {
        groups.update(note("a"), at: at(0))
        var next = try restarted([note("a")], at: 5)
        #expect(next.message(at: 14.999) == nil)
        #expect(next.message(at: 15) == ["a"])
    }

    @Test mutating func whatHasEndedMeanwhileIsTold() throws {
        groups.update(note("a"), at: at(0))
        #expect(message(at: 10) == ["a"])
        var next = try restarted([], at: 30)
        #expect(next.message(at: 69.999) == nil)
        #expect(next.message(at: 70) == ["-a"])
        #expect(next.groups.dueAt == nil)
    }

    @Test(arguments: ["group", "group x a", "group 1", "group 1 a b", "told a a 1 0", "x", "told"])
    func aLogThatCannotBeReadIsNone(line: String) {
        var next = groups
        #expect(next.restore(lines: [Substring(line)]) == nil)
    }

    @Test func notesComeBackFromTheLog() throws {
        var note = AlertNote(identity: "a b sx", alert: "a b", since: Timestamp(rawValue: -5))
        note.labels = [.init(name: "severity", value: "page me\n")]
        note.groups = [
            [.init(name: "site", value: .string("x y")), .init(name: "n", value: .null)]
        ]
        #expect(AlertNote(words: Word.split(note.words)) == note)
        #expect(AlertNote(words: Word.split("a a 1 2 b")) == nil)
    }
}
