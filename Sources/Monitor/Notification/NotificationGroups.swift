import Events

/// Who is told what, and when: the alerts of one receiver in groups, each of which is told of as a
/// whole. A value that is told the time.
///
/// The rules are Alertmanager's: a new group waits for `wait`, so that what fires together is told
/// together; what changes afterwards is told `interval` after the last message; what only goes on
/// is told again after `repeats`. An alert that ends before anybody was told of it is not told at
/// all. A mute keeps an alert from being told; that one which was told of has ended is told anyway.
struct NotificationGroups: Sendable {
    struct Timing: Sendable {
        var wait: Nanoseconds
        var interval: Nanoseconds
        var repeats: Nanoseconds
        var sendResolved: Bool
    }

    /// What is to be told now.
    struct Message: Sendable {
        var group: [String]
        /// Firing ones first, then in the order of names.
        var alerts: [AlertNote]

        var isFiring: Bool { alerts.contains(where: \.isFiring) }
    }

    struct Group: Sendable {
        /// Those that fire, and those whose end is to be told.
        var alerts: [String: AlertNote] = [:]
        /// Those that were told of, as they were then.
        var told: [String: AlertNote] = [:]
        /// When somebody last tried to tell it.
        var triedAt: Timestamp?
        var dueAt: Timestamp?
        /// Attempts in a row that failed: while there are any, the group is owed a message.
        var failures = 0

        fileprivate var open: [AlertNote] { alerts.values.filter { $0.isFiring && !$0.isMuted } }

        fileprivate var hasNews: Bool {
            alerts.values.contains {
                $0.isFiring ? !$0.isMuted && told[$0.identity] == nil : true
            }
        }
    }

    private let names: [String]
    private let timing: Timing
    private(set) var groups: [[String]: Group] = [:]

    init(by names: [String], _ timing: Timing) {
        self.names = names
        self.timing = timing
    }

    /// When there is something to do; nil: never.
    var dueAt: Timestamp? { groups.values.compactMap(\.dueAt).min() }

    /// Groups that wait to be told of something.
    var waiting: Int { groups.values.count(where: \.hasNews) }

    // MARK: What happens

    mutating func update(_ note: AlertNote, at now: Timestamp) {
        let key = names.map { note[$0] }
        var group = groups[key] ?? Group()
        if note.isFiring {
            group.alerts[note.identity] = note
        } else if group.told[note.identity] != nil, timing.sendResolved {
            group.alerts[note.identity] = note
        } else {
            group.alerts[note.identity] = nil
            group.told[note.identity] = nil
        }
        if group.hasNews { schedule(&group, at: now) }
        put(group, key, at: now)
    }

    /// The alerts that fire when a run begins: those that were told of and aren't among them have
    /// ended meanwhile.
    mutating func begin(_ firing: [AlertNote], at now: Timestamp) {
        let identities = Set(firing.map(\.identity))
        for group in groups.values {
            for var note in group.told.values where !identities.contains(note.identity) {
                note.resolvedAt = max(note.since, now)
                update(note, at: now)
            }
        }
        for note in firing { update(note, at: now) }
    }

    private func schedule(_ group: inout Group, at now: Timestamp) {
        let time = group.triedAt.map { max(now, $0 + timing.interval) } ?? now + timing.wait
        group.dueAt = min(group.dueAt ?? .end, time)
    }

    /// A group of which there is nothing more to say stays until its interval is over: what begins
    /// anew in it is not told earlier.
    private mutating func put(_ group: Group, _ key: [String], at now: Timestamp) {
        let isOver = group.triedAt.map { $0 + timing.interval <= now } ?? true
        groups[key] = group.alerts.isEmpty && group.told.isEmpty && isOver ? nil : group
    }

    // MARK: What is told

    /// The next message that is due; whoever asks says afterwards what came of it.
    mutating func next(at now: Timestamp) -> Message? {
        let due = groups.filter { $0.value.dueAt.map { $0 <= now } ?? false }.keys
        for key in due.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            var group = groups[key]!
            let isRepeated =
                group.failures > 0 || group.triedAt.map { $0 + timing.repeats <= now } ?? false
            guard group.hasNews || (isRepeated && !group.open.isEmpty) else {
                group.failures = 0
                settle(&group)
                put(group, key, at: now)
                continue
            }
            group.triedAt = now
            groups[key] = group
            let ended = group.alerts.values.filter { !$0.isFiring }
            return Message(
                group: key,
                alerts: group.open.sorted { $0.identity < $1.identity }
                    + ended.sorted { $0.identity < $1.identity })
        }
        return nil
    }

    mutating func told(_ message: Message, at now: Timestamp) {
        guard var group = groups[message.group] else { return }
        group.failures = 0
        for note in message.alerts {
            group.told[note.identity] = note.isFiring ? note : nil
            if !note.isFiring, group.alerts[note.identity] == note {
                group.alerts[note.identity] = nil
            }
        }
        settle(&group)
        put(group, message.group, at: now)
    }

    /// It is tried again, with what is so by then: after 1 s, then twice as long each time, at most
    /// a minute. `isFinal`: it would be refused again, so there is no hurry.
    mutating func failed(_ message: Message, isFinal: Bool, at now: Timestamp) {
        guard var group = groups[message.group] else { return }
        group.failures += 1
        let pause = Nanoseconds.seconds(min(60, 1 << Int64(min(6, group.failures - 1))))
        group.dueAt = isFinal ? now + max(timing.interval, .seconds(60)) : now + pause
        put(group, message.group, at: now)
    }

    /// When there will be something to do, as it stands.
    private func settle(_ group: inout Group) {
        guard let tried = group.triedAt else {
            group.dueAt = nil
            return
        }
        group.dueAt =
            group.hasNews
            ? tried + timing.interval : group.open.isEmpty ? nil : tried + timing.repeats
    }

    // MARK: From one run to the next

    /// A line for each group: when it was last told of, and of what.
    var lines: [String] {
        groups.filter { $0.value.triedAt != nil }.sorted {
            $0.key.lexicographicallyPrecedes($1.key)
        }.flatMap { key, group in
            [
                (["group", "\(group.triedAt!.rawValue)"] + key.map(Word.escaped))
                    .joined(separator: " ")
            ]
                + group.told.values.sorted { $0.identity < $1.identity }.map { "told " + $0.words }
        }
    }

    /// nil: a line can't be understood.
    mutating func restore(lines: some Sequence<Substring>) -> Void? {
        var key: [String]?
        for line in lines {
            let words = Word.split(line)
            switch words[0] {
            case "group" where words.count == names.count + 2:
                guard let at = Int64(words[1]) else { return nil }
                let values = words.dropFirst(2).compactMap { Word.unescaped($0) }
                guard values.count == names.count else { return nil }
                var group = Group()
                group.triedAt = Timestamp(rawValue: at)
                group.dueAt = group.triedAt! + timing.repeats
                groups[values] = group
                key = values
            case "told":
                guard let key, let note = AlertNote(words: words.dropFirst()) else { return nil }
                groups[key]!.told[note.identity] = note
            default: return nil
            }
        }
        return ()
    }
}
