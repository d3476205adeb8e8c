import Alerting
import Events
import Queries

extension DashboardReader {
    static let labelLimit = 20

    mutating func readAlerts(_ fields: Fields) {
        for entry in named(fields, .alerts) ?? [] {
            alertNames.append(entry.key)
            guard checkName(entry.key, at: entry.keyOffset, of: "alert") else { continue }
            if entry.key == "all" {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "`all` can't be the name of an alert: a panel with `alerts: all` shows all")
            } else if let alert = alert(entry) {
                alerts.append(alert)
            }
        }
        checkInhibitors(fields)
    }

    private mutating func alert(_ entry: DocumentNode.Entry) -> AlertDefinition? {
        guard let fields = fields(of: entry.value, KeySet.alert) else { return nil }
        if let field = fields["sequence"] { return sequenceAlert(entry, fields, field) }
        guard let field = fields["when"] else {
            if !fields.hasOthers {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "alert \(quotedPiece(entry.key)) has no `when`, a condition like "
                        + "`heat.temp > 80`")
            }
            return nil
        }
        for name in ["within", "from", "by"] {
            guard let other = fields[name] else { continue }
            refuse(
                key: name, at: other.offset,
                "`\(name)` goes with a `sequence`; what `when` is about is said by its views")
        }
        let before = problems.count
        let when = condition(field)
        let clear = fields["clear"].flatMap { condition($0) }
        let rule = rule(fields)
        let every = fields["every"].flatMap {
            duration($0, in: .milliseconds(100)...Self.longest)
        }
        guard let when, problems.count == before else { return nil }
        var names = when.names
        names.merge(clear?.names)
        guard let groups = groups(of: names, field) else { return nil }
        var alert = AlertDefinition(
            name: entry.key, when: when.when, columns: names.columns, groups: groups)
        alert.measures = names.measures
        alert.clear = clear?.when
        finish(&alert, rule, every, fields)
        checkGrid(alert, field)
        checkPast(alert, field)
        return alert
    }

    /// What rules of every kind have.
    mutating func finish(
        _ alert: inout AlertDefinition, _ rule: AlertRule, _ every: Nanoseconds?,
        _ fields: Fields
    ) {
        alert.rule = rule
        alert.every = every
        alert.inhibitedBy = fields["inhibited_by"].map { self.names($0) } ?? []
        alert.labels = labels(fields["labels"])
        let groups = alert.groups
        alert.summary = fields["summary"].flatMap { summary($0, groups: groups) }
        checkAcross(alert, fields)
    }

    static let nameLimit = 20

    mutating func names(_ field: Fields.Field) -> [String] {
        let limit = Self.nameLimit
        guard case .list(let items) = field.value.content, 1...limit ~= items.count else {
            refuse(field, "`\(field.name)` is a list of 1 to \(limit) names, like `[a, b]`")
            return []
        }
        return items.compactMap { item in
            text(Fields.Field(name: field.name, offset: item.offset, value: item), limit: 64)
        }
    }

    /// Names of rules, which may stand further down.
    private mutating func checkInhibitors(_ fields: Fields) {
        guard let field = fields["alerts"], problems.isEmpty else { return }
        for alert in alerts {
            for name in alert.inhibitedBy {
                if name == alert.name {
                    refuse(field, "alert `\(name)` can't be inhibited by itself")
                } else if !alertNames.contains(name) {
                    refuse(
                        field,
                        "alert `\(alert.name)` is inhibited by \(quotedPiece(name)), which isn't "
                            + "there; " + suggestion(name, among: alertNames))
                }
            }
        }
    }

    // MARK: The rule

    mutating func rule(_ fields: Fields) -> AlertRule {
        var rule = AlertRule()
        if let field = fields["for"] {
            rule.holdFor = duration(field, in: .zero...Self.longest) ?? .zero
        }
        if let field = fields["keep_firing_for"] {
            rule.keepFiringFor = duration(field, in: .zero...Self.longest) ?? .zero
        }
        rule.across = fields["across"].flatMap { across($0) }
        if let field = fields["no_data"], let text = text(field, limit: 20) {
            if let noData = AlertRule.NoData(rawValue: text) {
                rule.noData = noData
            } else {
                refuse(
                    field,
                    "`no_data` is \(quotedPiece(text)); expected `false`, `keep` or `fire`")
            }
        }
        return rule
    }

    private mutating func across(_ field: Fields.Field) -> Across? {
        guard let text = text(field, limit: 20) else { return nil }
        if let count = Int(text), 1...10_000 ~= count { return .count(count) }
        if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent <= 100 {
            return .share(percent / 100)
        }
        refuse(
            field,
            "`across` is \(quotedPiece(text)); expected a number of groups from 1 to 10000, or a "
                + "share of them like `25%`")
        return nil
    }

    private mutating func checkAcross(_ alert: AlertDefinition, _ fields: Fields) {
        guard let field = fields["across"], alert.groups.isEmpty else { return }
        refuse(field, "`across` counts groups, and no view of this alert has a `by`")
    }

    // MARK: Words

    mutating func labels(_ field: Fields.Field?) -> [AlertDefinition.Label] {
        guard let field else { return [] }
        guard case .mapping(let entries, _) = field.value.content else {
            refuse(field, "`\(field.name)` takes names and values, like `{ severity: page }`")
            return []
        }
        if entries.count > Self.labelLimit {
            refuse(field, "`\(field.name)` has \(entries.count) names; at most \(Self.labelLimit)")
        }
        return entries.prefix(Self.labelLimit).compactMap { entry in
            guard checkName(entry.key, at: entry.keyOffset, of: "label") else { return nil }
            let value = Fields.Field(
                name: entry.key, offset: entry.keyOffset, value: entry.value)
            return text(value, limit: 200).map {
                AlertDefinition.Label(name: entry.key, value: $0)
            }
        }
    }

    private mutating func summary(
        _ field: Fields.Field, groups: [FieldPath]
    ) -> SummaryTemplate? {
        guard let text = text(field, limit: 500) else { return nil }
        let names = groups.map(\.name)
        do throws(SummaryTemplate.Mistake) {
            return try SummaryTemplate(text, fields: names)
        } catch {
            switch error {
            case .unknown(let name):
                let known = SummaryTemplate.names + names
                refuse(
                    field,
                    "`summary` has no value for `{\(name)}`; "
                        + suggestion(name, among: known))
            case .openBrace:
                refuse(field, "`summary` has a `{` without its `}`; a brace itself is `{{`")
            case .closeBrace:
                refuse(field, "`summary` has a `}` without its `{`; a brace itself is `}}`")
            }
            return nil
        }
    }
}
