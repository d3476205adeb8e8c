import Events

/// Reads a length of time: numbers with units, largest first or in any order: `250ms`, `5s`,
/// `1h30m`. Units: ns us µs ms s m h d. nil where that isn't what it says, or it doesn't fit.
package func parseDuration(_ text: some StringProtocol) -> Nanoseconds? {
    var rest = text[...]
    var total: Int64 = 0
    while !rest.isEmpty {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let unit = rest[digits.endIndex...].prefix { $0.isLetter }
        guard let count = Int64(digits), let factor = durationUnits[String(unit)] else {
            return nil
        }
        let (part, tooLong) = count.multipliedReportingOverflow(by: factor)
        let (sum, overflow) = total.addingReportingOverflow(part)
        guard !tooLong, !overflow else { return nil }
        total = sum
        rest = rest[unit.endIndex...]
    }
    return text.isEmpty ? nil : Nanoseconds(rawValue: total)
}

private let durationUnits: [String: Int64] = [
    "ns": 1, "us": 1_000, "µs": 1_000, "ms": 1_000_000, "s": 1_000_000_000,
    "m": 60_000_000_000, "h": 3_600_000_000_000, "d": 86_400_000_000_000,
]

/// A length of time as a query writes it: the largest unit that divides it.
package func durationText(_ duration: Nanoseconds) -> String {
    let units = ["d", "h", "m", "s", "ms", "us"]
    for unit in units {
        let factor = durationUnits[unit]!
        if duration.rawValue % factor == 0, duration.rawValue != 0 {
            return "\(duration.rawValue / factor)\(unit)"
        }
    }
    return "\(duration.rawValue)ns"
}
