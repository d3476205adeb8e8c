extension DashboardReader {
    mutating func readLag(_ fields: Fields) {
        for entry in named(fields, .lag) ?? [] {
            lagNames.append(entry.key)
            guard checkName(entry.key, at: entry.keyOffset, of: "lag probe"),
                let fields = self.fields(of: entry.value, KeySet.lag)
            else { continue }
            guard let from = required("from", in: fields, of: entry),
                let group = required("group", in: fields, of: entry)
            else { continue }
            guard let source = probed(from), let name = text(group, limit: 200) else { continue }
            lag.append(LagDefinition(name: entry.key, from: source, group: name))
        }
    }

    private mutating func required(
        _ name: String, in fields: Fields, of entry: DocumentNode.Entry
    ) -> Fields.Field? {
        if let field = fields[name] { return field }
        if !fields.hasOthers {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "\(quotedPiece(entry.key)) has no `\(name)`; a lag probe is written "
                    + "`{ from: \"demo:plant\", group: store }`")
        }
        return nil
    }

    /// Only a source that knows of consumer groups can be asked.
    private mutating func probed(_ field: Fields.Field) -> String? {
        guard let source = source(field) else { return nil }
        if source.hasPrefix("demo:") { return source }
        refuse(
            field,
            "\(quotedPiece(source)) has no consumer groups; a lag probe asks a broker, or a demo "
                + "like `demo:plant`")
        return nil
    }
}
