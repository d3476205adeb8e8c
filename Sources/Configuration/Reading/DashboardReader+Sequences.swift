import Alerting
import Events
import Queries

/// An alert about events in an order: `sequence`, `within`, `from`, `by`.
extension DashboardReader {
    mutating func sequenceAlert(
        _ entry: DocumentNode.Entry, _ fields: Fields, _ field: Fields.Field
    ) -> AlertDefinition? {
        let before = problems.count
        for name in ["when", "clear", "no_data"] {
            guard let other = fields[name] else { continue }
            refuse(key: name, at: other.offset, "an alert with a `sequence` has no `\(name)`")
        }
        let stream = sequenceStream(fields, field)
        let steps = steps(field, units: stream.map { streams[$0].definition.units } ?? [:])
        let within = within(fields, field)
        let keys = fields["by"].map { sequenceKeys($0) } ?? []
        let rule = rule(fields)
        let every = fields["every"].flatMap {
            duration($0, in: .milliseconds(100)...Self.longest)
        }
        guard let stream, let within, problems.count == before else { return nil }
        let sequence = SequenceRule(
            stream: stream, steps: steps.map(\.step), keys: keys, within: within)
        guard let condition = try? Condition(parsing: "\(SequenceRule.column) > 0") else {
            preconditionFailure("the condition of a sequence is one")
        }
        let words = steps.map { ($0.step.isAbsent ? "not " : "") + $0.text }
        var alert = AlertDefinition(
            name: entry.key,
            when: AlertDefinition.When(
                condition,
                text: words.joined(separator: " → ") + " within \(durationText(within))"),
            columns: [:], groups: keys)
        alert.sequence = sequence
        alert.steps = steps.map(\.text)
        finish(&alert, rule, every, fields)
        return alert
    }

    private mutating func within(_ fields: Fields, _ sequence: Fields.Field) -> Nanoseconds? {
        guard let field = fields["within"] else {
            refuse(
                sequence,
                "a `sequence` needs `within: 30s`, at most from its first to its last event"
            )
            return nil
        }
        return duration(field, in: .milliseconds(100)...Self.longest)
    }

    private mutating func sequenceStream(
        _ fields: Fields, _ sequence: Fields.Field
    ) -> Int? {
        let names = streams.map(\.definition.name)
        guard let field = fields["from"] else {
            if names.count == 1 { return 0 }
            if !names.isEmpty {
                refuse(
                    sequence,
                    "with several streams a `sequence` says which it is about: `from: "
                        + "\(names[0])`")
            }
            return nil
        }
        guard let name = text(field, limit: 64) else { return nil }
        guard let index = names.firstIndex(of: name) else {
            refuse(
                field,
                "there is no stream \(quotedPiece(name)); " + suggestion(name, among: names))
            return nil
        }
        return index
    }

    // MARK: Steps

    private mutating func steps(
        _ field: Fields.Field, units: [FieldPath: Unit]
    ) -> [(step: SequenceRule.Step, text: String)] {
        guard case .list(let items) = field.value.content,
            1...SequenceRule.stepLimit ~= items.count
        else {
            refuse(
                field,
                "`sequence` is a list of 1 to \(SequenceRule.stepLimit) steps: conditions like "
                    + "`temperature > 80`, and `{ not: condition }`")
            return []
        }
        var steps: [(step: SequenceRule.Step, text: String)] = []
        for item in items {
            guard let step = step(item, units) else { continue }
            if step.step.isAbsent, steps.last?.step.isAbsent ?? true {
                refuse(
                    item,
                    steps.isEmpty
                        ? "a sequence begins with an event; what is not to come stands behind one"
                        : "two steps that are not to come stand side by side; join them with `or`")
            }
            steps.append(step)
        }
        return steps
    }

    private mutating func step(
        _ item: DocumentNode, _ units: [FieldPath: Unit]
    ) -> (step: SequenceRule.Step, text: String)? {
        var node = item
        var isAbsent = false
        if case .mapping(let entries, _) = item.content {
            guard entries.count == 1, entries[0].key == "not" else {
                refuse(item, "a step is a condition, or `{ not: condition }`")
                return nil
            }
            (node, isAbsent) = (entries[0].value, true)
        }
        guard case .scalar(let value, let style) = node.content else {
            refuse(item, "a step is a condition like `temperature > 80`")
            return nil
        }
        let text = QueryText(value, style: style, at: node.offset, in: source)
        guard 1...Self.queryLimit ~= text.line.count else {
            refuse(item, "a step is a condition of 1 to \(Self.queryLimit) characters")
            return nil
        }
        do throws(QueryError) {
            let condition = try Expression(condition: text.line, units: units)
            return (SequenceRule.Step(condition, isAbsent: isAbsent), text.line)
        } catch {
            problems.append(text.problem(error))
            return nil
        }
    }

    /// A field, or a list of them.
    private mutating func sequenceKeys(_ field: Fields.Field) -> [FieldPath] {
        guard case .list(let items) = field.value.content else {
            return fieldPath(field).map { [$0] } ?? []
        }
        guard 1...Query.Limit.keys ~= items.count else {
            refuse(field, "`by` is a list of 1 to \(Query.Limit.keys) fields")
            return []
        }
        return items.compactMap { item in
            fieldPath(Fields.Field(name: "by", offset: item.offset, value: item))
        }
    }
}
