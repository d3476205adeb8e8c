import Events

/// Literals with units: each becomes a plain number in the unit of the value that it meets.
extension Parser {
    /// Values that meet: they are compared with each other, added, or one of them is taken. Their
    /// common unit is that of all but plain numbers, where these have one and the same.
    func meet(_ operands: [Operand]) throws(QueryError) -> (operands: [Operand], unit: Unit?) {
        let values = operands.filter { $0.quantity == nil && !$0.expression.isConstant }
        let units = Set(values.map(\.unit))
        let common = units.count == 1 ? values[0].unit : nil
        var settled: [Operand] = []
        for operand in operands {
            guard let quantity = operand.quantity else {
                settled.append(operand)
                continue
            }
            let unit = try unit(for: quantity, operand.span, of: values)
            let number = Expression.literal(.number(quantity.number(in: unit)))
            settled.append(Operand(number, operand.span, unit: unit))
        }
        return (settled, common)
    }

    /// What a literal at `span` is a number of, where it meets `values`.
    private func unit(
        for quantity: Quantity, _ span: Range<Int>, of values: [Operand]
    ) throws(QueryError) -> Unit {
        guard let value = values.first else { throw lone(span) }
        for value in values where value.unit == nil { throw noUnit(of: value, quantity, span) }
        guard let unit = value.unit else { throw lone(span) }
        if let other = values.first(where: { $0.unit != unit }), let second = other.unit {
            throw error(
                span,
                "\(source.shown(value.span)) is in \(unit.name) and \(source.shown(other.span)) "
                    + "in \(second.name), so \(source.shown(span)) can't be both; write a plain "
                    + "number")
        }
        if unit.dimension != quantity.dimension {
            let what = quantity.dimension == .time ? "a time" : "an amount of bytes"
            throw error(
                span,
                "\(source.shown(span)) is \(what), and \(source.shown(value.span)) is in "
                    + "\(unit.name)")
        }
        return unit
    }

    private func noUnit(
        of value: Operand, _ quantity: Quantity, _ span: Range<Int>
    ) -> QueryError {
        var advice = "write a plain number"
        if scope == .events, case .field(let path) = value.expression {
            let name = visible(path.written.unicodeScalars)
            advice = "name one with `units: { \(name): \(quantity.usualUnit.name) }`, or \(advice)"
        }
        return error(span, "\(source.shown(value.span)) has no unit: \(advice)")
    }

    /// A literal with a unit can't be computed with before it has met a value with one.
    func checkUnit(of operand: Operand) throws(QueryError) {
        if operand.quantity != nil { throw lone(operand.span) }
    }

    private func lone(_ span: Range<Int>) -> QueryError {
        error(
            span,
            "\(source.shown(span)) meets nothing that has a unit: compare it with a field that "
                + "has one, or write a plain number")
    }
}

extension Expression {
    /// The same for every event.
    fileprivate var isConstant: Bool { fields.isEmpty }
}
