import Events

/// A query, read and checked: what to compute, of which events, by which key, over which window.
package struct Query: Hashable, Sendable {
    /// At least one; their names differ.
    package var aggregates: [Aggregate]
    /// The stream's name, where the query says `from`.
    package var stream: String?
    package var predicate: Expression?
    package var keys: [FieldPath]
    /// `nil`: since the start.
    package var window: Window?

    package init(
        aggregates: [Aggregate], stream: String? = nil, predicate: Expression? = nil,
        keys: [FieldPath] = [], window: Window? = nil
    ) {
        self.aggregates = aggregates
        self.stream = stream
        self.predicate = predicate
        self.keys = keys
        self.window = window
    }
}

/// Windows of event time, `[start, end)`, whose starts are multiples of `hop`.
package struct Window: Hashable, Sendable {
    package var size: Nanoseconds
    /// Divides `size`; equal to it where windows tumble.
    package var hop: Nanoseconds

    package init(size: Nanoseconds, hop: Nanoseconds) {
        self.size = size
        self.hop = hop
    }
}

/// One column of a query's result.
package struct Aggregate: Hashable, Sendable {
    package enum Function: Hashable, Sendable {
        /// `count()`: events; with a predicate as argument, those for which it is true.
        case count
        /// `rate()`: events per second; `rate(x)`: sum of x per second.
        case rate
        case sum, avg, min, max
        /// `p99(x)` and `quantile(x, 0.99)`; 0 < q < 1.
        case quantile(Double)
    }

    package var function: Function
    /// What it is taken of: a number, or for `count` a truth value; nil for `count()`, `rate()`.
    package var argument: Expression?
    /// How panels, alerts and exports name it.
    package var name: String

    package init(function: Function, argument: Expression? = nil, name: String) {
        self.function = function
        self.argument = argument
        self.name = name
    }
}

/// What is computed of one event. Checked when parsed: operands have types that fit.
package indirect enum Expression: Hashable, Sendable {
    case literal(Scalar)
    case field(FieldPath)
    case not(Expression)
    case negate(Expression)
    case binary(Operator, Expression, Expression)
    case isIn(Expression, [Scalar])
    case exists(FieldPath)

    package enum Operator: String, Hashable, Sendable {
        case or, and
        case equal = "==", notEqual = "!="
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
    }
}
