import Events

/// Expressions, by precedence climbing.
extension Parser {
    /// An expression that isn't part of another one of its scope.
    mutating func wholeExpression(_ scope: Scope = .events) throws(QueryError) -> Operand {
        let outer = (scope: self.scope, operators: operators)
        (self.scope, operators) = (scope, 0)
        let operand = try anyExpression()
        try checkUnit(of: operand)
        (self.scope, operators) = outer
        return operand
    }

    /// An expression of any operators of the scope.
    mutating func anyExpression() throws(QueryError) -> Operand {
        try expression(scope == .aggregates ? .sum : .or)
    }

    /// An expression of operators that bind at least as tightly as `loosest`.
    private mutating func expression(_ loosest: Precedence) throws(QueryError) -> Operand {
        var left = try operand(loosest)
        var hasCompared = false
        while let infix = infix, infix.precedence >= loosest {
            if infix.precedence == .comparison, hasCompared {
                throw error(
                    token.span, "comparisons don't chain: write `a < b and b < c`")
            }
            hasCompared = infix.precedence == .comparison
            let sign = advance().span
            try countOperator(sign)
            switch infix {
            case .membership: left = try membership(of: left, sign)
            case .match: left = try match(of: left, sign)
            case .binary(let op):
                let right = try expression(op.precedence.tighter)
                left = try combine(left, op, right, sign)
            }
        }
        if case .word("not") = token.kind, token(after: 1).kind == .word("in") {
            throw error(token.span, "`not` stands before the whole condition: `not a in [b]`")
        }
        want("an operator", words: scope == .aggregates ? [] : ["and", "or", "in"])
        return left
    }

    private enum Infix {
        case binary(Expression.Operator)
        case membership, match

        var precedence: Precedence {
            if case .binary(let op) = self { op.precedence } else { .comparison }
        }
    }

    /// The operator under the cursor.
    private var infix: Infix? {
        switch token.kind {
        case .word("in"): .membership
        case .symbol("=~"): .match
        case .word(let name) where name == "and" || name == "or":
            Expression.Operator(rawValue: name).map(Infix.binary)
        case .symbol(let sign): Expression.Operator(rawValue: sign).map(Infix.binary)
        default: nil
        }
    }

    mutating func countOperator(_ span: Range<Int>) throws(QueryError) {
        operators += 1
        if operators > Query.Limit.operators {
            throw error(
                span, "an expression has at most \(Query.Limit.operators) operators")
        }
    }

    private mutating func operand(_ loosest: Precedence) throws(QueryError) -> Operand {
        switch token.kind {
        case .word("not"):
            guard loosest <= .not else {
                throw error(
                    token.span, "`not` stands before a whole condition: `not a == b`")
            }
            return try negated(.not, for: "`not`")
        case .symbol("-"):
            if case .quantity = token(after: 1).kind { return try negativeNumber() }
            return try negated(.sign, for: "`-`")
        case .symbol("("): return try parenthesized()
        default: return try value()
        }
    }

    /// What follows `not` or `-`.
    private mutating func negated(
        _ precedence: Precedence, for sign: String
    ) throws(QueryError) -> Operand {
        let start = try open()
        try countOperator(start)
        let inner = try expression(precedence)
        nesting -= 1
        let span = start.lowerBound..<inner.span.upperBound
        if precedence == .not { return Operand(.not(try truth(inner, for: sign)), span) }
        if let quantity = inner.quantity { return Operand(quantity.negated, span) }
        return Operand(.negate(try number(inner, for: sign)), span, unit: inner.unit)
    }

    private mutating func parenthesized() throws(QueryError) -> Operand {
        let start = try open()
        var inner = try anyExpression()
        let end = token.span
        try expect(")")
        nesting -= 1
        inner.span = start.lowerBound..<end.upperBound
        return inner
    }

    /// Takes the token that goes a level deeper.
    mutating func open() throws(QueryError) -> Range<Int> {
        nesting += 1
        if nesting > Query.Limit.nesting {
            throw error(
                token.span,
                "parentheses, `not` and `-` nest at most \(Query.Limit.nesting) deep")
        }
        return advance().span
    }

    /// `a in [b, c]`, from the bracket on.
    private mutating func membership(
        of subject: Operand, _ sign: Range<Int>
    ) throws(QueryError) -> Operand {
        try checkMember(subject)
        try expect("[")
        var values: [Scalar] = []
        repeat {
            values.append(try listedValue(of: subject))
        } while accept(",")
        let end = token.span.upperBound
        try expect("]")
        return Operand(.isIn(subject.expression, values), subject.span.lowerBound..<end)
    }
}
