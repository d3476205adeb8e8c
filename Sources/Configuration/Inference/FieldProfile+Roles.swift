import Events

/// What a field is good for, by its name and by its values.
extension FieldProfile {
    // MARK: Keys

    /// Names of what people group by, the best first.
    private static let keyNames = [
        "type", "event", "service", "app", "site", "route", "endpoint", "path", "uri", "url",
        "region", "kind", "method", "host", "cmd", "command", "unit", "identifier", "level",
        "severity", "status",
    ]

    /// 0: the name says nothing.
    var keyRank: Int {
        guard !isNamedAsID else { return 0 }
        let names = Self.keyNames
        return names.firstIndex { has($0) }.map { names.count - $0 } ?? 0
    }

    /// Few values that come again and again, so that each of them has a line of its own. How few
    /// depends on the sample; for a well-known name, little, lest the key depend on its size.
    var isCategory: Bool {
        let isKnown = keyRank > 0
        let most = min(50, max(isKnown ? 10 : 3, present / (isKnown ? 3 : 5)))
        guard present * 2 >= records, 2...most ~= values.count, values.count < present else {
            return false
        }
        let isNumbered = isTextOfNumbers && !Self.keyNames.contains(words.last ?? "")
        guard isNumeric || isNumbered else { return true }
        return has("status", "code", "level", "priority", "partition")
    }

    /// How much it looks like what people group by; 0: not at all.
    var groupingScore: Double {
        guard isCategory, !isClient else { return 0 }
        // A value that nearly every record has tells little.
        let largest = Double(values.values.max() ?? 0) / Double(max(1, present))
        return 1 + Double(keyRank) + 4 * (1 - largest) + (isCommon ? 3 : 0)
    }

    /// Who asked, of which there are a few in a sample and many in a day.
    private var isClient: Bool {
        has("remote", "referer", "referrer") || name.hasSuffix("user_agent")
    }

    // MARK: Identity

    private static let identityNames: Set = [
        "id", "uuid", "guid", "eventid", "messageid", "msgid", "requestid", "reqid",
    ]
    /// What an `id` in an object is the record's own of.
    private static let recordNames: Set = ["event", "message", "msg", "request", "req", "record"]

    /// Whether it names its record: by a name that says so, with values that can't be there by
    /// chance, no two of them alike. A wrong guess would throw real events away.
    var isIdentity: Bool {
        guard records >= 20, values.count == records, isNamedAsIdentity else { return false }
        if texts == records { return strings.allSatisfy { $0.count >= 8 } }
        return numbers.count == records && numbers.allSatisfy { $0 == $0.rounded() }
            && ["id", "eventid"].contains(words.joined())
    }

    /// The `id` in `user: { id: … }` is the user's.
    private var isNamedAsIdentity: Bool {
        if lastName.lowercased() == "__cursor" { return true }
        let whole = words.joined()
        guard Self.identityNames.contains(whole) else { return false }
        guard ["id", "uuid", "guid"].contains(whole), path.steps.count > 1 else { return true }
        guard case .name(let parent) = path.steps[path.steps.count - 2] else { return false }
        return Self.recordNames.contains(parent.lowercased())
    }

    // MARK: Numbers

    /// How much it looks like how long something took; 0: not at all.
    var latencyScore: Int {
        guard isNumeric, numbers.allSatisfy({ $0 >= 0 }) else { return 0 }
        if has("latency") || name.contains("latency") { return 9 }
        if has("duration", "elapsed", "took", "rtt") || name.contains("duration") { return 8 }
        if name.hasSuffix("response_time") || name.hasSuffix("request_time") { return 7 }
        if name.hasSuffix("_ms") || name.hasSuffix("_us") || name.hasSuffix("_ns") { return 5 }
        if name.hasSuffix("_seconds") || name.hasSuffix("_s") || name == "time" { return 4 }
        return 0
    }

    /// A quantity: a number that isn't the number of a thing, and doesn't count the records.
    var isQuantity: Bool {
        isNumeric && !isNamedAsID && !has("id", "port", "code", "status", "version")
            && values.count > 1 && !isCounter
    }

    private var isNamedAsID: Bool {
        guard let last = words.last, !["bid", "paid"].contains(last) else { return false }
        return last.hasSuffix("id")
    }

    /// It only rises, by about the same step, as the number of a packet does.
    private var isCounter: Bool {
        guard numbers.count >= 5 else { return false }
        let steps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }.sorted()
        return steps[0] > 0 && steps[steps.count - 1] <= 3 * steps[steps.count / 2]
    }

    var unit: String? {
        let units = [("_ms", "ms"), ("_us", "µs"), ("_ns", "ns"), ("_seconds", "s"), ("_s", "s")]
        // As nginx writes it.
        if name.hasSuffix("request_time") || name.hasSuffix("response_time") { return "s" }
        return units.first { name.hasSuffix($0.0) }?.1
    }
}
