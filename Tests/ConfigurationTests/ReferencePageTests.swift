import Foundation
import Testing

@testable import Configuration

/// docs/dashboard.md says what the reader does.
@Suite struct ReferencePageTests {
    private let page: String

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        page = try String(
            contentsOf: root.appendingPathComponent("docs/dashboard.md"), encoding: .utf8)
    }

    @Test func everyExampleIsADashboard() throws {
        let parts = page.components(separatedBy: "```yaml\n").dropFirst()
        let examples = parts.map { $0.components(separatedBy: "```")[0] }
        #expect(examples.count >= 4)
        for example in examples {
            #expect(problems(of: example).map(\.description) == [], "\(example)")
        }
    }

    @Test(arguments: KeySet.all.flatMap(\.built))
    func everyKeyHasItsRow(key: String) {
        #expect(page.contains("\n| `\(key)` |"), "no row for \(key)")
    }

    @Test(arguments: KeySet.all.flatMap(\.later))
    func everyLaterKeyIsNamed(key: String) {
        let section = page.components(separatedBy: "## Not built yet").last ?? ""
        #expect(section.contains("`\(key)`"), "\(key) is not named")
    }

    /// A key on the page that nobody reads.
    @Test func noRowIsMadeUp() {
        let known = Set(KeySet.all.flatMap(\.built))
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let names = rows.compactMap { $0.dropFirst(3).split(separator: "`").first.map(String.init) }
        let keys = names.filter { Name.isValid($0) }
        #expect(keys.count >= 25)
        #expect(keys.filter { !known.contains($0) } == [])
    }
}
