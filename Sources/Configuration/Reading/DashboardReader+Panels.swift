import Queries

extension DashboardReader {
    /// One panel; nil after it has been reported what is wrong, or if its view is wrong.
    mutating func panel(_ fields: Fields) -> PanelDefinition? {
        let kinds = fields.fields.filter { KeySet.panelKinds.built.contains($0.name) }
        guard let kind = kinds.first else {
            // A kind of a later version, or one misspelt, has been reported as what it is.
            if !fields.hasOthers {
                let names = KeySet.panelKinds.built.map { "`\($0)`" }.joined(separator: ", ")
                add("a panel says what it shows: one of \(names)", at: fields.offset)
            }
            return nil
        }
        if let second = kinds.dropFirst().first {
            refuse(
                key: second.name, at: second.offset,
                "`\(second.name)` and `\(kind.name)` in one panel; a panel shows one thing")
            return nil
        }
        let content = content(kind)
        var panel = PanelDefinition(content: content ?? .table(view: 0))
        readLooks(fields, &panel)
        readRange(fields, kind: kind, &panel)
        readSort(fields, kind: kind, content, &panel)
        return content == nil ? nil : panel
    }

    private mutating func content(_ field: Fields.Field) -> PanelDefinition.Content? {
        guard let name = text(field, limit: 200) else { return nil }
        switch field.name {
        case "table": return view(name, field).map { .table(view: $0) }
        case "top": return view(name, field).flatMap { ranking($0, field) }
        case "health":
            if name == "all" { return .health }
            refuse(field, "`health` is `all`, found \(quotedPiece(name))")
            return nil
        case "latency", "dead_letters", "watermark", "events":
            let names = streams.map(\.definition.name)
            return index(of: name, in: names, named: names, "stream", field).map {
                switch field.name {
                case "latency": .latency(stream: $0)
                case "watermark": .watermark(stream: $0)
                case "events": .events(stream: $0)
                default: .deadLetters(stream: $0)
                }
            }
        case "lag":
            return index(of: name, in: lag.map(\.name), named: lagNames, "lag probe", field)
                .map { .lag(probe: $0) }
        case "alerts":
            if name == "all" { return .alerts(alert: nil) }
            return index(of: name, in: alerts.map(\.name), named: alertNames, "alert", field)
                .map { .alerts(alert: $0) }
        default: break
        }
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let view = view(String(parts[0]), field) else { return nil }
        guard let aggregate = aggregate(parts.count > 1 ? String(parts[1]) : nil, view, field)
        else { return nil }
        switch field.name {
        case "gauge": return .gauge(view: view, aggregate: aggregate)
        case "area": return .area(view: view, aggregate: aggregate)
        case "bars": return .bars(view: view, aggregate: aggregate)
        case "heatmap": return .heatmap(view: view, aggregate: aggregate)
        default: return .sparkline(view: view, aggregate: aggregate)
        }
    }

    private mutating func ranking(_ view: Int, _ field: Fields.Field) -> PanelDefinition.Content? {
        if views[view].query.top != nil { return .top(view: view) }
        refuse(
            field,
            "`top` takes a view with `top(n, x)`; `\(views[view].name)` has none: "
                + "`bars` ranks the keys of any column")
        return nil
    }

    /// The place of a name; one that is in the file but can't be read has been reported.
    private mutating func index(
        of name: String, in names: [String], named all: [String], _ what: String,
        _ field: Fields.Field
    ) -> Int? {
        if let index = names.firstIndex(of: name) { return index }
        if !all.contains(name) {
            refuse(
                field,
                "there is no \(what) \(quotedPiece(name)); " + suggestion(name, among: all))
        }
        return nil
    }

    mutating func view(_ name: String, _ field: Fields.Field) -> Int? {
        if let index = views.firstIndex(where: { $0.name == name }) { return index }
        // A view that can't be read has been reported, and so has a missing `views`.
        if viewNames.isEmpty || viewNames.contains(name) { return nil }
        if let dot = name.firstIndex(of: "."), viewNames.contains(String(name[..<dot])) {
            refuse(field, "`\(field.name)` takes a whole view: \(quotedPiece(name[..<dot]))")
        } else {
            refuse(
                field,
                "there is no view \(quotedPiece(name)); " + suggestion(name, among: viewNames))
        }
        return nil
    }

