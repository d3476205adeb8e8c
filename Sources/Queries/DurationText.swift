import Events

/// Units of a duration, the longest first, in nanoseconds.
private let durationUnits: [(name: String, length: Int64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000), ("ns", 1),
]

/// Reads a duration: `250ms`, `5s`, `1h30m`. Whole numbers, each with its unit (`d h m s ms us ns`,
/// and `µs`), longer units first and each once; nil for anything else, and for what doesn't fit
/// 64-bit nanoseconds.
package func parseDuration(_ text: some StringProtocol) -> Nanoseconds? {
    var rest = Substring(text)
    var sum: Int64 = 0
    var longest = Int64.max
    repeat {
        let digits = rest.prefix { "0"..."9" ~= $0 }
        rest = rest.dropFirst(digits.count)
        let unit = rest.prefix { !("0"..."9" ~= $0) }
        rest = rest.dropFirst(unit.count)
        guard let count = Int64(digits), let length = unitLength(unit), length < longest else {
            return nil
        }
        longest = length
        let (product, tooLong) = count.multipliedReportingOverflow(by: length)
        let (total, overflow) = sum.addingReportingOverflow(product)
        if tooLong || overflow { return nil }
        sum = total
    } while !rest.isEmpty
    return Nanoseconds(rawValue: sum)
}

private func unitLength(_ name: Substring) -> Int64? {
    if name == "µs" || name == "μs" { return 1000 }
    return durationUnits.first { $0.name == name }?.length
}

/// A duration in the longest unit that needs no fraction, hours at most; `parseDuration` reads it
/// back unless it is negative.
package func durationText(_ duration: Nanoseconds) -> String {
    if duration == .zero { return "0s" }
    for (name, length) in durationUnits.dropFirst() where duration.rawValue % length == 0 {
        return "\(duration.rawValue / length)\(name)"
    }
    return "\(duration.rawValue)ns"
}
