import Events

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
            lag.append(
                LagDefinition(
                    name: entry.key, from: source, group: name,
                    settings: reach(of: source, from, fields)))
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
                    + "`{ from: \"kafka://broker:9092/orders\", group: billing }`")
        }
        return nil
    }

    /// How the broker is reached: none of the options of reading, in the name neither.
    private mutating func reach(
        of source: String, _ from: Fields.Field, _ fields: Fields
    ) -> SourceSettings {
        var others = Fields(offset: fields.offset)
        for field in fields.fields where !["from", "group"].contains(field.name) {
            others.append(field)
        }
        let settings = settings(of: source, from: from, in: others)
        let known = KeySet.lagOptions.map(\.name)
        for name in settings.written.map(\.name) where !known.contains(name) {
            refuse(from, "`\(name)` is about reading, and a lag probe only asks")
        }
        return settings
    }

    /// Only a source that knows of consumer groups can be asked.
    private mutating func probed(_ field: Fields.Field) -> String? {
        guard let source = source(field) else { return nil }
        if source.hasPrefix("demo:") { return source }
        if let scheme = RemoteScheme(source: source), scheme.hasGroups {
            guard scheme == .redis, ((try? SourceURL(source)) ?? nil)?.path.isEmpty ?? true else {
                return source
            }
            refuse(field, "the stream is missing; it is written `\(scheme.example)`")
            return nil
        }
        refuse(
            field,
            "\(quotedPiece(source)) has no consumer groups; a lag probe asks a broker, or a demo "
                + "like `demo:plant`")
        return nil
    }
}
