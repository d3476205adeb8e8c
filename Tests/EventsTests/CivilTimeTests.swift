import Testing

@testable import Events

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (7, 3, 2, 1), (-7, 3, -3, 2), (7, -3, -3, -2), (-7, -3, 2, -1), (6, 3, 2, 0),
        (-6, 3, -2, 0),
        (0, 5, 0, 0), (-1, 10, -1, 9), (1, 10, 0, 1), (-10, 10, -1, 0),
    ])
    func floorDivision(_ a: Int, _ b: Int, _ quotient: Int, _ rest: Int) {
        #expect(floorDiv(a, b) == quotient)
        #expect(floorMod(a, b) == rest)
        #expect(floorDiv(a, b) * b + floorMod(a, b) == a)
    }

    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
        (1600, 1, 1, -135_140), (2024, 11, 24, 20_051), (0, 3, 1, -719_468),
    ])
    func knownDays(_ year: Int, _ month: Int, _ day: Int, _ days: Int) {
        #expect(CivilTime.days(year: year, month: month, day: day) == days)
        #expect(CivilTime.date(days: days) == (year, month, day))
    }

    /// Each day is the one after the day before it, over more than a cycle of the calendar.
    @Test func everyDayFollowsTheLast() {
        var last = CivilTime.date(days: -200_001)
        for days in -200_000...200_000 {
            let (year, month, day) = CivilTime.date(days: days)
            let next = day == last.day + 1 && month == last.month && year == last.year
            let nextMonth = day == 1 && month == last.month + 1 && year == last.year
            let nextYear = day == 1 && month == 1 && last.month == 12 && year == last.year + 1
            guard next || nextMonth || nextYear,
                CivilTime.days(year: year, month: month, day: day) == days
            else {
                Issue.record("day \(days) is \(year)-\(month)-\(day) after \(last)")
                return
            }
            last = (year, month, day)
        }
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z", "00:00:00"),
            (-1, "1969-12-31T23:59:59.999Z", "23:59:59"),
            (1_764_000_207_120_999_999, "2025-11-24T16:03:27.120Z", "16:03:27"),
            (-1_000_000_000, "1969-12-31T23:59:59.000Z", "23:59:59"),
            (.min, "1677-09-21T00:12:43.145Z", "00:12:43"),
            (.max, "2262-04-11T23:47:16.854Z", "23:47:16"),
            (-999_000_001, "1969-12-31T23:59:59.000Z", "23:59:59"),
            (5_000_000, "1970-01-01T00:00:00.005Z", "00:00:00"),
        ] as [(Int64, String, String)])
    func rfc3339(_ time: Int64, _ text: String, _ clock: String) {
        #expect(Timestamp(rawValue: time).rfc3339 == text)
        #expect(Timestamp(rawValue: time).clock == clock)
    }
}
