import Events
import Queries

/// A condition taken apart: each comparison in it with the values on both sides, and whether it
/// holds. This is what an alert is explained by, on the screen and in the audit trail.
package struct ConditionTrace: Sendable {
    package struct Part: Sendable {
        /// As it is written: `heat.temp > 80`.
        package var text: String
        /// Of a comparison: both sides; NaN is null. Of anything else only the first, if any.
        package var left, right: Double
        /// nil: unknown, since something in it is null.
        package var holds: Bool?
        /// What stands on the left, where that is one column.
        package var column: ColumnReading?
        /// The right side depends on nothing: a threshold.
        package var isThreshold: Bool

        /// By how much it fails or holds; nil where that can't be said.
        package var distance: Double? {
            left.isNaN || right.isNaN ? nil : abs(left - right)
        }

        /// `heat.temp > 80: it is 91.2, 11.2 above`
        package var words: String {
            func number(_ x: Double) -> String { plainNumber(rounded(x, digits: 4)) }
            guard let distance else {
                return "\(text): " + (left.isNaN ? "there is no value" : "it is \(number(left))")
            }
            let other = isThreshold ? "" : ", the other side is \(number(right))"
            return "\(text): it is \(number(left))\(other), \(number(distance)) "
                + (left >= right ? "above" : "below")
        }
    }

    package var parts: [Part]
    /// Of the whole; nil: unknown.
    package var holds: Bool?

    /// `values`: of `readings`, in their order; empty: nothing is there.
    package init(_ condition: Condition, readings: [ColumnReading], values: [Double]) {
        let values = values.isEmpty ? readings.map { _ in Double.nan } : values
        let place = Dictionary(uniqueKeysWithValues: readings.enumerated().map { ($1, $0) })
        holds = ConditionProgram(condition.expression) { place[$0]! }.holds(values)
        parts = condition.expression.comparisons.map { expression in
            var part = Part(
                text: expression.description, left: .nan, right: .nan,
                holds: ConditionProgram(expression) { place[$0]! }.holds(values),
                isThreshold: false)
            if case .binary(_, let a, let b) = expression {
                part.left = ConditionProgram.Value(a) { place[$0]! }.number(values) ?? .nan
                part.right = ConditionProgram.Value(b) { place[$0]! }.number(values) ?? .nan
                part.isThreshold = b.readings.isEmpty
                part.column = a.column
            } else if let reading = expression.readings.first {
                part.left = values[place[reading]!]
                part.column = reading
            }
            return part
        }
    }
}

extension Expression {
    /// What `and`, `or` and `not` are made over.
    fileprivate var comparisons: [Expression] {
        switch self {
        case .binary(.and, let a, let b), .binary(.or, let a, let b): a.comparisons + b.comparisons
        case .not(let inner): inner.comparisons
        default: [self]
        }
    }

    fileprivate var column: ColumnReading? {
        switch self {
        case .field(let path): ColumnReading(path)
        case .reading(let reading): reading
        default: nil
        }
    }
}
