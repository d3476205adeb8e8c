import Events

/// A date and time as text: RFC 3339, the same without its offset, or the common log format's.
///
/// `2026-11-24T14:03:27.120Z`, `2026-11-24 14:03:27,120`, `24/Nov/2026:14:03:27 +0100`. Digits
/// past the ninth of the fraction are dropped. A leap second is the first of the next minute.
struct CalendarText {
    /// Since 1970-01-01T00:00:00 in UTC, or in local time if the text doesn't say where.
    private(set) var seconds = 0
    private(set) var nanoseconds = 0
    private(set) var isUTC = false

    /// Nil for anything else, and for days and times that don't exist.
    init?(_ text: UnsafeRawBufferPointer) {
        var cursor = TextCursor(text)
        if text.count > 2, text[2] == UInt8(ascii: "/") {
            guard readCommonLog(&cursor) else { return nil }
        } else {
            guard readRFC3339(&cursor) else { return nil }
        }
        if !cursor.isAtEnd { return nil }
    }

    private mutating func readRFC3339(_ cursor: inout TextCursor) -> Bool {
        guard let year = cursor.number(digits: 4), cursor.take("-"),
            let month = cursor.number(digits: 2), cursor.take("-"),
            let day = cursor.number(digits: 2), add(year, month, day),
            cursor.take("T") || cursor.take(" ") || cursor.take("t"), readClock(&cursor)
        else { return false }
        if cursor.take(".") || cursor.take(","), !readFraction(&cursor) { return false }
        if cursor.isAtEnd { return true }
        return readOffset(&cursor)
    }

    private mutating func readCommonLog(_ cursor: inout TextCursor) -> Bool {
        guard let day = cursor.number(digits: 2), cursor.take("/"),
            let month = monthNumber(&cursor), cursor.take("/"),
            let year = cursor.number(digits: 4), add(year, month, day),
            cursor.take(":"), readClock(&cursor), cursor.take(" ")
        else { return false }
        return readOffset(&cursor)
    }

    private mutating func add(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard 1...12 ~= month, day >= 1, day <= lengthOfMonth(month, year) else { return false }
        seconds = CivilTime.days(year: year, month: month, day: day) * 86_400
        return true
    }

    private mutating func readClock(_ cursor: inout TextCursor) -> Bool {
        guard let hour = cursor.number(digits: 2), hour < 24, cursor.take(":"),
            let minute = cursor.number(digits: 2), minute < 60, cursor.take(":"),
            let second = cursor.number(digits: 2), second <= 60
        else { return false }
        seconds += hour * 3600 + minute * 60 + second
        return true
    }

    /// False if there is no digit.
    private mutating func readFraction(_ cursor: inout TextCursor) -> Bool {
        var unit = 1_000_000_000
        while let digit = cursor.digit() {
            unit /= 10
            nanoseconds += digit * unit
        }
        return unit < 1_000_000_000
    }

    /// `Z`, `+01:00` or `+0100`.
    private mutating func readOffset(_ cursor: inout TextCursor) -> Bool {
        isUTC = true
        if cursor.take("Z") || cursor.take("z") { return true }
        let isWest = cursor.take("-")
        guard isWest || cursor.take("+"), let hours = cursor.number(digits: 2), hours < 24 else {
            return false
        }
        _ = cursor.take(":")
        guard let minutes = cursor.number(digits: 2), minutes < 60 else { return false }
        let offset = hours * 3600 + minutes * 60
        seconds += isWest ? offset : -offset
        return true
    }
}

private func lengthOfMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}

private let monthNames: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

/// Of `Jan` to `Dec`.
func monthNumber(_ cursor: inout TextCursor) -> Int? {
    guard let name = cursor.bytes(3) else { return nil }
    let names = UnsafeRawBufferPointer(start: monthNames.utf8Start, count: 36)
    let place = stride(from: 0, to: 36, by: 3).first { names[$0..<$0 + 3].elementsEqual(name) }
    return place.map { $0 / 3 + 1 }
}
