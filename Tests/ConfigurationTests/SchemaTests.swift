import Events
import Foundation
import TestSeeds
import Testing

@testable import Configuration

/// docs/dashboard.schema.json says what the reader does, as far as a schema can.
@Suite struct SchemaTests {
    private let schema: DashboardSchema

    init() throws { schema = try DashboardSchema() }

    // MARK: What is right

    @Test func ourDashboardsAreValid() throws {
        let examples = DashboardSchema.root.appendingPathComponent("Examples")
        let files = try FileManager.default.contentsOfDirectory(
            at: examples, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "yaml" }
        let benchmark = DashboardSchema.root.appendingPathComponent("Benchmarks/j1.yaml")
        #expect(files.count >= 3)
        try expectValid((files + [benchmark]).map { try String(contentsOf: $0, encoding: .utf8) })
    }

    @Test func theReferencesExamplesAreValid() throws {
        let parts = try page().components(separatedBy: "```yaml\n").dropFirst()
        #expect(parts.count >= 4)
        try expectValid(parts.map { $0.components(separatedBy: "```")[0] })
    }

    @Test func eachSpellingIsValid() throws { try expectValid(RightDashboards.spelled) }

    @Test func whatWeirWritesIsValid() throws {
        try expectValid(
            seeds(100).map { seed in
                var dice = Dice(seed: seed)
                return try dice.dashboard().yaml
            })
    }

    /// For the schema and for the reader.
    private func expectValid(_ texts: [String]) throws {
        for (text, complaints) in zip(texts, try DashboardSchema.complaints(about: texts)) {
            #expect(complaints == [], "\(text)")
            #expect(problems(of: text).map(\.description) == [], "\(text)")
        }
    }

    // MARK: What is wrong

    @Test(arguments: [Mistake.ofStreams, Mistake.ofPanels, Mistake.ofTests, Mistake.ofReceivers])
    func bothRefuse(mistakes: [Mistake]) throws { try expectRefused(mistakes) }

    @Test(arguments: [
        Mistake.ofMeaning, Mistake.ofServed, Mistake.ofWholes, Mistake.ofNumbers,
        Mistake.ofTestedNames, Mistake.ofTellingWhom,
    ])
    func onlyTheReaderRefuses(mistakes: [Mistake]) throws { try expectRefused(mistakes) }

    @Test func onlyTheSchemaRefuses() throws {
        let texts = RightDashboards.refusedByEditors
        for (text, complaints) in zip(texts, try DashboardSchema.complaints(about: texts)) {
            #expect(complaints.count == 1, "\(text)")
            #expect(problems(of: text).map(\.description) == [], "\(text)")
        }
    }

    /// The reader tells of one problem, and so does the schema, in the mistake's place alone.
    private func expectRefused(_ mistakes: [Mistake]) throws {
        let found = try DashboardSchema.complaints(about: mistakes.map(\.file))
        for (mistake, complaints) in zip(mistakes, found) {
            let said = problems(of: mistake.file).map(\.message)
            #expect(said.count == 1, "\(said) of \(mistake.file)")
            #expect(said.allSatisfy { $0.contains(mistake.message) }, "\(said)")
            let places = Set(complaints.map { $0.components(separatedBy: ": ")[0] })
            #expect(places == Set([mistake.place].compactMap(\.self)), "\(mistake.file)")
        }
    }

    // MARK: What is in the schema

    private static let levels: [(path: String, keys: KeySet)] = [
        ("", .dashboard), ("/$defs/stream", .stream), ("/$defs/lag", .lag),
        ("/$defs/alert", .alert), ("/$defs/row", .row), ("/$defs/panel", .panelAsRow),
        ("/$defs/receiver", .receiver), ("/$defs/test", .test),
        ("/$defs/expected_alert", .alertExpectation),
        ("/$defs/expected_view", .viewExpectation),
    ]

    @Test(arguments: levels)
    func theKeysAreTheReaders(path: String, keys: KeySet) throws {
        let properties: [String: Any] = try schema.value(path + "/properties")
        #expect(properties.keys.sorted() == keys.built.sorted())
        #expect(try schema.value(path + "/additionalProperties") == false)
    }

    @Test func everyKeySetHasItsLevel() {
        #expect(
            Set(Self.levels.flatMap(\.keys.built)) == Set(KeySet.all.flatMap(\.built)))
    }

    @Test func aPanelShowsOneThing() throws {
        let choices: [[String: [String]]] = try schema.value("/$defs/panel/oneOf")
        let names = choices.flatMap { $0["required"] ?? [] }
        #expect(names.sorted() == KeySet.panelKinds.built.sorted())
    }

    /// In the words of docs/dashboard.md.
    @Test(arguments: levels)
    func everyKeyIsDescribed(path: String, keys: KeySet) throws {
        let page = try page()
        for key in keys.built {
            let words: String = try schema.value("\(path)/properties/\(key)/description")
            #expect(page.contains("\n| `\(key)` | \(words) |"), "\(key): \(words)")
        }
    }

    @Test(arguments: [
        ("/properties/streams/maxProperties", Section.streams.limit),
        ("/properties/views/maxProperties", Section.views.limit),
        ("/properties/lag/maxProperties", Section.lag.limit),
        ("/properties/alerts/maxProperties", Section.alerts.limit),
        ("/properties/panels/maxItems", DashboardReader.rowLimit),
        ("/$defs/row/properties/row/maxItems", DashboardReader.panelsPerRow),
        ("/$defs/share/maximum", DashboardReader.shares.upperBound),
        ("/$defs/stream/properties/stages/maxItems", DashboardReader.stageLimit),
        ("/$defs/alert/properties/labels/maxProperties", DashboardReader.labelLimit),
        ("/$defs/query/maxLength", DashboardReader.queryLimit),
        ("/properties/notify/maxProperties", Section.notify.limit),
        ("/$defs/receiver/properties/group_by/maxItems", DashboardReader.nameLimit),
        ("/properties/tests/maxItems", DashboardReader.testLimit),
        ("/$defs/test/properties/feed/maxItems", DashboardReader.recordLimit),
        ("/$defs/test/properties/expect/else/maxItems", DashboardReader.expectationLimit),
    ])
    func theLimitsAreTheReaders(path: String, limit: Int) throws {
        #expect(try schema.value(path) == limit)
    }

    @Test(arguments: [
        ("/$defs/demo/enum", DemoName.allCases.map(\.source)),
        (
            "/$defs/receiver/properties/terminal/enum",
            ReceiverDefinition.TerminalSign.allCases.map(\.rawValue)
        ),
        ("/$defs/stream/properties/time_unit/enum", TimeFormat.Unit.allCases.map(\.rawValue)),
    ])
    func theChoicesAreTheReaders(path: String, names: [String]) throws {
        #expect(try schema.value(path) == names)
    }

    /// The reader lists them to whoever asks for another one.
    @Test func theFormatsAreTheReaders() throws {
        let names: [String] = try schema.value("/$defs/stream/properties/format/enum")
        let said = problems(of: DashboardPart.stream.dashboard("from: x, format: xml"))
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        #expect(said.map(\.message) == ["`format` is `xml`; there is \(list)"])
    }

    private func page() throws -> String {
        try String(
            contentsOf: DashboardSchema.root.appendingPathComponent("docs/dashboard.md"),
            encoding: .utf8)
    }
}
