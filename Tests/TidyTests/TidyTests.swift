import Testing

/// The rules of `docs/architecture.md`, held against every Swift file of the repository.
@Suite("Tidy")
struct TidyTests {
    let tree: SourceTree

    init() throws { tree = try SourceTree.repository.get() }

    @Test("the tree was found")
    func found() {
        #expect(tree.files.count > 100)
        #expect(tree.files.contains { $0.path == "Sources/Engine/Engine.swift" })
    }

    @Test("100 columns") func columns() { report(tree.files.flatMap(Rules.columns)) }

    @Test("files of at most 500 lines, half of them at most 150")
    func lengths() {
        report(tree.files.flatMap(Rules.length) + Rules.medianLength(tree.files))
    }

    @Test("functions of at most 70 lines, half of them at most 8")
    func functions() {
        let sources = tree.files.filter(\.isSource)
        report(tree.files.flatMap(Rules.functionLengths) + Rules.medianFunction(sources))
    }

    @Test("names that say something") func names() { report(tree.files.flatMap(Rules.name)) }

    @Test("nothing that is banned") func calls() { report(tree.files.flatMap(Rules.calls)) }

    @Test("each room imports what the table says")
    func imports() {
        let table = RoomTable(tree.architecture)
        #expect(table.rooms.count == 14)
        report(tree.files.flatMap { Rules.imports($0, table) })
    }

    @Test("the table's rooms are the package's targets")
    func rooms() {
        report(RoomTable(tree.architecture).complaints(about: tree.manifest))
    }

    @Test("the files that the page names are there")
    func pageNames() {
        let named = tree.architecture.split(separator: "`").filter {
            $0.contains("/") && $0.hasSuffix(".swift") && !$0.contains(" ")
        }
        #expect(named.count > 10)
        for path in named where !tree.has("Sources/\(path)") {
            Issue.record("docs/architecture.md names \(path), which isn't there")
        }
    }

    private func report(_ complaints: [String]) {
        for complaint in complaints { Issue.record(Comment(rawValue: complaint)) }
    }
}
