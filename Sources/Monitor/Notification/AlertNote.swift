import Configuration
import Engine
import Events

/// An alert as a receiver is told of it.
struct AlertNote: Hashable, Sendable {
    /// Tells it from others: the alert's name, and its group where each has its own.
    var identity: String
    var alert: String
    var labels: [AlertDefinition.Label] = []
    /// The fields by which it is grouped, one list for each group that it is about; at most
    /// `groupLimit`.
    var groups: [[Field]] = []
    var value: Double?
    var summary: String?
    /// When it fired, in event time.
    var since: Timestamp
    /// nil: it fires.
    var resolvedAt: Timestamp?
    /// Silenced, acknowledged or inhibited.
    var isMuted = false

    static let groupLimit = 100

    struct Field: Hashable, Sendable {
        var name: String
        var value: Scalar
    }

    var isFiring: Bool { resolvedAt == nil }

    /// What the alert has under a name of `group_by`; empty where it has nothing.
    subscript(name: String) -> String {
        if name == "alert" { return alert }
        if let label = labels.first(where: { $0.name == name }) { return label.value }
        // What several groups don't have in common is none of one group's.
        let values = Set(groups.compactMap { group in group.first { $0.name == name }?.value })
        return values.count == 1 ? values.first!.description : ""
    }

    init(identity: String, alert: String, since: Timestamp) {
        self.identity = identity
        self.alert = alert
        self.since = since
    }

    /// `group`: nil where the rule has one alert for all of them.
    init(
        _ definition: AlertDefinition, group: Key?, keys: [Key], value: Double, since: Timestamp
    ) {
        self.init(
            identity: Self.identity(definition.name, group), alert: definition.name, since: since)
        labels = definition.labels
        groups = keys.prefix(Self.groupLimit).filter { !$0.values.isEmpty }.map { key in
            zip(definition.groups, key.values).map { Field(name: $0.name, value: $1) }
        }
        self.value = value.isFinite ? value : nil
        summary = definition.summary(of: keys, value: value)
    }

    static func identity(_ alert: String, _ group: Key?) -> String {
        group.map { "\(alert) \($0.words)" } ?? alert
    }
}

// MARK: In the log of what was told

extension AlertNote {
    /// What a later run has to know to tell of its end: as words of a line.
    var words: String {
        var words = [Word.escaped(identity), Word.escaped(alert), String(since.rawValue)]
        words.append(String(labels.count))
        for label in labels { words += [Word.escaped(label.name), Word.escaped(label.value)] }
        for field in groups.count == 1 ? groups[0] : [] {
            words += [Word.escaped(field.name), field.value.word]
        }
        return words.joined(separator: " ")
    }

    init?(words: some Collection<Substring>) {
        var rest = Array(words)[...]
        guard let identity = rest.popFirst().flatMap({ Word.unescaped($0) }),
            let alert = rest.popFirst().flatMap({ Word.unescaped($0) }),
            let since = rest.popFirst().flatMap({ Int64($0) }),
            let labels = rest.popFirst().flatMap({ Int($0) }),
            labels >= 0, labels <= rest.count / 2, rest.count % 2 == 0
        else { return nil }
        self.init(identity: identity, alert: alert, since: Timestamp(rawValue: since))
        for _ in 0..<labels {
            guard let name = Word.unescaped(rest.removeFirst()),
                let value = Word.unescaped(rest.removeFirst())
            else { return nil }
            self.labels.append(AlertDefinition.Label(name: name, value: value))
        }
        var fields: [Field] = []
        while !rest.isEmpty {
            guard let name = Word.unescaped(rest.removeFirst()),
                let value = Scalar(word: rest.removeFirst())
            else { return nil }
            fields.append(Field(name: name, value: value))
        }
        if !fields.isEmpty { groups = [fields] }
    }
}
