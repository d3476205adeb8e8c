import Events

/// Which operands fit which operators, as far as literals and operators tell.
extension Parser {
    /// `operand`, which has to be a number or may turn out to be one.
    func number(_ operand: Operand, for user: String) throws(QueryError) -> Operand {
        switch operand.kind {
        case .number, .any: return operand
        case .string, .truth, .null: throw misfit(operand, user, "a number")
        }
    }

    /// `operand`, which has to be true or false or may turn out to be.
    func truth(_ operand: Operand, for user: String) throws(QueryError) -> Operand {
        switch operand.kind {
        case .truth, .any: return operand
        case .number, .string, .null: throw misfit(operand, user, "a condition")
        }
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
        if op.isArithmetic {
            _ = try number(left, for: user)
            _ = try number(right, for: user)
        } else if op.isComparison {
            try checkComparison(left, op, right)
        } else {
            _ = try truth(left, for: user)
            _ = try truth(right, for: user)
        }
        return Operand(
            .binary(op, left.expression, right.expression), op.isArithmetic ? .number : .truth,
            left.span.lowerBound..<right.span.upperBound)
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
        if subject.isCondition || subject.kind == .truth || subject.kind == .string
            || subject.kind == .null
        {
            throw misfit(subject, "`in`", "a field or a number on its left")
        }
    }
}
