import Events

/// An aggregate and where its name, or the function that names it, stands.
struct ReadAggregate {
    var aggregate: Aggregate
    var nameSpan: Range<Int>
}

/// The list of aggregates a query begins with.
extension Parser {
    mutating func aggregates() throws(QueryError) -> [ReadAggregate] {
        var read: [ReadAggregate] = []
        repeat {
            if read.count == Query.Limit.aggregates {
                throw error(
                    token.span, "a query has at most \(Query.Limit.aggregates) aggregates")
            }
            let next = try aggregate()
            try checkName(of: next, among: read)
            read.append(next)
        } while accept(",")
        return read
    }

    private func checkName(
        of next: ReadAggregate, among read: [ReadAggregate]
    ) throws(QueryError) {
        let name = next.aggregate.name
        guard read.contains(where: { $0.aggregate.name == name }) else { return }
        throw error(
            next.nameSpan,
            "there is already an aggregate named `\(name)`; give this one another name with `as`")
    }

    /// It is read as an expression in which each call stands as a field, and checked as such.
    private mutating func aggregate() throws(QueryError) -> ReadAggregate {
        calls = []
        let operand = try wholeExpression(.aggregates)
        guard let first = calls.first else {
            throw error(
                operand.span,
                "\(source.shown(operand.span)) holds no aggregate such as `count()`")
        }
        let value = AggregateValue(operand.expression, of: calls.map(\.call))
        if accept(.as) {
            let span = token.span
            return ReadAggregate(aggregate: Aggregate(value, name: try alias()), nameSpan: span)
        }
        guard case .call = value else {
            throw error(
                operand.span,
                "\(source.shown(operand.span)) has no name of its own; give it one with `as`")
        }
        return ReadAggregate(aggregate: Aggregate(value, name: first.name), nameSpan: first.span)
    }

    mutating func alias() throws(QueryError) -> String {
        want("a name")
        guard case .word(let name) = token.kind else { throw unexpected() }
        if Keyword(anyCase: name) != nil || name.contains(".") {
            throw error(
                token.span,
                "\(source.shown(token.span)) can't be a column's name; a name is made of letters, "
                    + "digits and `_`, and is no keyword")
        }
        if Self.columnsOfEveryRow.contains(name) {
            throw error(token.span, "`\(name)` can't be a column's name: every row has one")
        }
        advance()
        return name
    }

    /// What stands in a printed row beside keys and aggregates.
    static let columnsOfEveryRow: Set = ["kind", "view", "window_start", "window_end", "pane"]
}

extension AggregateValue {
    /// Of an expression whose fields are the `calls`.
    fileprivate init(_ expression: Expression, of calls: [AggregateCall]) {
        switch expression {
        case .literal(.number(let x)): self = .number(x)
        case .field(let path): self = .call(calls[ReadCall.place(of: path)])
        case .negate(let inner): self = .negate(AggregateValue(inner, of: calls))
        case .binary(let op, let a, let b):
            self = .binary(op, AggregateValue(a, of: calls), AggregateValue(b, of: calls))
        case .call(let function, let arguments):
            self = .apply(function, arguments.map { AggregateValue($0, of: calls) })
        case .literal, .not, .isIn, .exists, .matches, .reading:
            preconditionFailure("in place of an aggregate only numbers are read")
        }
    }
}
