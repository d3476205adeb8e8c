import Events
import Foundation
import Queries
import Testing

@testable import Engine

/// What stands behind an arrow in docs/query-language.md is what the engine computes, as the
/// program writes it.
@Suite struct PageValueTests {
    /// Not Foundation's.
    private typealias Expression = Queries.Expression

    /// `expression → value`, in one of the page's blocks of `weir-value`.
    struct Example: CustomTestStringConvertible {
        var line: Int
        var text: String

        var testDescription: String { "query-language.md:\(line): \(text)" }
    }

    static let examples: [Example] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = root.appendingPathComponent("docs/query-language.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        var isInside = false
        return text.components(separatedBy: "\n").enumerated().compactMap { i, line in
            if line.hasPrefix("```") { isInside = line == "```weir-value" }
            let isExample = isInside && !line.hasPrefix("```")
            return isExample ? Example(line: i + 1, text: line) : nil
        }
    }()

    /// Compared as text: of `0.1 + 0.2` and of a letter with its accent that tells more.
    @Test(arguments: examples) func thePageSaysWhatItGives(example: Example) throws {
        let sides = example.text.components(separatedBy: " → ")
        try #require(sides.count == 2, "\(example.testDescription)")
        let expression = try Expression(parsing: sides[0])
        let got = written(value(expression))
        #expect(
            got.utf8.elementsEqual(sides[1].utf8),
            "line \(example.line): `\(sides[0])` gives \(got), the page says \(sides[1])")
    }

    /// Numbers and conditions have programs of their own, which aggregates and `where` run.
    @Test(arguments: examples) func everyProgramGivesTheSame(example: Example) throws {
        let expression = try Expression(parsing: example.text.components(separatedBy: " → ")[0])
        let value = value(expression)
        var fields = FieldTable()
        var rows = oneRow
        let number = NumberProgram(expression, &fields).evaluate(&rows)[0]
        #expect(
            written(number.isNaN ? .null : .number(number)) == written(value.ifNumber),
            "line \(example.line), as a number")
        guard expression.kind == .truth else { return }
        let truth = PredicateProgram(expression, &fields).evaluate(&rows)[0]
        #expect(Scalar.bool(truth) == value, "line \(example.line), as a condition")
    }

    @Test func thereAreExamplesOfEachFunction() {
        #expect(Self.examples.count >= 150)
        for function in Function.allCases {
            let call = "\(function.rawValue)("
            #expect(Self.examples.contains { $0.text.contains(call) }, "\(function)")
        }
    }

    /// Of an event without fields.
    private func value(_ expression: Expression) -> Scalar {
        var fields = FieldTable()
        let program = ValueProgram(expression, &fields)
        var rows = oneRow
        #expect(fields.uses.isEmpty, "the page has no event: \(expression)")
        return program.evaluate(&rows)[0]
    }

    private var oneRow: Evaluation {
        Evaluation(
            ColumnBatch(
                stream: 0, origin: Origin(source: "t"), firstOffset: 0, receivedAt: .epoch,
                lines: [0], times: [0]))
    }

    private func written(_ value: Scalar) -> String { Expression.literal(value).description }
}

extension Scalar {
    fileprivate var ifNumber: Scalar { if case .number = self { self } else { .null } }
}
