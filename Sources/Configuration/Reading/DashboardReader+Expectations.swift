import Decoding
import Events
import Queries

/// `expect` of a test: one or a list of what alerts do and windows hold.
extension DashboardReader {
    mutating func readExpectations(_ fields: Fields, _ node: DocumentNode) -> [TestExpectation] {
        guard let field = fields["expect"] else {
            if !fields.hasOthers {
                refuse(node, "a test has no `expect`, like `{ alert: hot, firing_at: 2m }`")
            }
            return []
        }
        guard case .mapping = field.value.content else {
            let items = list(
                field, limit: Self.expectationLimit, of: "expectations",
                like: "- { alert: hot, firing_at: 2m }")
            return items.compactMap { expectation($0) }
        }
        return expectation(field.value).map { [$0] } ?? []
    }

    private mutating func expectation(_ node: DocumentNode) -> TestExpectation? {
        guard case .mapping(let entries, _) = node.content else {
            refuse(node, "expected `{ alert: … }` or `{ view: … }`, found \(node.kind)")
            return nil
        }
        if entries.contains(where: { $0.key == "view" }) {
            return fields(of: node, .viewExpectation).flatMap { view($0, node) }.map { .view($0) }
        }
        guard let fields = fields(of: node, .alertExpectation) else { return nil }
        guard let field = fields["alert"] else {
            if !fields.hasOthers { refuse(node, "an expectation names an `alert` or a `view`") }
            return nil
        }
        return alert(fields, field).map { .alert($0) }
    }

    // MARK: Alerts

    private mutating func alert(_ fields: Fields, _ field: Fields.Field) -> AlertExpectation? {
        guard let name = text(field, limit: 100) else { return nil }
        guard let index = alerts.firstIndex(where: { $0.name == name }) else {
            if !alertNames.contains(name) {
                refuse(
                    field,
                    "there is no alert \(quotedPiece(name)); "
                        + suggestion(name, among: alertNames))
            }
            return nil
        }
        var alert = AlertExpectation(alert: index)
        alert.pendingAt = fields["pending_at"].flatMap { time($0) }
        alert.firingAt = fields["firing_at"].flatMap { time($0) }
        alert.resolvedAt = fields["resolved_at"].flatMap { time($0) }
        alert.groups = fields["groups"].flatMap { groups($0, of: index) }
        alert.value = fields["value"].flatMap { number($0) }
        alert.never = fields["never"].flatMap { truth($0) } ?? false
        check(fields, field, never: alert.never)
        return alert
    }

    /// Something is expected, and nothing that contradicts it.
    private mutating func check(_ fields: Fields, _ field: Fields.Field, never: Bool) {
        let times = ["pending_at", "firing_at", "resolved_at"].compactMap { fields[$0] }
        if !never, times.isEmpty, !fields.hasOthers {
            refuse(
                field,
                "what is expected of it? `firing_at`, `resolved_at`, `pending_at` or "
                    + "`never: true`")
        } else if never {
            for key in ["firing_at", "resolved_at", "groups", "value"] {
                guard let other = fields[key] else { continue }
                refuse(
                    key: key, at: other.offset, "an alert that never fires has no `\(key)`")
            }
        }
    }

    /// A number of them, or their names.
    private mutating func groups(
        _ field: Fields.Field, of alert: Int
    ) -> AlertExpectation.Groups? {
        let names = alerts[alert].groups.map(\.name)
        guard !names.isEmpty else {
            refuse(field, "`\(alerts[alert].name)` has no groups: no view of it has a `by`")
            return nil
        }
        if case .scalar = field.value.content {
            return integer(field, in: 0...10_000).map { .count($0) }
        }
        let items = list(field, limit: 10_000, of: "groups", like: "[berlin, austin]")
        let groups = items.compactMap { group($0, names, field) }
        return groups.count == items.count ? .names(groups) : nil
    }

    /// A value, or a list of several; nil after it has been reported that there are others.
    private mutating func group(
        _ node: DocumentNode, _ names: [String], _ field: Fields.Field
    ) -> [String]? {
        let nodes = if case .list(let items) = node.content { items } else { [node] }
        guard nodes.count == names.count else {
            let example = names.map { $0.uppercased() }.joined(separator: ", ")
            refuse(
                node,
                "a group of this alert has \(names.count) values, written "
                    + (names.count == 1 ? "`\(example)`" : "`[\(example)]`"))
            return nil
        }
        let values = nodes.compactMap { node in
            text(
                Fields.Field(name: field.name, offset: field.offset, value: node), limit: 1000)
        }
        return values.count == names.count ? values : nil
    }

    // MARK: Views

