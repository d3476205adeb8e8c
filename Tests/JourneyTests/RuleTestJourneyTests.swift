import Foundation
import FoundationXML
import Testing

/// `weir test` on the example of the opening sentence: three sites, 120 seconds.
@Suite struct RuleTestJourneyTests {
    private static let examples = CommandPage.folder.deletingLastPathComponent()
        .appendingPathComponent("Examples")

    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "weir-rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    /// The example with one piece of it written otherwise, beside its feeds.
    private func copy(_ piece: String, _ other: String) throws -> URL {
        let text = try String(
            contentsOf: Self.examples.appendingPathComponent("overheating.yaml"), encoding: .utf8)
        try #require(text.contains(piece))
        for feed in ["hot-sites.ndjson", "two-sites.ndjson"] {
            try FileManager.default.copyItem(
                at: Self.examples.appendingPathComponent(feed),
                to: folder.appendingPathComponent(feed))
        }
        let file = folder.appendingPathComponent("changed.yaml")
        try text.replacingOccurrences(of: piece, with: other)
            .write(to: file, atomically: true, encoding: .utf8)
        return file
    }

    @Test func theExampleHoldsItsWord() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try runWeir(["test", Self.examples.path + "/overheating.yaml"])
        #expect(run.status == 0)
        #expect(run.out.contains("pass  three hot sites page after two minutes"))
        #expect(run.err == "weir: 2 tests: 2 passed, 0 failed\n")
    }

    /// Each change of the rule is caught by one of the tests, and said in a few lines.
    @Test(arguments: [
        ("for: 120s", "for: 119s", "overheating fires\n      expected  121s\n      found     2m"),
        (
            "across: 3", "across: 4",
            "overheating fires\n      expected  121s\n      found     never"
        ),
        (
            "across: 3", "across: 2",
            "overheating fires\n      expected  never\n      found     121s"
        ),
        ("temp > 80", "temp > 86.5", "overheating becomes pending\n      expected  1s\n"),
        ("clear: heat.temp < 75", "clear: heat.temp < 70", "is resolved\n      expected  150s"),
        ("groups: 3", "groups: 2", "expected  2 groups\n      found     3: austin, berlin, osaka"),
    ])
    func aChangedRuleIsCaught(piece: String, other: String, words: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try copy(piece, other)
        let run = try runWeir(["test", file.path])
        #expect(run.status == 3)
        #expect(run.out.contains(words), "\(run.out)")
    }

    @Test func aBuildServerReadsIt() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try copy("  - name: two are not enough", "  - name: \"two <&\\\"> are not\"")
        let results = folder.appendingPathComponent("results.xml")
        let run = try runWeir(["test", file.path, "--junit", results.path])
        #expect(run.status == 0)
        let reader = CaseReader()
        let parser = try #require(XMLParser(contentsOf: results))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(
            reader.names == ["three hot sites page after two minutes", "two <&\"> are not"])
    }

    @Test func aFeedThatIsNotThereFails() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try copy("feed: hot-sites.ndjson", "feed: nowhere.ndjson")
        let run = try runWeir(["test", file.path])
        #expect(run.status == 3)
        #expect(run.out.contains("nowhere.ndjson: No such file or directory"))
    }
}

private final class CaseReader: NSObject, XMLParserDelegate {
    private(set) var names: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        if name == "testcase" { names.append(attributes["name"] ?? "") }
    }
}
