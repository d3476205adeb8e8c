extension DashboardReader {
    static let rowLimit = 20
    static let panelsPerRow = 20
    /// What a height or a width may be.
    static let shares = 1...20

    mutating func readRows(_ field: Fields.Field) -> [PanelRow] {
        guard case .list(let items) = field.value.content, !items.isEmpty else {
            let found = field.value.content == .nothing ? "nothing" : field.value.kind
            refuse(
                field,
                "`panels` is a list of rows, like `- row: [ { table: VIEW } ]`, found "
                    + (found == "a list" ? "an empty one" : found))
            return []
        }
        if items.count > Self.rowLimit {
            add("\(items.count) rows; at most \(Self.rowLimit)", at: field.offset)
        }
        return items.prefix(Self.rowLimit).compactMap { row($0) }
    }

    private mutating func row(_ node: DocumentNode) -> PanelRow? {
        guard case .mapping(let entries, _) = node.content else {
            refuse(node, "expected a row, `row: [ … ]`, or a panel; found \(node.kind)")
            return nil
        }
        guard entries.contains(where: { $0.key == "row" }) else {
            guard let fields = fields(of: node, KeySet.panelAsRow) else { return nil }
            let height = self.height(fields)
            let page = self.page(fields)
            return panel(fields).map { PanelRow(panels: [$0], height: height, page: page) }
        }
        guard let fields = fields(of: node, KeySet.row), let row = fields["row"] else { return nil }
        return PanelRow(panels: panels(row), height: height(fields), page: page(fields))
    }

    private mutating func page(_ fields: Fields) -> String? {
        fields["page"].flatMap { text($0, limit: 40) }
    }

    private mutating func height(_ fields: Fields) -> Int {
        fields["height"].flatMap { integer($0, in: Self.shares) } ?? 1
    }

    private mutating func panels(_ field: Fields.Field) -> [PanelDefinition] {
        guard case .list(let items) = field.value.content, !items.isEmpty else {
            refuse(
                field,
                "`row` is a list of panels, like `[ { table: VIEW } ]`; found "
                    + (field.value.content == .list([]) ? "an empty one" : field.value.kind))
            return []
        }
        if items.count > Self.panelsPerRow {
            add("\(items.count) panels in a row; at most \(Self.panelsPerRow)", at: field.offset)
        }
        var panels: [PanelDefinition] = []
        for item in items.prefix(Self.panelsPerRow) {
            if let (key, place) = keyOfRow(item) {
                refuse(key: key, at: place, "`\(key)` belongs to the row: it stands beside `row`")
                continue
            }
            guard let fields = fields(of: item, KeySet.panel) else { continue }
            if let panel = panel(fields) { panels.append(panel) }
        }
        return panels
    }

    private func keyOfRow(_ node: DocumentNode) -> (key: String, offset: Int)? {
        guard case .mapping(let entries, _) = node.content else { return nil }
        return entries.first { ["height", "page"].contains($0.key) }.map { ($0.key, $0.keyOffset) }
    }
}