    private mutating func view(_ fields: Fields, _ node: DocumentNode) -> ViewExpectation? {
        guard let field = fields["view"], let name = text(field, limit: 100),
            let index = view(name, field)
        else { return nil }
        let window = window(fields, field, of: index)
        guard let group = group(fields, field, of: index) else { return nil }
        var view = ViewExpectation(view: index, window: window, group: group)
        view.values = fields["values"].map { values($0, of: index) } ?? []
        view.never = fields["never"].flatMap { truth($0) } ?? false
        if view.never, let values = fields["values"] {
            refuse(
                key: values.name, at: values.offset, "a row that is never there has no `values`")
        } else if !view.never, fields["values"] == nil, !fields.hasOthers {
            refuse(field, "what is expected of it? `values` or `never: true`")
        }
        return view
    }

    private mutating func window(
        _ fields: Fields, _ view: Fields.Field, of index: Int
    ) -> ViewExpectation.Window? {
        let isWindowed = views[index].query.window != nil
        guard let field = fields["window"] else {
            if isWindowed {
                refuse(view, "which of its windows? `window: [30s, 60s]`, from and to")
            }
            return nil
        }
        guard isWindowed else {
            refuse(field, "view `\(views[index].name)` has no `over`, and so no windows")
            return nil
        }
        guard case .list(let items) = field.value.content, items.count == 2 else {
            refuse(field, "`window` is where it begins and where it ends, like `[30s, 60s]`")
            return nil
        }
        let times = items.compactMap {
            time(Fields.Field(name: field.name, offset: field.offset, value: $0))
        }
        guard times.count == 2 else { return nil }
        if times[0].instant(.epoch) >= times[1].instant(.epoch), times[0].isKind(of: times[1]) {
            refuse(field, "`window` ends where it begins, or before")
        }
        return ViewExpectation.Window(start: times[0], end: times[1])
    }

    /// In the order of the view's keys.
    private mutating func group(
        _ fields: Fields, _ view: Fields.Field, of index: Int
    ) -> [String]? {
        let names = views[index].query.keyNames
        let example = "{ \(names.map { "\($0): …" }.joined(separator: ", ")) }"
        guard let field = fields["group"] else {
            if names.isEmpty { return [] }
            refuse(view, "which of its groups? `group: \(example)`")
            return nil
        }
        guard case .mapping(let entries, _) = field.value.content else {
            refuse(field, "`group` takes a value for each field, like `\(example)`")
            return nil
        }
        for entry in entries where !names.contains(entry.key) {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "view `\(views[index].name)` isn't by \(quotedPiece(entry.key)); "
                    + suggestion(entry.key, among: names))
            return nil
        }
        let values = names.compactMap { name in
            entries.first { $0.key == name }.flatMap {
                text(Fields.Field(name: name, offset: $0.keyOffset, value: $0.value), limit: 1000)
            }
        }
        guard values.count < names.count else { return values }
        if entries.count < names.count {
            refuse(field, "a group of `\(views[index].name)` is `\(example)`")
        }
        return nil
    }

    private mutating func values(
        _ field: Fields.Field, of view: Int
    ) -> [ViewExpectation.Value] {
        guard case .mapping(let entries, _) = field.value.content, !entries.isEmpty else {
            refuse(field, "`values` takes columns and numbers, like `{ temp: 85 }`")
            return []
        }
        return entries.compactMap { entry in
            let value = Fields.Field(name: entry.key, offset: entry.keyOffset, value: entry.value)
            guard let column = views[view].query.columnNames.firstIndex(of: entry.key) else {
                refuse(
                    key: entry.key, at: entry.keyOffset,
                    "view `\(views[view].name)` has no \(quotedPiece(entry.key)); "
                        + suggestion(entry.key, among: views[view].query.columnNames))
                return nil
            }
            if entry.value.content == .nothing {
                return ViewExpectation.Value(column: column, number: nil)
            }
            return number(value).map { ViewExpectation.Value(column: column, number: $0) }
        }
    }

    // MARK: Times

    /// A duration since the feed's first event, or an instant.
    private mutating func time(_ field: Fields.Field) -> TestTime? {
        guard let text = text(field, limit: 100) else { return nil }
        let isNegative = text.hasPrefix("-")
        if let length = parseDuration(isNegative ? text.dropFirst() : text[...]),
            length <= Self.longest
        {
            return .sinceFirst(isNegative ? Nanoseconds(rawValue: -length.rawValue) : length)
        }
        if let instant = Timestamp(text: text) { return .at(instant) }
        refuse(
            field,
            "`\(field.name)` is \(quotedPiece(text)); expected how long after the feed's first "
                + "event, like `121s`, or an instant like `2026-01-01T12:02:01Z`")
        return nil
    }
}

extension TestTime {
    fileprivate func isKind(of other: TestTime) -> Bool {
        switch (self, other) {
        case (.sinceFirst, .sinceFirst), (.at, .at): true
        default: false
        }
    }
}
