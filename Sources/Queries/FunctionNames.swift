/// The functions of the query language, by what they are made of.
package enum FunctionNames {
    /// Of many events. Beside them `p50(x)` … `p99.9(x)`, which are endless.
    package static let aggregates = [
        "count", "rate", "sum", "avg", "min", "max", "stddev", "quantile", "distinct", "first",
        "last", "delta", "slope", "top",
    ]

    /// Of one event, with a way of their own to be read.
    static let special = ["exists", "matches"]

    /// Of one event.
    static let scalars = special + Function.allCases.map(\.rawValue)

    /// Where an aggregate can stand.
    static let aroundAggregates =
        aggregates + Function.allCases.filter(\.isOfNumbers).map(\.rawValue)

    static func isAggregate(_ name: String) -> Bool {
        aggregates.contains(name) || Percentile.isPercentile(name)
    }

    /// What other languages call ours.
    private static let elsewhere = [
        "mean": "avg", "average": "avg", "median": "p50", "total": "sum",
        "percentile": "quantile", "approx_percentile": "quantile", "stdev": "stddev",
        "std": "stddev", "stdev_samp": "stddev", "stddev_samp": "stddev", "uniq": "distinct",
        "unique": "distinct", "count_distinct": "distinct", "approx_distinct": "distinct",
        "dcount": "distinct", "cardinality": "distinct", "topk": "top", "derivative": "slope",
        "deriv": "slope", "increase": "delta", "len": "length", "startswith": "starts_with",
        "endswith": "ends_with", "has": "exists", "includes": "contains",
        "regexp_like": "matches", "regexp_matches": "matches", "substr": "substring",
        "ceiling": "ceil", "ifnull": "coalesce", "nvl": "coalesce", "iif": "if", "case": "if",
        "lcase": "lower", "ucase": "upper", "tolower": "lower", "toupper": "upper",
        "power": "pow", "ln": "log", "cast": "number", "tonumber": "number",
        "to_number": "number", "int": "number", "float": "number",
    ]

    /// A hint that ends a message about the function `name`, which isn't one of `names`.
    static func hint(for name: String, in names: [String]) -> String {
        if name.lowercased() == "mod" { return "; write `a % b`" }
        return meant(by: name, in: names).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// What was probably meant by the function `name`, among `names`.
    private static func meant(by name: String, in names: [String]) -> String? {
        let known = elsewhere[name.lowercased()].flatMap { name in
            names.contains(name) || Percentile.isPercentile(name) ? name : nil
        }
        return known ?? nearestName(to: name, in: names)
    }
}
