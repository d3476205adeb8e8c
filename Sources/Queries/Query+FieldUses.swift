import Events

extension Query {
    /// The fields the query names, each once, in the order in which they are first named, with the
    /// forms it needs them in. One whose kind alone is asked (`exists`) needs neither.
    package var fieldUses: [FieldUse] {
        var uses: [FieldUse] = []
        for aggregate in aggregates { aggregate.value.addUses(to: &uses) }
        top?.value.addValueUses(to: &uses)
        predicate?.addConditionUses(to: &uses)
        for key in keys { uses.add(key, asCode: true) }
        return uses
    }
}

extension AggregateValue {
    fileprivate func addUses(to uses: inout [FieldUse]) {
        switch self {
        case .number: break
        case .call(let call): call.addUses(to: &uses)
        case .negate(let inner): inner.addUses(to: &uses)
        case .binary(_, let a, let b):
            a.addUses(to: &uses)
            b.addUses(to: &uses)
        case .apply(_, let values):
            for value in values { value.addUses(to: &uses) }
        }
    }
}

extension AggregateCall {
    fileprivate func addUses(to uses: inout [FieldUse]) {
        switch function {
        case .count: argument?.addConditionUses(to: &uses)
        case .distinct: argument?.addValueUses(to: &uses)
        default: argument?.addNumberUses(to: &uses)
        }
    }
}

/// An expression is computed as what it is needed as: whether it holds, a number, or any value. A
/// field is read as numbers for a number, and else as codes.
extension Expression {
    /// Of one that holds or doesn't.
    fileprivate func addConditionUses(to uses: inout [FieldUse]) {
        switch self {
        case .literal, .negate, .reading: break
        case .exists(let path): uses.add(path)
        case .not(let inner): inner.addConditionUses(to: &uses)
        case .isIn(let subject, _):
            if subject.kind == .number {
                subject.addNumberUses(to: &uses)
            } else {
                subject.addValueUses(to: &uses)
            }
        case .binary(let op, let a, let b) where op.isComparison:
            a.addComparedUses(with: b, to: &uses)
            b.addComparedUses(with: a, to: &uses)
        case .binary(_, let a, let b):
            a.addConditionUses(to: &uses)
            b.addConditionUses(to: &uses)
        case .field, .matches, .call: addValueUses(to: &uses)
        }
    }

    /// Of one side of a comparison: a field is a number only beside a number.
    private func addComparedUses(with other: Expression, to uses: inout [FieldUse]) {
        switch self {
        case .field where other.kind == .number: addNumberUses(to: &uses)
        case _ where kind == .number: addNumberUses(to: &uses)
        default: addValueUses(to: &uses)
        }
    }

    /// Of one that is a number, or isn't computed.
    fileprivate func addNumberUses(to uses: inout [FieldUse]) {
        switch self {
        case .literal, .not, .isIn, .exists, .matches, .reading: break
        case .field(let path): uses.add(path, asNumber: true)
        case .negate(let inner): inner.addNumberUses(to: &uses)
        case .binary(_, let a, let b):
            a.addNumberUses(to: &uses)
            b.addNumberUses(to: &uses)
        case .call(let function, let arguments):
            function.addUses(of: arguments, isNumber: true, to: &uses)
        }
    }

    /// Of one that is told from other values.
    fileprivate func addValueUses(to uses: inout [FieldUse]) {
        switch self {
        case .literal, .reading: break
        case .field(let path): uses.add(path, asCode: true)
        case .negate: addNumberUses(to: &uses)
        case .binary(let op, _, _) where op.isArithmetic: addNumberUses(to: &uses)
        case .not, .isIn, .exists, .binary: addConditionUses(to: &uses)
        case .matches(let text, _): text.addValueUses(to: &uses)
        case .call(let function, let arguments):
            function.addUses(of: arguments, isNumber: false, to: &uses)
            if function.handsOn, kind == .number || kind == .any { addNumberUses(to: &uses) }
        }
    }
}

extension Function {
    /// `isNumber`: a value that it hands on is needed as a number.
    fileprivate func addUses(
        of arguments: [Expression], isNumber: Bool, to uses: inout [FieldUse]
    ) {
        for (place, argument) in arguments.enumerated() {
            switch signature.parameter(at: place) {
            case .condition: argument.addConditionUses(to: &uses)
            case .number: argument.addNumberUses(to: &uses)
            case .value where self == .number:
                argument.addValueUses(to: &uses)
                argument.addNumberUses(to: &uses)
            case .value where isNumber && handsOn: argument.addNumberUses(to: &uses)
            case .text, .value, nil: argument.addValueUses(to: &uses)
            }
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
