/// A value as a record, a key or a literal holds it.
///
/// Ordered: null, then false and true, then numbers, then strings by their UTF-8 bytes. That is
/// the order in which keys are printed.
package enum Scalar: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
}

extension Scalar: Comparable {
    package static func < (a: Scalar, b: Scalar) -> Bool {
        switch (a, b) {
        case (.bool(let x), .bool(let y)): !x && y
        case (.number(let x), .number(let y)): x < y
        case (.string(let x), .string(let y)): x.utf8.lexicographicallyPrecedes(y.utf8)
        default: a.rank < b.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .bool: 1
        case .number: 2
        case .string: 3
        }
    }
}

extension Scalar: CustomStringConvertible {
    /// As a person reads it: `–` for null, a whole number without its fraction.
    package var description: String {
        switch self {
        case .null: "–"
        case .bool(let b): b ? "true" : "false"
        case .number(let x): plainNumber(x)
        case .string(let s): s
        }
    }
}

/// The shortest text that reads back as `x`; whole numbers below 2^53 without `.0`.
package func plainNumber(_ x: Double) -> String {
    if x.magnitude < 9_007_199_254_740_992, x == x.rounded(.towardZero) {
        return x == 0 ? "0" : String(Int64(x))
    }
    return x.description
}

/// With so many significant digits at least, for people; a whole number keeps all of its own.
package func rounded(_ x: Double, digits: Int) -> Double {
    guard x != x.rounded(), x.isFinite else { return x }
    var least = 1.0
    for _ in 1..<digits { least *= 10 }
    var scale = 1.0
    while (x * scale).magnitude < least, scale < 1e12 { scale *= 10 }
    return (x * scale).rounded() / scale
}
