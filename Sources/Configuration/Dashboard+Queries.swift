/// Queries that are asked while a dashboard is shown: a view and a panel for each.
extension Dashboard {
    private static let prefix = "query_"

    /// With a view of the query, and a panel of it on a page of its own: over time, where it has
    /// windows, and else as a table.
    package func adding(query text: String) throws(DashboardErrors) -> Dashboard {
        let taken = views.compactMap { view in
            view.name.hasPrefix(Self.prefix) ? Int(view.name.dropFirst(Self.prefix.count)) : nil
        }
        let name = Self.prefix + String((taken.max() ?? 0) + 1)
        let line = "  \(name): \(doubleQuoted(text))\n"
        let place = yaml.range(ofLine: "views:")
        var whole = yaml
        whole.insert(contentsOf: line, at: place)
        var next: Dashboard
        do {
            next = try Dashboard(reading: whole, file: "query")
        } catch {
            throw error.naming(view: name, as: "the query")
        }
        guard let view = next.views.firstIndex(where: { $0.name == name }) else { return self }
        // In the order of before, with the new one at the end.
        let order = views.map(\.name)
        precondition(next.views.count == order.count + 1, "a query is one view")
        let query = next.views[view].query
        let content: PanelDefinition.Content =
            query.top != nil
            ? .top(view: view)
            : query.hop != nil && query.columnNames.count == 1
                ? .area(view: view, aggregate: 0) : .table(view: view)
        var panel = PanelDefinition(content: content)
        panel.title = text
        next.rows = next.rows + [PanelRow(panels: [panel], page: "query")]
        return next
    }

    /// Without the last query's view and panel; nil: there is none.
    package var withoutLastQuery: Dashboard? {
        guard let last = views.last, last.name.hasPrefix(Self.prefix), let row = rows.last,
            row.page == "query"
        else { return nil }
        var next = self
        next.views.removeLast()
        next.rows.removeLast()
        return next
    }
}

extension DashboardErrors {
    /// For somebody who never gave the view a name.
    fileprivate func naming(view name: String, as words: String) -> DashboardErrors {
        var named = self
        for i in named.errors.indices {
            for piece in ["view `\(name)`", "`\(name)`"] {
                named.errors[i].message = named.errors[i].message.replacing(piece, with: words)
            }
        }
        return named
    }
}

extension String {
    /// Behind the last view of a dashboard that weir has written.
    fileprivate func range(ofLine line: String) -> String.Index {
        var index = startIndex
        var isInside = false
        while index < endIndex {
            let end = self[index...].firstIndex(of: "\n") ?? endIndex
            let text = self[index..<end]
            if isInside, !text.hasPrefix(" ") { return index }
            if text == line { isInside = true }
            index = end < endIndex ? self.index(after: end) : endIndex
        }
        return endIndex
    }
}
