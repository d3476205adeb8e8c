import Foundation
import Testing

@testable import Queries

/// docs/query-language.md says what the parser does.
@Suite struct ReferencePageTests {
    private let page: String

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        page = try String(
            contentsOf: root.appendingPathComponent("docs/query-language.md"), encoding: .utf8)
    }

    /// The lines of the code blocks of a language.
    private func lines(of language: String) -> [String] {
        page.components(separatedBy: "\n```\(language)\n").dropFirst().flatMap {
            $0.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
        }
    }

    @Test func everyExampleIsRead() throws {
        let examples = lines(of: "weir")
        #expect(examples.count >= 12)
        for example in examples {
            #expect(throws: Never.self, "\(example)") {
                let query = try Query(parsing: example)
                #expect(try Query(parsing: query.description) == query)
            }
        }
    }

    @Test func everyExampleOfALaterVersionIsRefusedAsSuch() {
        let examples = lines(of: "weir-refused")
        #expect(examples.count >= 8)
        for example in examples {
            let error = #expect(throws: QueryError.self) { try Query(parsing: example) }
            #expect(error?.kind == .notBuiltYet, "\(example): \(error?.message ?? "")")
        }
    }

    /// Each as `query`, and below it carets and the message.
    @Test func everyErrorIsAsThePageShowsIt() {
        let blocks = page.components(separatedBy: "\n```weir-error\n").dropFirst()
            .map { $0.components(separatedBy: "\n```")[0].components(separatedBy: "\n") }
        #expect(blocks.count >= 4)
        for block in blocks where block.count == 3 {
            let error = #expect(throws: QueryError.self) { try Query(parsing: block[0]) }
            guard let error else { continue }
            let marks =
                String(repeating: " ", count: error.column - 1)
                + String(repeating: "^", count: error.length)
            #expect(marks == block[1], "\(block[0])")
            #expect(error.message == block[2])
        }
        #expect(blocks.allSatisfy { $0.count == 3 })
    }

    @Test(arguments: FunctionNames.aggregates + FunctionNames.conditions)
    func everyFunctionHasItsRow(name: String) {
        #expect(page.contains("\n| `\(name)("), "no row for \(name)")
    }

    @Test(arguments: FunctionNames.laterAggregates + FunctionNames.laterFunctions)
    func everyLaterFunctionIsNamed(name: String) {
        let section = page.components(separatedBy: "## Not built yet").last ?? ""
        #expect(section.contains("`\(name)`"), "\(name) is not named")
    }

    @Test func everyKeywordIsNamed() {
        let paragraph = page.components(separatedBy: "Keywords:").last ?? ""
        for keyword in Keyword.allCases {
            #expect(paragraph.prefix(300).contains("`\(keyword.rawValue)`"), "\(keyword)")
        }
    }
}