    mutating func aggregate(
        _ name: String?, _ view: Int, _ field: Fields.Field
    ) -> Int? {
        let names = views[view].query.columnNames
        if let name {
            if let index = names.firstIndex(of: name) { return index }
            refuse(
                field,
                "view `\(views[view].name)` has no \(quotedPiece(name)); "
                    + suggestion(name, among: names))
            return nil
        }
        if names.count == 1 { return 0 }
        let choices = names.prefix(12).map { "`\(views[view].name).\($0)`" }
        refuse(
            field,
            "view `\(views[view].name)` has several columns; name one: "
                + choices.joined(separator: ", "))
        return nil
    }

    private mutating func readLooks(_ fields: Fields, _ panel: inout PanelDefinition) {
        panel.title = fields["title"].flatMap { text($0, limit: 200) }
        panel.unit = fields["unit"].flatMap { text($0, limit: 20) }
        panel.log = fields["log"].flatMap { truth($0) } ?? false
        panel.width = fields["width"].flatMap { integer($0, in: Self.shares) } ?? 1
        panel.minWidth = fields["min_width"].flatMap { integer($0, in: 1...400) }
        panel.minHeight = fields["min_height"].flatMap { integer($0, in: 1...120) }
    }

    private mutating func readRange(
        _ fields: Fields, kind: Fields.Field, _ panel: inout PanelDefinition
    ) {
        for name in Self.useless(to: kind.name) {
            guard let field = fields[name] else { continue }
            refuse(
                key: name, at: field.offset, "`\(name)` is of no use to \(Self.article(kind.name))")
        }
        let before = problems.count
        panel.min = fields["min"].flatMap { number($0) }
        panel.max = fields["max"].flatMap { number($0) }
        panel.warn = fields["warn"].flatMap { number($0) }
        panel.crit = fields["crit"].flatMap { number($0) }
        guard problems.count == before else { return }
        if panel.log, let least = panel.min, least <= 0, let field = fields["min"] {
            refuse(
                field, "a scale of powers of ten begins above 0; `min` is \(writtenNumber(least))")
        }
        if kind.name == "gauge", panel.max == nil {
            refuse(
                key: kind.name, at: kind.offset,
                "a gauge needs `max`, the value at which it is full")
        }
        let least = panel.min ?? (kind.name == "gauge" ? 0 : nil)
        if let least, let most = panel.max, let field = fields["max"], least >= most {
            refuse(field, "`max` must be more than `min`, which is \(writtenNumber(least))")
        }
    }

    /// Options that say nothing about what such a panel shows; `sort` is refused by itself.
    private static func useless(to kind: String) -> [String] {
        switch kind {
        case "table": ["min", "max", "log"]
        case "gauge": ["log"]
        case "bars": ["min", "log"]
        case "top": ["min", "max", "warn", "crit", "log"]
        case "latency", "dead_letters", "lag", "alerts", "watermark", "events", "health":
            ["unit", "min", "max", "warn", "crit", "log"]
        default: []
        }
    }

    private static func article(_ kind: String) -> String {
        switch kind {
        case "area": "an area"
        case "bars": "a panel of bars"
        case "top": "a panel of `top`"
        case "events": "a panel of events"
        case "health": "a panel of health"
        case "latency": "a panel of latency"
        case "dead_letters": "a panel of dead letters"
        case "lag": "a panel of lag"
        case "watermark": "a panel of the watermark"
        case "alerts": "a panel of alerts"
        default: "a \(kind)"
        }
    }

    private mutating func readSort(
        _ fields: Fields, kind: Fields.Field, _ content: PanelDefinition.Content?,
        _ panel: inout PanelDefinition
    ) {
        guard let field = fields["sort"], let text = text(field, limit: 1000) else { return }
        guard ["table", "heatmap"].contains(kind.name) else {
            refuse(key: field.name, at: field.offset, "`sort` belongs to a table or a heatmap")
            return
        }
        guard let view = content?.sortedView else { return }
        let isDescending = text.hasPrefix("-")
        let column = isDescending ? String(text.dropFirst()) : text
        let query = views[view].query
        let columns = query.columnNames + query.keyNames
        guard columns.contains(column) else {
            refuse(
                field,
                "view `\(views[view].name)` has no column \(quotedPiece(column)); "
                    + suggestion(column, among: columns))
            return
        }
        panel.sort = PanelDefinition.Sort(column: column, descending: isDescending)
    }
}
