import Configuration
import Engine
import Events
import Screen

extension PanelArea {
    /// A row per key: its values, then the view's aggregates.
    func drawTable(in rect: Rect, on grid: inout Grid) {
        let lines = sortedLines
        let room = max(0, rect.height - 3)
        guard
            let inside = drawBox(
                view.name, lines: lines.count, shown: min(lines.count, room), in: rect, on: &grid)
        else { return }
        let columns = TableColumns(
            fitting: requests(lines), width: max(0, inside.width - 2), spacing: 2)
        let body = Rect(
            column: inside.column + 1, row: inside.row, width: max(0, inside.width - 2),
            height: inside.height)
        let names = keyNames + view.aggregateNames
        columns.write(
            names.enumerated().map { CleanText(header($1)) },
            styles: names.map { _ in Style(.title) },
            in: body, line: 0, on: &grid)
        let first = firstLine(of: lines.count, room: room)
        let shown = lines.dropFirst(first).prefix(room)
        let tenths = view.aggregateNames.indices.map { hasTenths($0, shown) }
        for (i, line) in shown.enumerated() {
            columns.write(
                cells(line, tenths), styles: styles(line), in: body, line: i + 1, on: &grid)
            mark(i, first: first, of: lines.count, in: inside, row: inside.row + i + 1, on: &grid)
        }
    }

    private var keyNames: [String] { view.keyNames.isEmpty ? [""] : view.keyNames }

    /// With an arrow on the column that sorts.
    private func header(_ name: String) -> String {
        guard let sort = sort, sort.column == name else { return name }
        return name + (sort.descending ? "▼" : "▲")
    }

    private var sort: PanelDefinition.Sort? { state.sort ?? definition.sort }

    var sortedLines: [Line] {
        let lines = lines
        guard let sort = sort else { return lines }
        if let field = view.keyNames.firstIndex(of: sort.column) {
            return lines.sorted {
                let (a, b) = ($0.key.values[field], $1.key.values[field])
                return sort.descending ? b < a : a < b
            }
        }
        guard let aggregate = view.aggregateNames.firstIndex(of: sort.column) else { return lines }
        // Keys without a value come last either way; equal ones stay in the order of keys.
        let nothing = sort.descending ? -Double.infinity : .infinity
        let keyed = lines.enumerated().map {
            (order: $0, line: $1, x: value(aggregate, of: $1.slot, in: shownPane) ?? nothing)
        }
        return keyed.sorted {
            $0.x == $1.x ? $0.order < $1.order : sort.descending ? $0.x > $1.x : $0.x < $1.x
        }.map(\.line)
    }

    /// Of several key fields the last one, which mostly tells most, is shed last.
    private func requests(_ lines: [Line]) -> [ColumnRequest] {
        let keys = keyNames.indices.map { i in
            let widest = lines.prefix(500).map { cell($0, i).width }.max() ?? 4
            return ColumnRequest(
                minimum: min(widest, 10), ideal: max(widest, keyNames[i].count + 1),
                priority: 100 + i)
        }
        return keys + view.aggregateNames.indices.map(request)
    }

    /// What the table is sorted by, or its first column, is shed last.
    private func request(_ aggregate: Int) -> ColumnRequest {
        let name = view.aggregateNames[aggregate]
        let width = max(6, name.count + 1)
        let isMain = sort.map { $0.column == name } ?? (aggregate == 0)
        return ColumnRequest(
            minimum: width, ideal: max(width, 8), alignment: .trailing,
            priority: isMain ? 200 : 50 - aggregate)
    }

    private func cell(_ line: Line, _ field: Int) -> CleanText {
        line.key.values.isEmpty ? line.name : CleanText(line.key.values[field].description)
    }

    private func cells(_ line: Line, _ tenths: [Bool]) -> [CleanText] {
        keyNames.indices.map { cell(line, $0) }
            + view.aggregateNames.indices.map {
                let x = value($0, of: line.slot, in: shownPane)
                return CleanText(compactNumber(x, width: 5, tenths: tenths[$0]))
            }
    }

    private func styles(_ line: Line) -> [Style] {
        let isIdle = idleText(line.slot) != nil
        let role: Role = shownPane?.kind == .early ? .early : isIdle ? .dim : .text
        return keyNames.map { _ in Style(isIdle ? .dim : .text) }
            + view.aggregateNames.map { _ in Style(role) }
    }
}
