import Events

/// Panels of errors, of quantities, and of what there is most of.
extension DashboardBuilder {
    /// The field that tells errors. A table by that very field would say all or nothing of each of
    /// its values, so it is by the next best key; if there is no other, there is no table.
    mutating func addErrors(_ keys: [FieldProfile]) -> FieldPath? {
        guard let (field, condition) = errorRule() else { return nil }
        let key = keys.first { $0.path != field }
        guard key != nil || keys.isEmpty else { return field }
        guard
            let view = add(
                "errors", "count(\(condition)) as errors, count() as events",
                by: [key].compactMap { $0 })
        else { return field }
        show(.table(view: view), row: 1, title: "errors", sort: "errors")
        assumptions.append("errors are `\(condition)`")
        return field
    }

    /// A status of HTTP, else the first level that has a value.
    private func errorRule() -> (field: FieldPath, condition: String)? {
        let isSyslog = stream.format == .syslog
        let candidates = profiles.filter(\.isHTTPStatus) + profiles
        for profile in candidates {
            if let condition = profile.errorCondition(isSyslog: isSyslog) {
                return (profile.path, condition)
            }
        }
        return nil
    }

    /// The quantities that move, two at most.
    mutating func addValues(_ key: FieldProfile?, besides errors: FieldPath?) {
        let latency = profiles.contains { $0.latencyScore > 0 }
        let quantities = profiles.filter {
            $0.isQuantity && $0.latencyScore == 0 && $0.isCommon && $0.path != key?.path
                && $0.path != errors
        }
        for (i, quantity) in quantities.prefix(latency ? 1 : 2).enumerated() {
            addValue(quantity, i == 0 ? "value" : "value_\(i + 1)", by: key, isAlone: !latency)
        }
    }

    /// `isAlone`: nothing better is to be seen above it.
    private mutating func addValue(
        _ quantity: FieldProfile, _ name: String, by key: FieldProfile?, isAlone: Bool
    ) {
        let x = quantity.path
        guard
            let view = add(
                name, "avg(\(x)) as mean, min(\(x)) as low, max(\(x)) as high",
                by: [key].compactMap { $0 })
        else { return }
        assume("a quantity", x, "a number that changes")
        show(
            .sparkline(view: view, aggregate: 0), row: isAlone ? 0 : 2,
            title: "mean of \(x.name)", unit: quantity.unit)
        show(.table(view: view), row: isAlone ? 1 : 2, title: x.name, unit: quantity.unit)
    }

    /// What there is most of, by the field with the most values that still come again; a field
    /// whose name people group by comes before any other. Numbers, times and places aren't words.
    mutating func addTop(besides others: [FieldPath]) {
        let texts = profiles.filter {
            $0.texts > 0 && $0.isCommon && !$0.isIdentity && !others.contains($0.path)
                && $0.values.count > 1 && $0.values.count * 2 < $0.records
                && !$0.isTextOfNumbers && !$0.isTextOfTimesOrPlaces
        }
        let best = texts.max {
            ($0.keyRank > 0 ? 1 : 0, $0.values.count) < ($1.keyRank > 0 ? 1 : 0, $1.values.count)
        }
        guard let best, let view = add("top", "count() as events", by: [best]) else { return }
        show(.table(view: view), row: 2, title: "top \(best.path.name)", sort: "events")
    }
}
