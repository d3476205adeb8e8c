/// A duration in at most six characters and a sign, two units at most: `412ms`, `3.1s`, `34s`,
/// `2m14s`, `1h05m`, `12d04h`, `341d`. Rounded down, so that a deadline is never shown as reached
/// before it is. Padded at the left to `width`, if that is wider.
package func compactDuration(_ nanoseconds: Int64?, width: Int = 0) -> String {
    guard let nanoseconds else { return padded("–", to: width) }
    let sign = nanoseconds < 0 ? "-" : ""
    return padded(sign + unsigned(nanoseconds.magnitude), to: width)
}

private func unsigned(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case 0: return "0s"
    case ..<1_000: return "\(nanoseconds)ns"
    case ..<1_000_000: return tenths(nanoseconds / 100, "µs")
    case ..<1_000_000_000: return tenths(nanoseconds / 100_000, "ms")
    case ..<60_000_000_000: return tenths(nanoseconds / 100_000_000, "s")
    default: return clock(nanoseconds / 1_000_000_000)
    }
}

/// One decimal below ten.
private func tenths(_ tenths: UInt64, _ unit: String) -> String {
    tenths < 100 ? "\(tenths / 10).\(tenths % 10)\(unit)" : "\(tenths / 10)\(unit)"
}

private func clock(_ seconds: UInt64) -> String {
    let minutes = seconds / 60
    let hours = minutes / 60
    let days = hours / 24
    if minutes < 60 { return "\(minutes)m\(twoDigits(seconds % 60))s" }
    if hours < 24 { return "\(hours)h\(twoDigits(minutes % 60))m" }
    if days < 100 { return "\(days)d\(twoDigits(hours % 24))h" }
    return "\(days)d"
}

private func twoDigits(_ value: UInt64) -> String { value < 10 ? "0\(value)" : "\(value)" }
