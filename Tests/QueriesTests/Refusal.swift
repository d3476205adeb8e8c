import Testing

@testable import Queries

/// A query that is refused: the place is marked by the line below it, as an editor would.
struct Refusal: CustomTestStringConvertible, Sendable {
    var text: String
    var marks: String
    /// Part of the message.
    var says: String

    init(_ text: String, _ marks: String, _ says: String) {
        self.text = text
        self.marks = marks
        self.says = says
    }

    var testDescription: String { text }

    func check(kind: QueryError.Kind = .syntax) {
        check(kind) { text throws(QueryError) in _ = try Query(parsing: text) }
    }

    /// Of an alert's condition.
    func checkCondition(kind: QueryError.Kind = .syntax) {
        check(kind) { text throws(QueryError) in _ = try Condition(parsing: text) }
    }

    private func check(_ kind: QueryError.Kind, _ read: (String) throws(QueryError) -> Void) {
        let error = #expect(throws: QueryError.self) { try read(text) }
        guard let error else { return }
        let found =
            String(repeating: " ", count: error.column - 1)
            + String(repeating: "^", count: error.length)
        #expect(found == marks, "\(text)\n\(found)\n\(error.message)")
        #expect(error.message.contains(says), "\(error.message)")
        #expect(error.kind == kind)
        #expect(!error.message.contains("\n"))
    }
}
