import Events

/// What a sample holds in one field.
struct FieldProfile {
    let path: FieldPath
    /// The last name of the path in lower case, and its words.
    let name: String
    let words: [String]
    let records: Int
    private(set) var present = 0
    private(set) var numbers: [Double] = []
    private(set) var texts = 0
    private(set) var bools = 0
    /// Each value once, with how many records have it.
    private(set) var values: [Scalar: Int] = [:]

    init(_ path: FieldPath, _ column: Column) {
        self.path = path
        var last = path.name
        for case .name(let step) in path.steps { last = step }
        name = last.lowercased()
        words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        records = column.kinds.count
        for (row, kind) in column.kinds.enumerated() {
            switch kind {
            case .missing, .null, .compound: continue
            case .number: numbers.append(column.numbers[row])
            case .string: texts += 1
            case .bool: bools += 1
            }
            present += 1
            values[column.dictionary[Int(column.codes[row])], default: 0] += 1
        }
    }

    var isNumeric: Bool { !numbers.isEmpty && numbers.count * 10 >= present * 9 }
    /// In nine of ten records.
    var isCommon: Bool { present * 10 >= records * 9 }

    func has(_ names: String...) -> Bool { names.contains { name == $0 || words.contains($0) } }

    /// Few values that come again and again, so that each of them has a line of its own.
    var isCategory: Bool {
        let most = max(3, min(50, present / 5))
        guard present * 2 >= records, 2...most ~= values.count else { return false }
        return isNumeric ? has("status", "code", "level", "priority", "partition") : true
    }

    /// How much it looks like what people group by; 0: not at all.
    var groupingScore: Double {
        guard isCategory, !isClient else { return 0 }
        let order = [
            "type", "event", "service", "app", "site", "route", "endpoint", "path", "uri", "region",
            "kind",
            "method", "host", "cmd", "command", "unit", "level", "severity", "status",
        ]
        let rank = order.firstIndex { has($0) }.map { Double(order.count - $0) } ?? 0
        // A value that nearly every record has tells little.
        let largest = Double(values.values.max() ?? 0) / Double(max(1, present))
        return 1 + rank + 4 * (1 - largest) + (isCommon ? 3 : 0)
    }

    /// Who asked, of which there are a few in a sample and many in a day.
    private var isClient: Bool { ["remote", "referer", "user_agent"].contains(name) }

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

    /// Whether it names its record: there is one for each, and no two alike.
    var isIdentity: Bool {
        let isNamed =
            words.last.map { ["id", "uuid", "guid", "cursor"].contains($0) } ?? false
            || name.hasSuffix("id")
        return isNamed && records >= 10 && values.count == records
    }

    /// A quantity: a number that isn't the number of a thing.
    var isQuantity: Bool {
        isNumeric && !name.hasSuffix("id") && !has("id", "pid", "port", "code", "status", "version")
            && values.count > 1
    }

    var unit: String? {
        let units = [("_ms", "ms"), ("_us", "µs"), ("_ns", "ns"), ("_seconds", "s"), ("_s", "s")]
        return units.first { name.hasSuffix($0.0) }?.1
    }
}
