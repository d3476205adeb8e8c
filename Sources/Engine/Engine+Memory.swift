import Events

/// What outlasts a run: the states of alerts, silences, acknowledgements, and what is usual.
extension Engine {
    /// O(alerts that are pending or firing, and rules); without what is usual.
    package var alertMemory: AlertMemory {
        var memory = AlertMemory()
        memory.rules = rules.map(\.memory)
        attention.remember(in: &memory)
        return memory
    }

    /// What values usually are, of the rules that ask how unusual one is, and nothing else.
    /// O(their groups).
    package var usualValues: AlertMemory {
        var memory = AlertMemory()
        for rule in rules where !rule.baselines.isEmpty {
            var remembered = rule.memory
            remembered.groups = []
            remembered.baselines = rule.baselines.memory
            memory.rules.append(remembered)
        }
        return memory
    }

    /// Where the events of a window of a rule's first view came from.
    package func offsets(ofRule rule: Int, in window: Range<Timestamp>) -> [OffsetRange] {
        guard let stream = rules[rule].streams.first else { return [] }
        return streams[stream].spans?.offsets(in: window) ?? []
    }

    /// A rule whose text has changed since begins anew.
    mutating func restore(_ memory: AlertMemory) {
        attention.restore(memory, rules)
        for remembered in memory.rules {
            guard
                let i = rules.firstIndex(where: {
                    $0.plan.name == remembered.name && $0.plan.definition == remembered.definition
                }), rules[i].evaluatedAt == .min
            else { continue }
            rules[i].restore(remembered)
        }
    }
}
