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
        #expect(examples.count >= 30)
        for example in examples {
            #expect(throws: Never.self, "\(example)") {
                let query = try Query(parsing: example)
                #expect(try Query(parsing: query.description) == query)
            }
        }
    }

    /// What each gives is tested with the engine.
    @Test func everyValueIsRead() {
        let lines = lines(of: "weir-value")
        #expect(lines.count >= 90)
        for line in lines {
            #expect(throws: Never.self, "\(line)") {
                for side in line.components(separatedBy: " → ") {
                    let expression = try Expression(parsing: side)
                    #expect(try Expression(parsing: expression.description) == expression)
                }
            }
        }
    }

    @Test(arguments: Function.allCases)
    func everyFunctionHasItsValues(function: Function) {
        let name = function.rawValue
        let found = lines(of: "weir-value").filter { $0.contains("\(name)(") }
        #expect(found.count >= 3, "\(name)")
        #expect(found.contains { $0.hasSuffix("→ null") || $0.hasSuffix("→ false") }, "\(name)")
    }

    /// Each as `query`, and below it carets and the message.
    @Test func everyErrorIsAsThePageShowsIt() {
        let blocks = page.components(separatedBy: "\n```weir-error\n").dropFirst()
            .map { $0.components(separatedBy: "\n```")[0].components(separatedBy: "\n") }
        #expect(blocks.count >= 8)
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

    @Test(arguments: FunctionNames.aggregates + FunctionNames.scalars)
    func everyFunctionHasItsRow(name: String) {
        #expect(page.contains("\n| `\(name)("), "no row for \(name)")
    }

    @Test(arguments: Queries.Unit.allCases)
    func everyUnitIsNamed(unit: Queries.Unit) {
        #expect(page.contains("`_\(unit.name)`"), "\(unit)")
    }

    @Test func everyUnitOfALiteralIsInTheGrammar() {
        let grammar = page.components(separatedBy: "```ebnf")[1].components(separatedBy: "```")[0]
        for name in Quantity.unitNames where name != "\u{3BC}s" {
            #expect(grammar.contains("\"\(name)\""), "\(name)")
        }
    }

    @Test func everyKeywordIsNamed() {
        let paragraph = page.components(separatedBy: "Keywords:").last ?? ""
        for keyword in Keyword.allCases {
            #expect(paragraph.prefix(300).contains("`\(keyword.rawValue)`"), "\(keyword)")
        }
    }
}
