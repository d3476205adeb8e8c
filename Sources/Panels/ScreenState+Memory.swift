import Configuration
import Events

/// What of the screen survives a restart, as lines of text: a word and its values.
extension ScreenState {
    package var kept: [String] {
        var lines = ["focus \(focus)"]
        if isZoomed { lines.append("zoomed") }
        if clock != .utc { lines.append("local") }
        if !filter.isEmpty { lines.append("filter \(filter.text)") }
        for (index, panel) in panelStates.enumerated() {
            if let sort = panel.sort {
                lines.append("sort \(index) \(sort.descending ? "-" : "+")\(sort.column)")
            }
            if let isLog = panel.isLog { lines.append("log \(index) \(isLog)") }
            if panel.range != 0 { lines.append("range \(index) \(panel.range)") }
        }
        lines += bookmarks.map { "bookmark \($0.number) \($0.at.rawValue) \($0.name)" }
        return lines + commandHistory.suffix(50).map { "command \($0)" }
    }

    /// Lines that say nothing here are passed over: the dashboard may have changed.
    package mutating func restore(_ lines: [String]) {
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            let rest = parts.count > 1 ? parts[1] : ""
            switch parts.first {
            case "focus": if let n = Int(rest), panels.indices.contains(n) { focus = n }
            case "zoomed": isZoomed = true
            case "local": clock = localClock
            case "filter": filter.text = rest
            case "command": commandHistory.append(rest)
            case "bookmark": if let bookmark = Bookmark(line: rest) { bookmarks.append(bookmark) }
            case "sort"?, "log"?, "range"?: restore(panel: parts[0], rest)
            default: break
            }
        }
    }

    private mutating func restore(panel word: String, _ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let index = Int(parts[0]), panels.indices.contains(index) else {
            return
        }
        switch word {
        case "sort":
            guard let view = panels[index].content.sortedView else { return }
            let column = String(parts[1].dropFirst())
            let query = dashboard.views[view].query
            guard (query.columnNames + query.keyNames).contains(column) else { return }
            panelStates[index].sort = PanelDefinition.Sort(
                column: column, descending: parts[1].hasPrefix("-"))
        case "log": panelStates[index].isLog = parts[1] == "true"
        default:
            if let range = Int(parts[1]), TimeAxis.levels.contains(range) {
                panelStates[index].range = range
            }
        }
    }
}

extension Bookmark {
    /// `number time name`.
    fileprivate init?(line: String) {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let number = UInt64(parts[0]), let at = Int64(parts[1]) else {
            return nil
        }
        self.init(number: number, at: Timestamp(rawValue: at), name: String(parts[2]))
    }
}
