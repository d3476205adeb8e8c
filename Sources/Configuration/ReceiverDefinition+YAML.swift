import Events

extension ReceiverDefinition {
    /// As a line of a dashboard file.
    var line: String {
        let standard = ReceiverDefinition(name: name, way: way)
        var parts = ["\(way.name): \(doubleQuoted(way.written))"]
        if !only.isEmpty {
            let labels = only.map { "\($0.name): \(doubleQuoted($0.value))" }
            parts.append("only: { \(labels.joined(separator: ", ")) }")
        }
        if groupBy != standard.groupBy {
            let names = groupBy.map(doubleQuoted)
            parts.append("group_by: [\(names.joined(separator: ", "))]")
        }
        let durations = [
            ("group_wait", groupWait, standard.groupWait),
            ("group_interval", groupInterval, standard.groupInterval),
            ("repeat_interval", repeatInterval, standard.repeatInterval),
            ("timeout", timeout, standard.timeout),
        ]
        for (key, value, usual) in durations where value != usual {
            parts.append("\(key): \(value.written)")
        }
        if !sendResolved { parts.append("send_resolved: false") }
        if let bearerToken { parts.append("bearer_token: \(doubleQuoted(bearerToken.written))") }
        if let caFile { parts.append("ca_file: \(doubleQuoted(caFile))") }
        return "  \(name): { \(parts.joined(separator: ", ")) }"
    }
}
