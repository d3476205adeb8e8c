import Configuration
import Events

/// A message as receivers get it.
struct NotificationText {
    let receiver: ReceiverDefinition
    /// Its title, or the name of its file.
    let dashboard: String
    let message: NotificationGroups.Message

    /// Alerts that are written out; the others are counted.
    static let alertLimit = 100

    /// For a webhook and a command.
    var json: String {
        let group = zip(receiver.groupBy, message.group).map { "\(quoted($0)):\(quoted($1))" }
        let alerts = message.alerts.prefix(Self.alertLimit).map(\.json)
        let firing = message.alerts.count(where: \.isFiring)
        return "{\"version\":1,\"receiver\":\(quoted(receiver.name)),"
            + "\"dashboard\":\(quoted(dashboard)),"
            + "\"status\":\"\(message.isFiring ? "firing" : "resolved")\","
            + "\"group\":{\(group.joined(separator: ","))},"
            + "\"firing\":\(firing),\"resolved\":\(message.alerts.count - firing),"
            + "\"alerts\":[\(alerts.joined(separator: ","))],"
            + "\"more\":\(max(0, message.alerts.count - Self.alertLimit))}\n"
    }

    /// For `POST /api/v2/alerts`, all of them; `now`: no alert has ended later.
    ///
    /// One that fires has no `endsAt`: Alertmanager takes it for resolved when it hears nothing of
    /// it for its `resolve_timeout`, which is what should happen if weir is gone.
    func alertmanager(now: Timestamp) -> String {
        "["
            + message.alerts.map { $0.alertmanager(dashboard, now: now) }.joined(separator: ",")
            + "]"
    }

    /// One line, for a terminal.
    var line: String {
        let firing = message.alerts.filter(\.isFiring)
        let shown = firing.isEmpty ? message.alerts : firing
        let state = firing.isEmpty ? "resolved" : "FIRING"
        guard shown.count > 1 else {
            return "\(state) \(shown[0].alert)"
                + (shown[0].summary.map { ": \($0)" } ?? shown[0].groupWords)
        }
        let names = Set(shown.map(\.alert)).sorted().prefix(5).joined(separator: ", ")
        return "\(state) \(shown.count) alerts: \(names)"
    }
}

extension AlertNote {
    fileprivate var groupWords: String {
        let words = groups.prefix(5).map { $0.map(\.value.description).joined(separator: " · ") }
        return words.isEmpty ? "" : ": " + words.joined(separator: ", ")
    }

    fileprivate var json: String {
        let groups = groups.map { fields in
            "{\(fields.map { "\(quoted($0.name)):\(jsonValue($0.value))" }.joined(separator: ","))}"
        }
        let labels = labels.map { "\(quoted($0.name)):\(quoted($0.value))" }
        let fields = [
            ("alert", quoted(alert)), ("state", quoted(isFiring ? "firing" : "resolved")),
            ("since", quoted(since.rfc3339)),
            ("resolved_at", resolvedAt.map { quoted($0.rfc3339) } ?? "null"),
            ("groups", "[\(groups.joined(separator: ","))]"),
            ("value", value.map { jsonValue(.number($0)) } ?? "null"),
            ("summary", summary.map(quoted) ?? "null"),
            ("labels", "{\(labels.joined(separator: ","))}"),
        ]
        return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    fileprivate func alertmanager(_ dashboard: String, now: Timestamp) -> String {
        var labels: [(String, String)] = [("alertname", alert), ("dashboard", dashboard)]
        for label in self.labels { labels.append((label.name.labelName, label.value)) }
        for field in groups.count == 1 ? groups[0] : [] {
            labels.append((field.name.labelName, field.value.description))
        }
        var names: Set<String> = []
        let unique = labels.filter { names.insert($0.0).inserted }
            .map { "\(quoted($0)):\(quoted($1))" }
        var annotations: [String] = []
        if let summary { annotations.append("\"summary\":\(quoted(summary))") }
        if let value { annotations.append("\"value\":\"\(plainNumber(value))\"") }
        let end = resolvedAt.map { min($0, now) }
        let start = min(since, end ?? now)
        return "{\"labels\":{\(unique.joined(separator: ","))},"
            + "\"annotations\":{\(annotations.joined(separator: ","))},"
            + "\"startsAt\":\(quoted(start.rfc3339))"
            + (end.map { ",\"endsAt\":\(quoted($0.rfc3339))" } ?? "") + "}"
    }
}

extension String {
    /// As Prometheus has names of labels: letters, digits and `_`, not beginning with a digit.
    fileprivate var labelName: String {
        let name = unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
                ? Character(scalar) : "_"
        }
        return (name.first.map { "0"..."9" ~= $0 } ?? true ? "_" : "") + String(name)
    }
}
