import Events

extension Query {
    /// The fields the query names, each once, in the order in which they are first named, with the
    /// forms it needs them in. One whose kind alone is asked (`exists`) needs neither.
    package var fieldUses: [FieldUse] {
        var uses: [FieldUse] = []
        for aggregate in aggregates {
            guard let argument = aggregate.argument else { continue }
            if aggregate.function == .count {
                argument.addConditionUses(to: &uses)
            } else {
                argument.addNumberUses(to: &uses)
            }
        }
        predicate?.addConditionUses(to: &uses)
        for key in keys { uses.add(key, asCode: true) }
        return uses
    }
}

extension Expression {
    /// Of an expression that is true or false.
    fileprivate func addConditionUses(to uses: inout [FieldUse]) {
        switch self {
        case .literal, .negate: break
        case .field(let path): uses.add(path, asCode: true)
        case .exists(let path): uses.add(path)
        case .not(let inner): inner.addConditionUses(to: &uses)
        case .isIn(.field(let path), _): uses.add(path, asCode: true)
        case .isIn(let subject, _): subject.addNumberUses(to: &uses)
        case .binary(let op, let a, let b) where op.isComparison:
            a.addComparedUses(with: b, to: &uses)
            b.addComparedUses(with: a, to: &uses)
        case .binary(_, let a, let b):
            a.addConditionUses(to: &uses)
            b.addConditionUses(to: &uses)
        }
    }

    /// Of one side of a comparison: a field is a number only beside a number.
    private func addComparedUses(with other: Expression, to uses: inout [FieldUse]) {
        guard case .field(let path) = self else { return addNumberUses(to: &uses) }
        switch other {
        case .field, .literal(.string), .literal(.bool): uses.add(path, asCode: true)
        default: uses.add(path, asNumber: true)
        }
    }

    /// Of an expression that is a number.
    fileprivate func addNumberUses(to uses: inout [FieldUse]) {
        switch self {
        case .field(let path): uses.add(path, asNumber: true)
        case .negate(let inner): inner.addNumberUses(to: &uses)
        case .binary(_, let a, let b):
            a.addNumberUses(to: &uses)
            b.addNumberUses(to: &uses)
        case .literal, .not, .isIn, .exists: break
        }
    }
}

extension [FieldUse] {
    fileprivate mutating func add(
        _ path: FieldPath, asNumber: Bool = false, asCode: Bool = false
    ) {
        if let known = firstIndex(where: { $0.path == path }) {
            self[known].asNumber = self[known].asNumber || asNumber
            self[known].asCode = self[known].asCode || asCode
        } else {
            append(FieldUse(path: path, asNumber: asNumber, asCode: asCode))
        }
    }
}
