import Events
import Queries

extension DashboardReader {
    static let queryLimit = 4096

    mutating func readViews(_ fields: Fields) {
        guard let entries = named(fields, .views) else { return }
        var isFlow = false
        if case .mapping(_, true)? = fields["views"]?.value.content { isFlow = true }
        for entry in entries {
            viewNames.append(entry.key)
            guard checkViewName(entry, isFlow: isFlow) else { continue }
            if let view = view(entry, isFlow: isFlow) { views.append(view) }
        }
    }

    /// In braces the rest of a query after its comma looks like a name without a value.
    private mutating func checkViewName(_ entry: DocumentNode.Entry, isFlow: Bool) -> Bool {
        if isFlow, entry.value.content == .nothing {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "\(quotedPiece(entry.key)) has no query; inside braces a comma ends a query, so "
                    + "put queries in quotes")
            return false
        }
        return checkName(entry.key, at: entry.keyOffset, of: "view")
    }

    private mutating func view(_ entry: DocumentNode.Entry, isFlow: Bool) -> ViewDefinition? {
        guard let text = queryText(entry) else { return nil }
        do throws(QueryError) {
            let query = try query(text.line)
            guard let stream = stream(of: query, in: text, entry) else { return nil }
            checkClock(of: query, in: text, entry, stream: streams[stream].definition)
            checkMemory(of: query, name: entry.key, stream: stream)
            return ViewDefinition(
                name: entry.key, query: query, text: text.line, stream: stream)
        } catch {
            problems.append(text.cutQuery(in: source, entry) ?? text.problem(error))
            return nil
        }
    }

    /// Fields have the units of the stream that the query turns out to read.
    private func query(_ text: String) throws(QueryError) -> Query {
        let streams = streams.map(\.definition)
        for stream in streams.dropFirst() {
            guard let query = try? Query(parsing: text, units: stream.units) else { continue }
            if query.stream == stream.name { return query }
        }
        return try Query(parsing: text, units: streams.first?.units ?? [:])
    }

    private mutating func queryText(_ entry: DocumentNode.Entry) -> QueryText? {
        let name = quotedPiece(entry.key)
        switch entry.value.content {
        case .scalar(let value, let style):
            let text = QueryText(value, style: style, at: entry.value.offset, in: source)
            if !text.line.isEmpty, text.line.count <= Self.queryLimit { return text }
            let found = text.line.isEmpty ? "is empty" : "has \(text.line.count) characters"
            refuse(
                entry.value,
                "the query of \(name) \(found); expected 1 to \(Self.queryLimit) characters")
        case .nothing:
            let line = KeyLine(at: entry.keyOffset, in: source)
            let isComment = line?.rest.hasPrefix("#") == true
            refuse(
                key: entry.key, at: entry.keyOffset,
                "view \(name) has no query"
                    + (isComment ? "; after ` #` YAML reads a comment" : ""))
        case .list, .mapping:
            let line = KeyLine(at: entry.value.offset, in: source)
            refuse(
                entry.value,
                "view \(name) takes a query, found \(entry.value.kind)"
                    + (line.flatMap { misread($0, entry) } ?? ""))
        }
        return nil
    }

    /// A query on a line of its own, which YAML split at `: `.
    private func misread(_ line: KeyLine, _ entry: DocumentNode.Entry) -> String? {
        line.rest.isEmpty || line.name != entry.key ? nil : "; " + line.advice
    }

    /// The stream it reads; nil after it has been reported that there is none.
    private mutating func stream(
        of query: Query, in text: QueryText, _ entry: DocumentNode.Entry
    ) -> Int? {
        let names = streams.map(\.definition.name)
        guard !names.isEmpty else { return nil }
        guard let name = query.stream else {
            if names.count == 1 { return 0 }
            refuse(
                entry.value,
                "view \(quotedPiece(entry.key)) doesn't say which stream it reads; with several "
                    + "write `from` and one of "
                    + names.prefix(12).map { quotedPiece($0) }.joined(separator: ", "))
            return nil
        }
        if let index = names.firstIndex(of: name) { return index }
        add(
            "there is no stream \(quotedPiece(name)); " + suggestion(name, among: names),
            at: text.offset(ofStream: name), length: name.unicodeScalars.count)
        return nil
    }

    /// With a watermark for each device, a window without devices has none.
    private mutating func checkClock(
        of query: Query, in text: QueryText, _ entry: DocumentNode.Entry, stream: StreamDefinition
    ) {
        guard let clock = stream.watermarkBy, query.window != nil else { return }
        if query.hop == nil {
            refuse(
                entry.value,
                "view \(quotedPiece(entry.key)) is one of sessions, which close by the stream's "
                    + "watermark; read the source as a second stream without `watermark_by`")
        }
        guard !query.keys.contains(clock) else { return }
        let field = quotedPiece(clock.description)
        refuse(
            entry.value,
            "view \(quotedPiece(entry.key)) has a window and isn't `by` \(field), of which each "
                + "value has a watermark (`watermark_by`); add it to `by`, or read the source as a "
                + "second stream without `watermark_by`")
    }

    /// A key must not be forgotten while one of its windows can still change. Where the file
    /// doesn't say how long keys are kept, they are kept long enough.
    private mutating func checkMemory(of query: Query, name: String, stream index: Int) {
        guard let window = query.window, streams[index].isSound else { return }
        let stream = streams[index].definition
        let least = window.length + stream.allowedLateness
        guard stream.forgetAfter < least else { return }
        guard let field = streams[index].forgetAfter else {
            streams[index].definition.forgetAfter = least
            return
        }
        refuse(
            field,
            "`forget_after` is \(stream.forgetAfter.written); view \(quotedPiece(name)) "
                + "needs at least its window + allowed_lateness, which is \(least.written)")
    }
}
