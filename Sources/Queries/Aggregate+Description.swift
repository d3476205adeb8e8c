import Events

extension Aggregate: CustomStringConvertible {
    /// As it is written in a query; with `as` where its function gives another name.
    package var description: String {
        guard case .call(let call) = value else { return "\(value.description) as \(name)" }
        let (text, usual) = call.written(wanting: name)
        return name == usual ? text : "\(text) as \(name)"
    }
}

extension AggregateValue: CustomStringConvertible {
    /// With no more parentheses than needed.
    package var description: String {
        switch self {
        case .call(let call): call.written(wanting: nil).call
        case .number(let x): plainNumber(x)
        case .negate(.number(let x)) where x >= 0: "-(\(plainNumber(x)))"
        case .negate(let inner): "-" + inner.written(within: .sign)
        case .binary(let op, let a, let b):
            a.written(within: op.precedence) + " \(op.rawValue) "
                + b.written(within: op.precedence.tighter)
        case .apply(let function, let values):
            "\(function.rawValue)(" + values.map(\.description).joined(separator: ", ") + ")"
        }
    }

    /// In parentheses if it binds less tightly than `loosest`.
    private func written(within loosest: Precedence) -> String {
        precedence < loosest ? "(\(description))" : description
    }

    private var precedence: Precedence {
        switch self {
        case .call, .number, .apply: .primary
        case .negate: .sign
        case .binary(let op, _, _): op.precedence
        }
    }
}

extension AggregateCall {
    /// The call, and the name that it has without `as`. A quantile is written as a percentile
    /// unless that would cost it the name that is wanted.
    fileprivate func written(wanting name: String?) -> (call: String, name: String) {
        let argument = argument?.description ?? ""
        if case .quantile(let q) = function {
            guard name != "quantile", let percentile = Percentile.name(of: q) else {
                return ("quantile(\(argument), \(plainNumber(q)))", "quantile")
            }
            return ("\(percentile)(\(argument))", Percentile.columnName(of: percentile))
        }
        return ("\(function.name)(\(argument))", function.name)
    }
}
