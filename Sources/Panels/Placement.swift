import Configuration
import Screen

/// Where each panel stands: the dashboard's rows, as pages of one size.
///
/// A row whose panels would be narrower than they can be is broken into several. Rows stand below
/// each other on their page as long as each has its least height; what finds no room goes to a page
/// of its own behind, so that nothing is lost. What height is left goes to those that can use it.
package struct Placement: Hashable, Sendable {
    package struct Page: Hashable, Sendable {
        /// As the dashboard names it; nil: the first.
        package var name: String?
        package var panels: [Place]
    }

    /// A panel, by its index in reading order.
    package struct Place: Hashable, Sendable {
        package var panel: Int
        package var rect: Rect
    }

    /// At least one.
    package let pages: [Page]

    /// Panels side by side.
    private struct Line {
        var panels: [Int]
        var share: Int
        var least: Int
        /// More height is no use; nil: any is.
        var useful: Int?
    }

    /// `needs`: of each panel, how many lines it has use for; nil: any number.
    package init(_ rows: [PanelRow], needs: [Int?], in body: Rect) {
        let panels = rows.flatMap(\.panels)
        var pages: [Page] = []
        for (name, lines) in Self.lines(rows, panels, needs, body.width) {
            for stack in Self.stacks(lines, body.height) {
                pages.append(Page(name: name, panels: Self.places(stack, panels, in: body)))
            }
        }
        self.pages = pages.isEmpty ? [Page(name: nil, panels: [])] : pages
    }

    /// The page that a panel is on.
    package func page(of panel: Int) -> Int {
        pages.firstIndex { $0.panels.contains { $0.panel == panel } } ?? 0
    }

    /// The panel at a cell of a page.
    package func panel(atColumn column: Int, row: Int, page: Int) -> Place? {
        pages[page].panels.first { $0.rect.contains(column: column, row: row) }
    }

    /// Of each page of the dashboard, in the order in which they appear.
    private static func lines(
        _ rows: [PanelRow], _ panels: [PanelDefinition], _ needs: [Int?], _ width: Int
    ) -> [(name: String?, lines: [Line])] {
        var pages: [(name: String?, lines: [Line])] = []
        var next = 0
        for row in rows {
            let indices = Array(next..<next + row.panels.count)
            next += row.panels.count
            let lines = broken(indices, panels, width).map { part in
                let wishes = part.map { needs[$0] }
                return Line(
                    panels: part, share: row.height,
                    least: part.map { panels[$0].leastHeight }.max() ?? 1,
                    useful: wishes.contains(nil) ? nil : wishes.compactMap { $0 }.max())
            }
            if let known = pages.firstIndex(where: { $0.name == row.page }) {
                pages[known].lines += lines
            } else {
                pages.append((row.page, lines))
            }
        }
        return pages
    }

    /// A row as several, none wider than there is room for.
    private static func broken(
        _ indices: [Int], _ panels: [PanelDefinition], _ width: Int
    ) -> [[Int]] {
        var parts: [[Int]] = []
        var used = 0
        for index in indices {
            let least = panels[index].leastWidth
            if parts.isEmpty || used + least > width {
                parts.append([])
                used = 0
            }
            parts[parts.count - 1].append(index)
            used += least
        }
        return parts
    }

    private static func stacks(_ lines: [Line], _ height: Int) -> [[Line]] {
        var stacks: [[Line]] = []
        var used = 0
        for line in lines {
            if stacks.isEmpty || used + line.least > height {
                stacks.append([])
                used = 0
            }
            stacks[stacks.count - 1].append(line)
            used += line.least
        }
        return stacks
    }

    private static func places(
        _ lines: [Line], _ panels: [PanelDefinition], in body: Rect
    ) -> [Place] {
        let heights = Layout.split(
            body.height, shares: lines.map(\.share), minimums: lines.map(\.least),
            useful: lines.map(\.useful))
        return zip(lines, body.split(heights: heights)).flatMap { line, rect in
            let widths = Layout.split(
                rect.width, shares: line.panels.map { panels[$0].width },
                minimums: line.panels.map { panels[$0].leastWidth })
            return zip(line.panels, rect.split(widths: widths)).map { Place(panel: $0, rect: $1) }
        }
    }
}

extension PanelDefinition {
    /// Columns below which it says too little.
    var leastWidth: Int {
        minWidth
            ?? {
                switch content {
                case .gauge, .bars, .top, .health: 24
                case .sparkline, .table, .heatmap: 26
                case .area, .latency, .lag, .alerts, .deadLetters: 34
                case .watermark, .events: 38
                }
            }()
    }

    /// Lines below which it says too little.
    var leastHeight: Int {
        minHeight
            ?? {
                switch content {
                case .area: 7
                case .heatmap, .table: 5
                default: 4
                }
            }()
    }
}
