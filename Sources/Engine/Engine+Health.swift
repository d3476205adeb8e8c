import Events

/// Rules of health, which go by processing time: they are evaluated at whole seconds, by the first
/// input that is stamped at or after one, before that input is applied. Ticks see to it that none
/// is left out while weir runs; where a replay jumps, the last one counts.
extension Engine {
    mutating func judgeHealth(at now: Timestamp, _ effects: inout [Effect]) {
        guard rules.contains(where: \.plan.isOfHealth) else { return }
        let second = floorDiv(now.rawValue, HealthRows.step.rawValue) * HealthRows.step.rawValue
        guard second > judgedAt else { return }
        let isFirst = judgedAt == .min
        judgedAt = second
        for i in streams.indices {
            minutes[i].take(streams[i].books, at: Timestamp(rawValue: second))
        }
        // What was before the beginning is not for a rule to judge.
        if isFirst { return }
        let health = EngineHealth(streams: streams, lag: lag, minutes: minutes)
        for i in rules.indices where rules[i].plan.isOfHealth {
            let t = floorDiv(second, rules[i].step) * rules[i].step
            guard t > rules[i].evaluatedAt, t == second else { continue }
            rules[i].evaluate(at: t, health) { effects.append(.alert(i, $0)) }
        }
    }

    /// Views keep as much history as rules ask for.
    mutating func keepHistory() {
        for rule in rules {
            for operand in rule.operands { views[operand.view].keepHistory(of: operand.past) }
        }
    }
}
