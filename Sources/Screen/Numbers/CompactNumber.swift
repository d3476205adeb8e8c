/// A number in at most five characters, so that columns of numbers don't jump: `18.4k`, `6.2k`,
/// `812`, `0.31`; `–` for nil and NaN. Padded at the left to `width`, if that is wider.
///
/// SI prefixes from a thousand up (k M G T P E), decimals below, powers of ten where neither does.
/// `tenths`: whole numbers below a hundred have a decimal too, as their neighbours do.
package func compactNumber(_ value: Double?, width: Int = 0, tenths: Bool = false) -> String {
    guard let value, !value.isNaN else { return padded("–", to: width) }
    if value.isInfinite { return padded(value < 0 ? "-inf" : "inf", to: width) }
    let sign = value < 0 ? "-" : ""
    if tenths, value == value.rounded(), abs(value) < 100 {
        return padded(sign + fixed(abs(value), decimals: 1), to: width)
    }
    let size = unsigned(abs(value), digits: 5 - sign.utf8.count)
    return padded(size == "~0" ? size : sign + size, to: width)
}

/// A share in percent, in at most five characters: `4.0%`, `31%`, `100%`, `–` for nil and NaN.
/// Padded at the left to `width`, if that is wider.
///
/// One decimal below ten. What is not quite 0 or 100 is not shown as 0 or 100.
package func compactPercent(_ share: Double?, width: Int = 0) -> String {
    guard let share, !share.isNaN else { return padded("–", to: width) }
    return padded(percent(abs(share) * 100, sign: share < 0 ? "-" : ""), to: width)
}

private func percent(_ size: Double, sign: String) -> String {
    switch size {
    case 0: "0%"
    case ..<0.05: "~0%"
    case ..<9.95: sign + fixed(size, decimals: 1) + "%"
    case 99.5..<100: sign + "99%"
    case ..<999.5: sign + fixed(size, decimals: 0) + "%"
    default: sign.isEmpty ? ">999%" : "<-1k%"
    }
}

/// `value` is finite and not negative; the result has at most `digits` (4 or 5) characters.
private func unsigned(_ value: Double, digits: Int) -> String {
    if value == 0 { return "0" }
    if value < 0.0095 { return small(value, digits: digits) }
    if value < 0.995 { return fixed(value, decimals: 2) }
    if value < 999.5 {
        let isWhole = value == value.rounded()
        return fixed(value, decimals: isWhole || value >= 99.95 ? 0 : 1)
    }
    return scaled(value, digits: digits)
}

private func scaled(_ value: Double, digits: Int) -> String {
    var rest = value
    for prefix in ["k", "M", "G", "T", "P", "E"] {
        rest /= 1000
        guard rest < 999.5 else { continue }
        let decimals = rest >= (digits < 5 ? 9.95 : 99.95) ? 0 : 1
        return fixed(rest, decimals: decimals) + prefix
    }
    return powerOfTen(value, digits: digits)
}

private func small(_ value: Double, digits: Int) -> String {
    if value >= 0.0005, digits >= 5 { return fixed(value, decimals: 3) }
    return powerOfTen(value, digits: digits)
}

/// `3e-4`: one digit and the exponent. Where that is too long, `~0` or the exponent alone.
private func powerOfTen(_ value: Double, digits: Int) -> String {
    var exponent = 0
    var rest = value
    while rest >= 9.5 { (rest, exponent) = (rest / 10, exponent + 1) }
    while rest < 0.95 { (rest, exponent) = (rest * 10, exponent - 1) }
    let text = fixed(rest, decimals: 0) + "e\(exponent)"
    if text.utf8.count <= digits { return text }
    return exponent < 0 ? "~0" : "e\(exponent)"
}

/// Rounded half up; `value` is below a million and `decimals` at most 3.
private func fixed(_ value: Double, decimals: Int) -> String {
    let factor = [1, 10, 100, 1000][decimals]
    let units = Int((value * Double(factor)).rounded())
    if decimals == 0 { return String(units) }
    let fraction = String(units % factor)
    let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
    return "\(units / factor).\(zeros)\(fraction)"
}

func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
}
