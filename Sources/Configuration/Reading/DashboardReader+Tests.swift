import Events

/// `tests`: a list of feeds, and what is expected of each.
extension DashboardReader {
    static let testLimit = 200
    static let expectationLimit = 100
    static let recordLimit = 1000

    mutating func readTests(_ fields: Fields) -> [TestDefinition] {
        guard let field = fields["tests"] else { return [] }
        let example = "- { name: …, feed: FILE, expect: { alert: …, firing_at: 2m } }"
        let items = list(field, limit: Self.testLimit, of: "tests", like: example)
        var tests: [TestDefinition] = []
        for item in items {
            guard let test = test(item) else { continue }
            if tests.contains(where: { $0.name == test.name }) {
                refuse(item, "there are two tests called \(quotedPiece(test.name))")
            }
            tests.append(test)
        }
        return tests
    }

    private mutating func test(_ node: DocumentNode) -> TestDefinition? {
        guard let fields = fields(of: node, .test) else { return nil }
        let before = problems.count
        for (key, what) in [("name", "what it is about"), ("feed", "a file, or a list of records")]
        where fields[key] == nil && !fields.hasOthers {
            refuse(node, "a test has no `\(key)`, \(what)")
        }
        let name = fields["name"].flatMap { text($0, limit: 200) }
        let stream = fedStream(fields, node)
        let feed = fields["feed"].flatMap { readFeed($0, stream: stream) }
        let expectations = readExpectations(fields, node)
        guard let name, let stream, let feed, problems.count == before else { return nil }
        return TestDefinition(name: name, feed: feed, stream: stream, expectations: expectations)
    }

    /// Items of a list, at least one; `like`: an item, for the message.
    mutating func list(
        _ field: Fields.Field, limit: Int, of what: String, like example: String
    ) -> [DocumentNode] {
        guard case .list(let items) = field.value.content, !items.isEmpty else {
            let found = field.value.content == .list([]) ? "an empty one" : field.value.kind
            refuse(
                field, "`\(field.name)` is a list of \(what), like `\(example)`, found \(found)")
            return []
        }
        if items.count > limit {
            add("\(items.count) \(what); at most \(limit)", at: field.offset)
        }
        return Array(items.prefix(limit))
    }

    /// An index; 0 where there is one stream.
    private mutating func fedStream(_ fields: Fields, _ node: DocumentNode) -> Int? {
        let names = streams.map(\.definition.name)
        guard let field = fields["stream"] else {
            if names.count < 2 { return names.isEmpty ? nil : 0 }
            refuse(
                node,
                "this test doesn't say which stream it feeds; with several write `stream` and one "
                    + "of " + names.prefix(12).map { quotedPiece($0) }.joined(separator: ", "))
            return nil
        }
        guard let name = text(field, limit: 100) else { return nil }
        if let index = names.firstIndex(of: name) { return index }
        refuse(
            field, "there is no stream \(quotedPiece(name)); " + suggestion(name, among: names))
        return nil
    }

    // MARK: Feeds

    private mutating func readFeed(_ field: Fields.Field, stream: Int?) -> TestDefinition.Feed? {
        if case .scalar = field.value.content {
            guard let path = text(field, limit: 4096) else { return nil }
            guard SourceScheme.of(path) == nil, path != "stdin", path != "-" else {
                refuse(field, "`feed` is a file, or a list of records; \(quotedPiece(path)) is not")
                return nil
            }
            return .file(path)
        }
        let items = list(
            field, limit: Self.recordLimit, of: "records",
            like: "- { ts: 2026-01-01T12:00:00Z, site: berlin, temperature: 85 }")
        guard !items.isEmpty, let stream else { return nil }
        let definition = streams[stream].definition
        let format = definition.format ?? RecordFormat(path: definition.from)
        return .records(items.compactMap { record($0, format, field) })
    }

    /// A line as it is, or a mapping, which is an object in JSON.
    private mutating func record(
        _ node: DocumentNode, _ format: RecordFormat, _ field: Fields.Field
    ) -> String? {
        guard case .mapping = node.content else {
            return text(
                Fields.Field(name: "feed", offset: field.offset, value: node), limit: 65_536)
        }
        guard format == .json else {
            refuse(
                node,
                "a record in braces is JSON, and this stream reads \(format.name): write the line "
                    + "in quotes, as it comes")
            return nil
        }
        return node.json
    }
}
