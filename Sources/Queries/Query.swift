import Events

/// A query, read and checked: what to compute, of which events, by which key, over which window.
package struct Query: Hashable, Sendable {
    /// At least one, whose names differ; none with `top`, which stands alone.
    package var aggregates: [Aggregate]
    package var top: Top?
    /// The stream's name, where the query says `from`.
    package var stream: String?
    package var predicate: Expression?
    package var keys: [FieldPath]
    /// `nil`: since the start.
    package var window: Window?

    package init(
        aggregates: [Aggregate], top: Top? = nil, stream: String? = nil,
        predicate: Expression? = nil, keys: [FieldPath] = [], window: Window? = nil
    ) {
        self.aggregates = aggregates
        self.top = top
        self.stream = stream
        self.predicate = predicate
        self.keys = keys
        self.window = window
    }
}

extension Query {
    /// What a row of the result is of, in the order of its key's values.
    package var keyNames: [String] { keys.map(\.name) + (top.map { [$0.name] } ?? []) }

    /// The same as paths, for what is matched by them.
    package var keyPaths: [FieldPath] {
        keys + (top.map { [FieldPath(steps: [.name($0.name)])] } ?? [])
    }

    /// The columns of numbers in the result.
    package var columnNames: [String] {
        top == nil ? aggregates.map(\.name) : [Top.countColumn, Top.errorColumn]
    }

    /// The distance of windows; nil where they lie on no grid.
    package var hop: Nanoseconds? {
        if case .hopping(_, let hop)? = window { hop } else { nil }
    }
}

/// Windows of event time, `[start, end)`.
package enum Window: Hashable, Sendable {
    /// Starts are multiples of `hop`, which divides `size`; where windows tumble it is the size.
    case hopping(size: Nanoseconds, hop: Nanoseconds)
    /// Events of a key that are no further apart than `gap`, and `gap` after the last.
    case session(gap: Nanoseconds)

    package init(size: Nanoseconds, hop: Nanoseconds) { self = .hopping(size: size, hop: hop) }

    /// How long a window is, or a session at least.
    package var length: Nanoseconds {
        switch self {
        case .hopping(let size, _): size
        case .session(let gap): gap
        }
    }
}

/// One column of a query's result.
package struct Aggregate: Hashable, Sendable {
    package var value: AggregateValue
    /// How panels, alerts and exports name it.
    package var name: String

    package init(_ value: AggregateValue, name: String) {
        self.value = value
        self.name = name
    }

    package init(
        function: AggregateCall.Function, argument: Expression? = nil, name: String
    ) {
        self.init(.call(AggregateCall(function, argument)), name: name)
    }
}

/// What an aggregate is: of one call, or arithmetic over several.
package indirect enum AggregateValue: Hashable, Sendable {
    case call(AggregateCall)
    case number(Double)
    case negate(AggregateValue)
    /// The operator is arithmetic.
    case binary(Expression.Operator, AggregateValue, AggregateValue)
    /// The function is one of numbers: `round(avg(x))`, `coalesce(sum(x), 0)`.
    case apply(Function, [AggregateValue])
}

/// One function of many events.
package struct AggregateCall: Hashable, Sendable {
    package enum Function: Hashable, Sendable {
        /// `count()`: events; with a predicate as argument, those for which it is true.
        case count
        /// `rate()`: events per second; `rate(x)`: sum of x per second.
        case rate
        case sum, avg, min, max
        /// The sample's standard deviation.
        case stddev
        /// `p99(x)` and `quantile(x, 0.99)`; 0 < q < 1.
        case quantile(Double)
        /// How many different values.
        case distinct
        /// By event time; `delta` is the last less the first.
        case first, last, delta
        /// Of the line of least squares through (event time, x), per second.
        case slope
    }

    package var function: Function
    /// What it is taken of: a number; for `count` a truth value, for `distinct` any value; nil for
    /// `count()`, `rate()`.
    package var argument: Expression?

    package init(_ function: Function, _ argument: Expression? = nil) {
        self.function = function
        self.argument = argument
    }
}

/// `top(5, path)`: the values that came most often. It gives rows of value, count and how many
/// more the count may be.
package struct Top: Hashable, Sendable {
    package static let countColumn = "count"
    package static let errorColumn = "error"

    /// How many values, from 1.
    package var limit: Int
    package var value: Expression
    /// How the value's column is named.
    package var name: String

    package init(limit: Int, value: Expression, name: String) {
        self.limit = limit
        self.value = value
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
    /// `text =~ "pattern"`: PCRE2 finds the pattern, which compiles, somewhere in the text.
    case matches(Expression, String)
    /// As many arguments as the function takes.
    case call(Function, [Expression])
    /// In a rule's condition alone: a view's column, but not as it is now.
    case reading(ColumnReading)

    package enum Operator: String, Hashable, Sendable {
        case or, and
        case equal = "==", notEqual = "!="
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
    }
}
