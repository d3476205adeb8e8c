import Events

extension Expression {
    /// The fields it names, each once, in the order of the text.
    var fields: [FieldPath] {
        var fields: [FieldPath] = []
        collectFields(into: &fields)
        return fields
    }

    private func collectFields(into fields: inout [FieldPath]) {
        switch self {
        case .literal: break
        case .reading(let reading):
            if !fields.contains(reading.column) { fields.append(reading.column) }
        case .field(let path), .exists(let path):
            if !fields.contains(path) { fields.append(path) }
        case .not(let inner), .negate(let inner), .isIn(let inner, _), .matches(let inner, _):
            inner.collectFields(into: &fields)
        case .binary(_, let a, let b):
            a.collectFields(into: &fields)
            b.collectFields(into: &fields)
        case .call(_, let arguments):
            for argument in arguments { argument.collectFields(into: &fields) }
        }
    }
}
