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
    }

    private mutating func alert(_ entry: DocumentNode.Entry) -> AlertDefinition? {
        guard let fields = fields(of: entry.value, KeySet.alert) else { return nil }
        guard let field = fields["when"] else {
            if !fields.hasOthers {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "alert \(quotedPiece(entry.key)) has no `when`, a condition like "
                        + "`heat.temp > 80`")
            }
            return nil
        }
        let before = problems.count
        let when = condition(field)
        let clear = fields["clear"].flatMap { condition($0) }
        let rule = rule(fields)
        let every = fields["every"].flatMap {
            duration($0, in: .milliseconds(100)...Self.longest)
        }
        guard let when, problems.count == before else { return nil }
        let columns = when.columns.merging(clear?.columns ?? [:]) { a, _ in a }
        guard let groups = groups(of: columns.values.map(\.view), field) else { return nil }
        var alert = AlertDefinition(
            name: entry.key, when: when.when, columns: columns, groups: groups)
        alert.clear = clear?.when
        alert.rule = rule
        alert.every = every
        alert.labels = labels(fields)
        alert.summary = fields["summary"].flatMap { summary($0, groups: groups) }
        checkGrid(alert, field)
        checkAcross(alert, fields)
        return alert
    }

    // MARK: Conditions

    private mutating func condition(
        _ field: Fields.Field
    ) -> (when: AlertDefinition.When, columns: [FieldPath: ViewColumn])? {
        guard case .scalar(let value, let style) = field.value.content else {
            _ = text(field, limit: Self.queryLimit)
            return nil
        }
        let text = QueryText(value, style: style, at: field.value.offset, in: source)
        guard 1...Self.queryLimit ~= text.line.count else {
            refuse(field, "`\(field.name)` is a condition of 1 to \(Self.queryLimit) characters")
            return nil
        }
        do throws(QueryError) {
            let condition = try Condition(parsing: text.line)
            guard let columns = columns(of: condition, field) else { return nil }
            return (AlertDefinition.When(condition, text: text.line), columns)
        } catch {
            problems.append(text.problem(error))
            return nil
        }
    }

    private mutating func columns(
        of condition: Condition, _ field: Fields.Field
    ) -> [FieldPath: ViewColumn]? {
        var columns: [FieldPath: ViewColumn] = [:]
        for path in condition.columns {
            guard let column = column(path, field) else { return nil }
            columns[path] = column
        }
        return columns
    }

    /// `heat.temp`, or `heat` where the view has one column.
    private mutating func column(_ path: FieldPath, _ field: Fields.Field) -> ViewColumn? {
        let names = path.steps.map { if case .name(let name) = $0 { name } else { "" } }
        guard names.count <= 2, !names.contains("") else {
            refuse(
                field,
                "\(quotedPiece(path.description)) is no column of a view: that is written "
                    + "`VIEW.COLUMN`")
            return nil
        }
        guard let view = view(names[0], field),
            let aggregate = aggregate(names.count > 1 ? names[1] : nil, view, field)
        else { return nil }
        return ViewColumn(view: view, aggregate: aggregate)
    }

    /// The `by` of the finest view; nil after it has been reported that it doesn't contain
    /// another's.
    private mutating func groups(of used: [Int], _ field: Fields.Field) -> [FieldPath]? {
        let used = Set(used).sorted()
        // The first of them, as the engine does.
        let finest = used.max {
            let (a, b) = (views[$0].query.keyPaths.count, views[$1].query.keyPaths.count)
            return a == b ? $0 > $1 : a < b
        }!
        let groups = views[finest].query.keyPaths
        for view in used {
            guard !views[view].query.keyPaths.allSatisfy(groups.contains) else { continue }
            func written(_ view: Int) -> String {
                "`\(views[view].name)` is by "
                    + views[view].query.keyPaths.map { "`\($0)`" }.joined(separator: ", ")
            }
            refuse(
                field,
                "\(written(view)) and \(written(finest)): the fields of one must contain the "
                    + "other's, so that their rows can be matched")
            return nil
        }
        return groups
    }

    private mutating func checkGrid(_ alert: AlertDefinition, _ field: Fields.Field) {
        guard alert.every == nil,
            let view = alert.columns.values.map(\.view).sorted()
                .first(where: { views[$0].query.hop == nil })
        else { return }
        let what = views[view].query.window == nil ? "has no `over`" : "is one of sessions"
        refuse(
            field,
            "view `\(views[view].name)` \(what), so nothing says when to look at it: add "
                + "`every: 1s` to the alert")
    }

    // MARK: The rule

    private mutating func rule(_ fields: Fields) -> AlertRule {
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

    private mutating func labels(_ fields: Fields) -> [AlertDefinition.Label] {
        guard let field = fields["labels"] else { return [] }
        guard case .mapping(let entries, _) = field.value.content else {
            refuse(field, "`labels` takes names and values, like `{ severity: page }`")
            return []
        }
        if entries.count > Self.labelLimit {
            refuse(field, "`labels` has \(entries.count) names; at most \(Self.labelLimit)")
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
