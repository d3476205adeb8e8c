import Queries

/// Lines that nobody can read.
extension InferredDashboard {
    package static let rawTitle = "lines, as they are: no format fits"

    /// The lines as they are. There is no rate of them: only records are counted in windows.
    static func raw(_ stream: StreamDefinition) -> Dashboard {
        var dashboard = Dashboard(title: "lines of \(stream.from)", streams: [stream])
        let text = "count() as records"
        if let query = try? Query(parsing: text) {
            dashboard.views = [
                ViewDefinition(name: "records", query: query, text: text, stream: 0)
            ]
        }
        var panel = PanelDefinition(content: .deadLetters(stream: 0))
        panel.title = rawTitle
        dashboard.rows = [PanelRow(panels: [panel])]
        return dashboard
    }

    /// What to do about JSON that isn't one record a line; nil if it doesn't look like it. A line
    /// of a log can begin with `[` too, and have an indented one after it.
    static func jsonAdvice(_ lines: [String]) -> String? {
        let marks = lines.first.map { $0.filter { $0 > " " }.prefix(2) } ?? ""
        let (opening, next) = (marks.first, marks.dropFirst().first)
        let isArray = opening == "[" && [nil, "{", "[", "\"", "]"].contains(next)
        let isObject = opening == "{" && [nil, "\"", "}"].contains(next)
        let isIndented = lines.contains { $0.first == " " || $0.first == "\t" }
        guard isArray || isObject && isIndented else { return nil }
        let what = isIndented ? "JSON over several lines?" : "a JSON array?"
        return what + " make it one record a line: jq -c " + (isArray ? "'.[]'" : ".")
    }
}
