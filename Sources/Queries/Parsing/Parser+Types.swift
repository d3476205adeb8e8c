import Events

/// Which operands fit which operators, as far as literals and operators tell.
extension Parser {
    /// What has to be a number or may turn out to be one.
    func number(_ operand: Operand, for user: String) throws(QueryError) -> Expression {
        if operand.quantity != nil {
            throw error(
                operand.span,
                "\(user) needs a plain number, and \(source.shown(operand.span)) has a unit: it is "
                    + "compared with a value that has one, or added to it")
        }
        return try checked(operand, .number, user, "a number")
    }

    /// What has to be true or false or may turn out to be.
    func truth(_ operand: Operand, for user: String) throws(QueryError) -> Expression {
        try checked(operand, .truth, user, "a condition")
    }

    func text(_ operand: Operand, for user: String) throws(QueryError) -> Expression {
        try checked(operand, .text, user, "a string")
    }

    /// A value that can be told from others: no condition, and not null.
    func value(_ operand: Operand, for user: String) throws(QueryError) -> Expression {
        if operand.isCondition || operand.kind == .null { throw misfit(operand, user, "a value") }
        return operand.expression
    }

    private func checked(
        _ operand: Operand, _ kind: ValueKind, _ user: String, _ need: String
    ) throws(QueryError) -> Expression {
        guard operand.kind == kind || operand.kind == .any else {
            throw misfit(operand, user, need)
        }
        return operand.expression
    }

    private func misfit(_ operand: Operand, _ user: String, _ need: String) -> QueryError {
        error(
            operand.span,
            "\(user) needs \(need), and \(source.shown(operand.span)) is \(operand.noun)")
    }

    func combine(
        _ left: Operand, _ op: Expression.Operator, _ right: Operand, _ sign: Range<Int>
    ) throws(QueryError) -> Operand {
        let user = "`\(op.rawValue)`"
        var (sides, unit): ([Operand], Unit?) = ([left, right], nil)
        if op.isComparison {
            try checkComparison(left, op, right)
            (sides, _) = try meet(sides)
        } else if op.precedence == .sum {
            (sides, unit) = try meet(sides)
        }
        if op.isArithmetic {
            for side in sides { _ = try number(side, for: user) }
        } else if !op.isComparison {
            for side in sides { _ = try truth(side, for: user) }
        }
        return Operand(
            .binary(op, sides[0].expression, sides[1].expression),
            left.span.lowerBound..<right.span.upperBound, unit: unit)
    }

    private func checkComparison(
        _ left: Operand, _ op: Expression.Operator, _ right: Operand
    ) throws(QueryError) {
        try checkNull(left, op, other: right)
        try checkNull(right, op, other: left)
        for side in [left, right] where side.isCondition {
            throw error(
                side.span,
                "`\(op.rawValue)` compares values, and \(source.shown(side.span)) is a condition; "
                    + "join conditions with `and` or `or`")
        }
        for side in [left, right] where op.isOrder && side.kind == .truth {
            throw error(side.span, "true and false have no order; compare them with `==`")
        }
        if left.kind != .any, right.kind != .any, left.kind != right.kind {
            throw error(
                right.span,
                "`\(op.rawValue)` compares \(left.noun) with \(right.noun), which are never equal "
                    + "and have no order")
        }
    }

    private func checkNull(
        _ side: Operand, _ op: Expression.Operator, other: Operand
    ) throws(QueryError) {
        guard side.kind == .null else { return }
        var advice = "ask `exists(x)`"
        if case .field(let path) = other.expression {
            let name = visible(path.written.unicodeScalars)
            advice = op == .equal ? "write `not exists(\(name))`" : "write `exists(\(name))`"
        }
        throw error(side.span, "a comparison with null is never true; \(advice)")
    }

    /// The left-hand side of `in`.
    func checkMember(_ subject: Operand) throws(QueryError) {
        try checkUnit(of: subject)
        var isFit = !subject.isCondition
        switch subject.kind {
        case .any, .number: break
        case .text: if case .literal = subject.expression { isFit = false }
        case .truth, .null: isFit = false
        }
        if !isFit {
            throw misfit(subject, "`in`", "a field, a number or a function's text on its left")
        }
    }
}
