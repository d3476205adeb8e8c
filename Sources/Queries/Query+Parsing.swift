import Events

extension Query {
    /// How much a query may hold; past each of these it is refused.
    package enum Limit {
        /// Of the text, in Unicode scalars.
        package static let characters = QuerySource.limit
        package static let aggregates = 64
        package static let keys = 8
        /// Of the values that `top` gives.
        package static let top = 100
        /// Of parentheses, calls, `not` and `-` inside each other.
        package static let nesting = 64
        /// Of one expression, so that a tree that leans to one side isn't too deep either.
        package static let operators = 256
    }

    /// Reads and checks a query, as docs/query-language.md describes it. `units` says what fields
    /// count whose names don't.
    ///
    /// The first error from the left is thrown; of types, that which is seen first.
    package init(parsing text: String, units: [FieldPath: Unit] = [:]) throws(QueryError) {
        var parser = Parser(try QuerySource(text), units: units)
        self = try parser.query()
    }
}

extension Expression {
    /// Reads and checks a condition on an event, like that of `where`.
    package init(condition text: String, units: [FieldPath: Unit] = [:]) throws(QueryError) {
        var parser = Parser(try QuerySource(text), units: units)
        let operand = try parser.wholeExpression()
        try parser.expectEnd()
        self = try parser.truth(operand, for: "a step")
    }

    /// Reads and checks an expression of any type that stands alone.
    package init(parsing text: String) throws(QueryError) {
        var parser = Parser(try QuerySource(text))
        self = try parser.wholeExpression().expression
        try parser.expectEnd()
    }
}
