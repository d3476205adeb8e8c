/// What is wrong with a query, and where.
package struct QueryError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case syntax
        /// Part of the language, but of a later version.
        case notBuiltYet
    }
    package var kind: Kind
    /// From 1, in characters.
    package var column: Int
    /// How many characters it is about; at least 1.
    package var length: Int
    /// One line: what was read and what was expected or could stand there.
    package var message: String

    package init(kind: Kind = .syntax, column: Int, length: Int = 1, message: String) {
        self.kind = kind
        self.column = column
        self.length = length
        self.message = message
    }
}
