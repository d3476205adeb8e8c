import Decoding
import Events
import Patterns
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
            draft.definition.from = readableSource(field) ?? ""
            draft.definition.settings = settings(of: draft.definition.from, from: field, in: fields)
        } else {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "stream \(quotedPiece(entry.key)) has no `from`; "
                    + "it names the source: `stdin`, a path, `demo:plant`")
        }
        draft.definition.format = format(fields)
        readTime(fields, &draft.definition)
        readDurations(fields, &draft.definition)
        readId(fields, &draft.definition)
        if let field = fields["stages"] { draft.definition.stages = stages(field) }
        draft.definition.watermarkBy = fields["watermark_by"].flatMap { fieldPath($0) }
        draft.forgetAfter = fields["forget_after"]
        if let field = fields["units"] { draft.definition.units = units(field) }
        if let field = fields["key_limit"] {
            draft.definition.keyLimit = integer(field, in: 1...10_000_000) ?? 1
        }
    }

    private mutating func format(_ fields: Fields) -> RecordFormat? {
        guard let field = fields["pattern"] else { return fields["format"].flatMap { format($0) } }
        if let format = fields["format"] {
            refuse(format, "`pattern` says how records are written; leave `format` out")
        }
        return pattern(field)
    }

    private mutating func format(_ field: Fields.Field) -> RecordFormat? {
        guard let text = text(field, limit: 100) else { return nil }
        if let format = RecordFormat(name: text) { return format }
        let known = RecordFormat.named.map { "`\($0.name)`" }.joined(separator: ", ")
        let advice =
            switch text {
            case "common", "combined": "web servers' logs are `access`"
            case "pattern": "a regular expression stands under `pattern`, without `format`"
            default: "there is \(known)"
            }
        refuse(field, "`format` is \(quotedPiece(text)); \(advice)")
        return nil
    }

    /// A regular expression; the end of a block is not part of it.
    private mutating func pattern(_ field: Fields.Field) -> RecordFormat? {
        var line = field
        if case .scalar(let text, let style) = field.value.content, text.hasSuffix("\n") {
            line.value.content = .scalar(String(text.dropLast()), style)
        }
        guard let text = text(line, limit: 4096) else { return nil }
        do throws(PatternError) {
            try checkPattern(text)
            return .pattern(text)
        } catch {
            refuse(pattern: field.value, error)
            return nil
        }
    }

    /// A problem of the place where PCRE2 stopped reading.
    private mutating func refuse(pattern node: DocumentNode, _ error: PatternError) {
        guard case .scalar(let text, let style) = node.content else { return }
        let offsets = ScalarText.offsets(of: text, style: style, from: node.offset, in: source)
        add(
            "`pattern` can't be used: \(error.message), at offset \(error.offset)",
            at: offsets[min(error.offset, offsets.count - 1)])
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

extension DashboardReader {
    static let unitLimit = 100

    /// `{ latency: ms, size: bytes }`: what the numbers of a field count.
    private mutating func units(_ field: Fields.Field) -> [FieldPath: Unit] {
        let known = Unit.allCases.map { "`\($0.name)`" }.joined(separator: ", ")
        guard case .mapping(let entries, _) = field.value.content,
            1...Self.unitLimit ~= entries.count
        else {
            refuse(
                field,
                "`units` is a list of 1 to \(Self.unitLimit) fields and their units, like "
                    + "`{ latency: ms }`; there is \(known)")
            return [:]
        }
        var units: [FieldPath: Unit] = [:]
        for entry in entries {
            let value = Fields.Field(name: "units", offset: entry.keyOffset, value: entry.value)
            guard let path = FieldPath(reading: entry.key) else {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "\(quotedPiece(entry.key)) is not a field: a name, or a path like "
                        + "`stages.broker`"
                )
                continue
            }
            guard let text = text(value, limit: 20) else { continue }
            if let unit = Unit(named: text) {
                units[path] = unit
            } else {
                refuse(
                    entry.value,
                    "\(quotedPiece(text)) is no unit of \(quotedPiece(entry.key)); there is "
                        + known
                )
            }
        }
        return units
    }
}
