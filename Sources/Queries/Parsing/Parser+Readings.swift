import Events

/// A view's column in a condition, as it was or by how unusual it is.
extension Parser {
    static let anomaly = "anomaly"

    /// `10m ago` behind a column, which reaches from `start`; the column as it is without it.
    mutating func reading(of path: FieldPath, from start: Int) throws(QueryError) -> Operand {
        let isPast: Bool =
            if case .quantity = token.kind { token(after: 1).kind == .word("ago") } else { false }
        guard scope == .columns, isPast else {
            return Operand(
                .field(path), start..<token(after: -1).span.upperBound, unit: unit(of: path))
        }
        let time = try duration()
        let end = advance().span.upperBound
        return Operand(
            .reading(ColumnReading(path, .ago(time))), start..<end, unit: unit(of: path))
    }

    /// `anomaly(heat.temp, 1h)`, from its name to its closing parenthesis.
    mutating func anomalyCall() throws(QueryError) -> Operand {
        let start = advance().span.lowerBound
        advance()
        let path = try field()
        var halfLife = ColumnReading.usualHalfLife
        if accept(",") {
            want("a half-life such as `1h`")
            halfLife = try duration()
        }
        let end = token.span.upperBound
        try expect(")")
        return Operand(
            .reading(ColumnReading(path, .anomaly(halfLife: halfLife))), start..<end)
    }
}
