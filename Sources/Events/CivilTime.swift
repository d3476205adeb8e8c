/// Days and dates without a calendar library: the proleptic Gregorian calendar, in UTC.
///
/// The two conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`.
package enum CivilTime {
    /// Days since 1970-01-01. `month` 1–12, `day` 1–31; the year may be negative.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    package static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Timestamp {
    /// RFC 3339 in UTC with milliseconds, rounded down: `2026-11-24T14:03:27.120Z`.
    package var rfc3339: String {
        let (date, clock) = parts
        return "\(date)T\(clock).\(padded(milliseconds, 3))Z"
    }

    /// The time of day in UTC: `14:03:27`.
    package var clock: String { parts.clock }

    private var milliseconds: Int { Int(floorMod(rawValue, 1_000_000_000) / 1_000_000) }

    private var parts: (date: String, clock: String) {
        let seconds = Int(floorDiv(rawValue, 1_000_000_000))
        let days = floorDiv(seconds, 86_400)
        let rest = floorMod(seconds, 86_400)
        let (y, m, d) = CivilTime.date(days: days)
        return (
            "\(padded(y, 4))-\(padded(m, 2))-\(padded(d, 2))",
            "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        )
    }
}

/// Division that rounds towards minus infinity, so that a grid has no seam at zero.
@inlinable package func floorDiv<T: SignedInteger>(_ a: T, _ b: T) -> T {
    let q = a / b
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q
}

/// The rest of `floorDiv`: has the sign of `b`.
@inlinable package func floorMod<T: SignedInteger>(_ a: T, _ b: T) -> T {
    let r = a % b
    return (r != 0 && (r < 0) != (b < 0)) ? r + b : r
}

private func padded(_ n: Int, _ width: Int) -> String {
    let digits = String(n)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
