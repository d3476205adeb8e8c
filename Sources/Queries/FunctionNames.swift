/// The functions of the query language, by what has been made of them.
enum FunctionNames {
    /// Beside `p50(x)` … `p99.9(x)`, which are endless.
    static let aggregates = ["count", "rate", "sum", "avg", "min", "max", "quantile"]

    /// Inside expressions.
    static let conditions = ["exists"]

    static let laterAggregates = ["stddev", "distinct", "first", "last", "delta", "slope", "top"]

    static let laterFunctions = [
        "lower", "upper", "trim", "length", "contains", "starts_with", "ends_with", "matches",
        "replace", "substring", "split", "concat", "coalesce", "if",
        "abs", "sign", "round", "floor", "ceil", "trunc", "sqrt", "exp", "pow", "log", "log2",
        "log10", "clamp", "least", "greatest",
    ]

    /// What other languages call ours.
    private static let elsewhere = [
        "mean": "avg", "average": "avg", "median": "p50", "total": "sum", "percentile": "quantile",
        "stdev": "stddev", "uniq": "distinct", "count_distinct": "distinct", "topk": "top",
        "len": "length", "startswith": "starts_with", "endswith": "ends_with", "has": "exists",
        "substr": "substring", "ceiling": "ceil",
    ]

    /// What was probably meant by the function `name`, among `names`.
    static func meant(by name: String, in names: [String]) -> String? {
        let known = elsewhere[name.lowercased()].flatMap { name in
            names.contains(name) || Percentile.isPercentile(name) ? name : nil
        }
        return known ?? nearestName(to: name, in: names)
    }
}
