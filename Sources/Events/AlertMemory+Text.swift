/// What is remembered of alerts as lines of words: `rule …`, then for each of its groups `group …`,
/// each of which `value …` and `ack …` may follow, and `usual …` for each baseline; at last
/// `silence …`.
extension AlertMemory {
    package var lines: [String] {
        rules.flatMap(\.lines) + silences.map { "silence " + $0.words }
    }

    /// nil: a line isn't one of them.
    package init?(lines: some Sequence<Substring>) {
        for line in lines {
            let words = Word.split(line)
            let rest = words.dropFirst()
            switch words[0] {
            case "rule":
                guard let rule = Rule(rest) else { return nil }
                rules.append(rule)
            case "group":
                guard !rules.isEmpty, let group = Group(rest) else { return nil }
                rules[rules.count - 1].groups.append(group)
            case "ack":
                guard let ack = Acknowledgement(rest), let last = rules.indices.last else {
                    return nil
                }
                if let group = rules[last].groups.indices.last {
                    rules[last].groups[group].acknowledgement = ack
                } else {
                    rules[last].acknowledgement = ack
                }
            case "value":
                guard let rule = rules.indices.last,
                    let group = rules[rule].groups.indices.last, rest.count == 1,
                    let value = Double(rest.first!)
                else { return nil }
                rules[rule].groups[group].value = value
            case "usual":
                guard let baseline = Baseline(rest), let rule = rules.indices.last else {
                    return nil
                }
                rules[rule].baselines.append(baseline)
            case "silence":
                guard let silence = Silence(rest) else { return nil }
                silences.append(silence)
            default: return nil
            }
        }
    }
}

extension AlertMemory.Rule {
    fileprivate var lines: [String] {
        let head =
            "rule \(Word.escaped(name)) \(definition) \(evaluatedAt.rawValue) \(phase.rawValue) "
            + "\(since.rawValue)"
        return [head] + (acknowledgement.map { [$0.line] } ?? []) + groups.flatMap(\.lines)
            + baselines.map(\.line)
    }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count == 5, let name = Word.unescaped(words[0]),
            let evaluatedAt = Int64(words[2]),
            let phase = AlertMemory.Phase(rawValue: String(words[3])), let since = Int64(words[4])
        else { return nil }
        self.init(
            name: name, definition: String(words[1]),
            evaluatedAt: Timestamp(rawValue: evaluatedAt), phase: phase,
            since: Timestamp(rawValue: since))
    }
}

extension AlertMemory.Group {
    fileprivate var lines: [String] {
        let state = isFiring ? "firing" : "pending"
        let ended = endedAt.map { "\($0.rawValue)" } ?? "-"
        let head = "group \(state) \(activeAt.rawValue) \(ended) \(since.rawValue)"
        let line = key.values.isEmpty ? head : head + " " + key.words
        return [line] + (value.isNaN ? [] : ["value \(value)"])
            + (acknowledgement.map { [$0.line] } ?? [])
    }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count >= 4, words[0] == "firing" || words[0] == "pending",
            let activeAt = Int64(words[1]), let since = Int64(words[3]),
            let key = Key(words: words[4...])
        else { return nil }
        let ended = Int64(words[2])
        guard ended != nil || words[2] == "-" else { return nil }
        self.init(
            key: key, isFiring: words[0] == "firing", activeAt: Timestamp(rawValue: activeAt),
            endedAt: ended.map { Timestamp(rawValue: $0) }, since: Timestamp(rawValue: since))
    }
}

extension AlertMemory.Baseline {
    fileprivate var line: String {
        let head = "usual \(reading) \(count) \(mean) \(variance) \(updatedAt.rawValue)"
        return key.values.isEmpty ? head : head + " " + key.words
    }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count >= 5, let reading = Int(words[0]), let count = Int(words[1]), count > 0,
            let mean = Double(words[2]), mean.isFinite,
            let variance = Double(words[3]), variance.isFinite, variance >= 0,
            let updatedAt = Int64(words[4]), let key = Key(words: words[5...])
        else { return nil }
        self.init(
            reading: reading, key: key, count: count, mean: mean, variance: variance,
            updatedAt: Timestamp(rawValue: updatedAt))
    }
}

extension AlertMemory.Acknowledgement {
    fileprivate var line: String { "ack \(at.rawValue) \(Word.escaped(by))" }

    fileprivate init?(_ words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count == 2, let at = Int64(words[0]), let by = Word.unescaped(words[1]) else {
            return nil
        }
        self.init(by: by, at: Timestamp(rawValue: at))
    }
}

extension AlertTarget {
    /// The rule's name or `*`; `*` for all groups, or `=` and the group's values.
    package var text: String {
        let group = group.map { $0.values.isEmpty ? "=" : "= " + $0.words } ?? "*"
        return (rule.map { "=" + Word.escaped($0) } ?? "*") + " " + group
    }

    package init?(_ words: ArraySlice<Substring>) {
        guard words.count >= 2, let first = words.first, let mark = words.dropFirst().first else {
            return nil
        }
        let values = words.dropFirst(2)
        var rule: String?
        if first != "*" {
            guard first.first == "=", let name = Word.unescaped(first.dropFirst()) else {
                return nil
            }
            rule = name
        }
        guard mark == "=" || (mark == "*" && values.isEmpty), let key = Key(words: values) else {
            return nil
        }
        self.init(rule: rule, group: mark == "=" ? key : nil)
    }
}

extension Silence {
    package var words: String {
        "\(number) \(until.rawValue) \(Word.escaped(by)) \(Word.escaped(reason)) \(target.text)"
    }

    package init?(_ words: ArraySlice<Substring>) {
        let first = Array(words.prefix(4))
        guard first.count == 4, let number = UInt64(first[0]), let until = Int64(first[1]),
            let by = Word.unescaped(first[2]), let reason = Word.unescaped(first[3]),
            let target = AlertTarget(words.dropFirst(4))
        else { return nil }
        self.init(
            number: number, target: target, until: Timestamp(rawValue: until), reason: reason,
            by: by)
    }
}

extension OperatorAction {
    /// As words of a line.
    package var words: String {
        switch self {
        case .acknowledge(let target, let by): "acknowledge \(Word.escaped(by)) \(target.text)"
        case .withdraw(let target, let by): "withdraw \(Word.escaped(by)) \(target.text)"
        case .silence(let silence): "silence \(silence.words)"
        case .unsilence(let number, let by): "unsilence \(Word.escaped(by)) \(number)"
        }
    }

    package init?(_ words: ArraySlice<Substring>) {
        guard let verb = words.first else { return nil }
        let rest = words.dropFirst()
        if verb == "silence" {
            guard let silence = Silence(rest) else { return nil }
            self = .silence(silence)
            return
        }
        guard let by = rest.first.flatMap({ Word.unescaped($0) }) else { return nil }
        if verb == "unsilence" {
            guard rest.count == 2, let number = UInt64(rest.last!) else { return nil }
            self = .unsilence(number, by: by)
            return
        }
        guard let target = AlertTarget(rest.dropFirst()) else { return nil }
        switch verb {
        case "acknowledge": self = .acknowledge(target, by: by)
        case "withdraw": self = .withdraw(target, by: by)
        default: return nil
        }
    }
}
