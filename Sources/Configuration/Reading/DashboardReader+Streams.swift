import Events
import Queries

extension DashboardReader {
    static let stageLimit = 16
    static let longest = Nanoseconds.seconds(366 * 86_400)

    mutating func readStreams(_ fields: Fields) {
        guard let entries = named(fields, .streams) else { return }
        for entry in entries {
            let before = problems.count
            var draft = StreamDraft(
                definition: StreamDefinition(name: entry.key, from: ""), isSound: true)
            if checkName(entry.key, at: entry.keyOffset, of: "stream") {
                read(entry, into: &draft)
            }
            draft.isSound = problems.count == before
            streams.append(draft)
        }
    }

    private mutating func read(_ entry: DocumentNode.Entry, into draft: inout StreamDraft) {
        guard let fields = fields(of: entry.value, KeySet.stream) else { return }
        if let field = fields["from"] {
            draft.definition.from = source(field) ?? ""
        } else {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "stream \(quotedPiece(entry.key)) has no `from`; "
                    + "it names the source: `stdin`, a path, `demo:plant`")
        }
        draft.definition.format = fields["format"].flatMap { format($0) }
        readTime(fields, &draft.definition)
        readDurations(fields, &draft.definition)
        readId(fields, &draft.definition)
        if let field = fields["stages"] { draft.definition.stages = stages(field) }
        draft.forgetAfter = fields["forget_after"]
    }

    private mutating func format(_ field: Fields.Field) -> RecordFormat? {
        guard let text = text(field, limit: 100) else { return nil }
        if let format = RecordFormat(rawValue: text) { return format }
        let isLater =
            ["combined", "common", "syslog"].contains(text) || text.hasPrefix("pattern:")
        let known = RecordFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        refuse(
            field,
            isLater
                ? "the format \(quotedPiece(text)) is not built yet; there is \(known)"
                : "`format` is \(quotedPiece(text)); there is \(known)",
            kind: isLater ? .notBuiltYet : .invalid)
        return nil
    }

    private mutating func readDurations(_ fields: Fields, _ stream: inout StreamDefinition) {
        typealias Key = WritableKeyPath<StreamDefinition, Nanoseconds>
        let keys: [(name: String, path: Key, least: Nanoseconds)] = [
            ("out_of_orderness", \.outOfOrderness, .zero),
            ("allowed_lateness", \.allowedLateness, .zero),
            ("idle_after", \.idleAfter, .milliseconds(100)),
            ("max_future_skew", \.maxFutureSkew, .zero),
            ("forget_after", \.forgetAfter, .milliseconds(100)),
            ("dedup_window", \.dedupWindow, .milliseconds(100)),
        ]
        for key in keys {
            guard let field = fields[key.name] else { continue }
            guard let value = duration(field, in: key.least...Self.longest) else { continue }
            stream[keyPath: key.path] = value
        }
        stream.freshness = fields["freshness"].flatMap {
            duration($0, in: .milliseconds(100)...Self.longest)
        }
    }

    /// Times inside an event; with one there is a step to the receipt of its bytes.
    private mutating func stages(_ field: Fields.Field) -> [FieldPath] {
        guard case .list(let items) = field.value.content, 1...Self.stageLimit ~= items.count
        else {
            refuse(
                field,
                "`stages` is a list of 1 to \(Self.stageLimit) fields that hold times, like "
                    + "`[created, broker, stored]`")
            return []
        }
        var stages: [FieldPath] = []
        for item in items {
            let entry = Fields.Field(name: "stages", offset: item.offset, value: item)
            guard let path = fieldPath(entry) else { continue }
            if stages.contains(path) {
                refuse(item, "\(quotedPiece(path.description)) stands twice in `stages`")
            } else {
                stages.append(path)
            }
        }
        return stages
    }

    /// What is remembered has to reach as far back as events may come.
    private mutating func readId(_ fields: Fields, _ stream: inout StreamDefinition) {
        guard let id = fields["id"] else {
            if let window = fields["dedup_window"] {
                refuse(
                    key: window.name, at: window.offset,
                    "`dedup_window` does nothing without `id`, the field that must not repeat")
            }
            return
        }
        stream.id = fieldPath(id)
        let least = stream.outOfOrderness + stream.allowedLateness
        if stream.dedupWindow < least {
            let field = fields["dedup_window"] ?? id
            refuse(
                field,
                "`dedup_window` is \(stream.dedupWindow.written); it must be at least "
                    + "out_of_orderness + allowed_lateness, which is \(least.written)")
        }
    }
}
