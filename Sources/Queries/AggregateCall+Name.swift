extension AggregateCall.Function {
    /// As it is written; of a percentile too it is `quantile`.
    var name: String {
        switch self {
        case .count: "count"
        case .rate: "rate"
        case .sum: "sum"
        case .avg: "avg"
        case .min: "min"
        case .max: "max"
        case .stddev: "stddev"
        case .quantile: "quantile"
        case .distinct: "distinct"
        case .first: "first"
        case .last: "last"
        case .delta: "delta"
        case .slope: "slope"
        }
    }

    /// The function of a name. Where it is `quantile`, the name doesn't tell which.
    init?(named name: String) {
        let plain: [Self] = [
            .count, .rate, .sum, .avg, .min, .max, .stddev, .quantile(0.5), .distinct, .first,
            .last, .delta, .slope,
        ]
        let known =
            plain.first { $0.name == name } ?? Percentile.quantile(named: name).map(Self.quantile)
        guard let known else { return nil }
        self = known
    }
}
