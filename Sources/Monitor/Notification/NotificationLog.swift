import Events

/// What a receiver was told last, in a file beside the audit trail, so that a later run neither
/// forgets what it owes nor says again what was said.
///
/// It is written before each attempt and after it: a run that is killed between the two doesn't
/// know whether the message arrived, and tells it again after the group's interval, not before.
struct NotificationLog: Sendable {
    private static let head: Substring = "weir notified 1"

    let path: String

    init(_ files: AuditFiles, receiver: String) {
        path = files.memory + "." + receiver
    }

    /// Nothing where there is none, or one that can't be understood.
    func restore(_ groups: inout NotificationGroups) {
        guard let text = try? readText(path, limit: 64 << 20) else { return }
        let lines = text.split(separator: "\n")
        guard lines.first == Self.head, lines.last == "end" else { return }
        var restored = groups
        if restored.restore(lines: lines.dropFirst().dropLast()) != nil { groups = restored }
    }

    func write(_ groups: NotificationGroups) throws(Ending) {
        let lines = [String(Self.head)] + groups.lines + ["end"]
        try AuditFiles.replace(path, with: lines.joined(separator: "\n") + "\n")
    }
}
