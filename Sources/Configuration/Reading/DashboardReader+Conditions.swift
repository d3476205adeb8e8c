import Alerting
import Events
import Queries

/// What the names in a rule's conditions stand for.
struct RuleNames {
    var columns: [FieldPath: ViewColumn] = [:]
    var measures: [FieldPath: HealthMeasure] = [:]

    mutating func merge(_ other: RuleNames?) {
        guard let other else { return }
        columns.merge(other.columns) { a, _ in a }
        measures.merge(other.measures) { a, _ in a }
    }
}

/// The conditions of an alert, and the names in them: a view's column, a stream's health
/// (`telemetry.freshness`), a lag probe's partitions (`billing.lag`).
extension DashboardReader {
    mutating func condition(
        _ field: Fields.Field
    ) -> (when: AlertDefinition.When, names: RuleNames)? {
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
            let condition = try Condition(parsing: text.line, units: healthUnits)
            guard let names = names(in: condition, field) else { return nil }
            return (AlertDefinition.When(condition, text: text.line), names)
        } catch {
            problems.append(text.problem(error))
            return nil
        }
    }

    private mutating func names(in condition: Condition, _ field: Fields.Field) -> RuleNames? {
        var names = RuleNames()
        for path in condition.columns {
            if let measure = measure(path) {
                names.measures[path] = measure
            } else {
                guard let column = column(path, field) else { return nil }
                names.columns[path] = column
            }
        }
        guard names.columns.isEmpty || names.measures.isEmpty else {
            refuse(
                field,
                "a rule is about events or about health, not both: "
                    + "\(quotedPiece(names.columns.keys.map(\.description).min()!)) goes by event "
                    + "time, \(quotedPiece(names.measures.keys.map(\.description).min()!)) by the "
                    + "clock")
            return nil
        }
        return names
    }

    // MARK: Health

    private func parts(of path: FieldPath) -> (name: String, column: String)? {
        let names = path.steps.compactMap { if case .name(let name) = $0 { name } else { nil } }
        return names.count == 2 && path.steps.count == 2 ? (names[0], names[1]) : nil
    }

    /// nil: the name is a view's, or nobody's. A view comes before a stream of its name.
    private func measure(_ path: FieldPath) -> HealthMeasure? {
        guard let (name, column) = parts(of: path) else { return nil }
        if let view = views.first(where: { $0.name == name }),
            view.query.columnNames.contains(column)
        {
            return nil
        }
        if let i = streams.firstIndex(where: { $0.definition.name == name }),
            let measure = StreamMeasure(rawValue: column)
        {
            return .stream(i, measure)
        }
        guard let i = lag.firstIndex(where: { $0.name == name }) else { return nil }
        return LagMeasure(rawValue: column).map { .lag(i, $0) }
    }

    private var healthUnits: [FieldPath: Unit] {
        var units: [FieldPath: Unit] = [:]
        for stream in streams {
            for measure in StreamMeasure.allCases {
                let names = [stream.definition.name, measure.rawValue]
                units[FieldPath(steps: names.map { .name($0) })] = measure.unit
            }
        }
        for probe in lag {
            for measure in LagMeasure.allCases {
                let names = [probe.name, measure.rawValue]
                units[FieldPath(steps: names.map { .name($0) })] = measure.unit
            }
        }
        return units
    }

    private mutating func groups(
        ofHealth names: RuleNames, _ field: Fields.Field
    ) -> [FieldPath]? {
        let probes = Set(
            names.measures.values.compactMap { if case .lag(let i, _) = $0 { i } else { nil } })
        guard probes.count <= 1 else {
            refuse(
                field, "a rule is about one lag probe; write one for each, or `across` partitions")
            return nil
        }
        return probes.isEmpty ? [] : LagMeasure.keyNames.map { FieldPath($0) }
    }

    // MARK: Views

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
        if names.count == 2, !viewNames.contains(names[0]), refuseMeasure(names, field) {
            return nil
        }
        guard let view = view(names[0], field),
            let aggregate = aggregate(names.count > 1 ? names[1] : nil, view, field)
        else { return nil }
        return ViewColumn(view: view, aggregate: aggregate)
    }

    /// True if the name is a stream's or a lag probe's, which has no such number.
    private mutating func refuseMeasure(_ names: [String], _ field: Fields.Field) -> Bool {
        let known: [String]
        if streams.contains(where: { $0.definition.name == names[0] }) {
            known = StreamMeasure.allCases.map(\.rawValue)
        } else if lag.contains(where: { $0.name == names[0] }) {
            known = LagMeasure.allCases.map(\.rawValue)
        } else {
            return false
        }
        refuse(
            field,
            "\(quotedPiece(names[0])) has no \(quotedPiece(names[1])) to ask for; "
                + suggestion(names[1], among: known))
        return true
    }

    /// The `by` of the finest view; nil after it has been reported that it doesn't contain
    /// another's.
    mutating func groups(of names: RuleNames, _ field: Fields.Field) -> [FieldPath]? {
        if !names.measures.isEmpty { return groups(ofHealth: names, field) }
        let used = Set(names.columns.values.map(\.view)).sorted()
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

    mutating func checkGrid(_ alert: AlertDefinition, _ field: Fields.Field) {
        if !alert.measures.isEmpty, let every = alert.every, every.rawValue % 1_000_000_000 != 0 {
            return refuse(field, "a rule about health is evaluated at whole seconds; so is `every`")
        }
        guard alert.every == nil, alert.measures.isEmpty,
            let view = alert.columns.values.map(\.view).sorted()
                .first(where: { views[$0].query.hop == nil })
        else { return }
        let what = views[view].query.window == nil ? "has no `over`" : "is one of sessions"
        refuse(
            field,
            "view `\(views[view].name)` \(what), so nothing says when to look at it: add "
                + "`every: 1s` to the alert")
    }

    /// An earlier value is looked up among windows of one length, of which the history holds only
    /// so many.
    mutating func checkPast(_ alert: AlertDefinition, _ field: Fields.Field) {
        let conditions = [alert.when.condition] + (alert.clear.map { [$0.condition] } ?? [])
        for reading in conditions.flatMap(\.readings) {
            guard case .ago(let past) = reading.manner else { continue }
            guard let column = alert.columns[reading.column] else {
                return refuse(
                    field,
                    "`\(reading.written)`: what health was before isn't kept; ask it of a view")
            }
            let query = views[column.view].query
            guard let hop = query.hop else {
                return refuse(
                    field,
                    "`\(reading.written)`: view `\(views[column.view].name)` has no windows of "
                        + "one length, so there is none that much earlier")
            }
            let windows = past.rawValue / hop.rawValue
            if Double(windows + 3) * Double(108 + 8 * query.columnNames.count) > Double(64 << 20) {
                return refuse(
                    field,
                    "`\(reading.written)` needs \(windows) windows of history, more than 64 MiB "
                        + "hold even of one key; make `every` of the view longer")
            }
        }
    }
}
