import Events

/// Reads dates that have no year, as RFC 3164 writes them: `Oct 11 22:14:15`, also with a fraction.
///
/// The year is that of the receipt: the latest one in which there is such a day, and which makes
/// the date at most a day later than its receipt. So a clock that is ahead, or in a zone further
/// east, doesn't throw a record back by a year, and December's records that arrive in January are
/// of the year before.
struct YearlessDates {
    /// Further ahead than this, in seconds, is not the future.
    private static let reach = 86_400

    private var receivedAt = 0
    private var year = 1970
    /// The date before as written, and with its year: many records share a second.
    private var last: (written: UnsafeRawBufferPointer, full: UnsafeRawBufferPointer)?

    /// What comes next was received then; what was read before is no longer there.
    mutating func begin(receivedAt: Timestamp) {
        self.receivedAt = Int(floorDiv(receivedAt.rawValue, 1_000_000_000))
        year = CivilTime.date(days: floorDiv(self.receivedAt, 86_400)).year
        last = nil
    }

    /// The date that begins here, as RFC 3339 without an offset; nil: none does.
    mutating func read(
        _ cursor: inout TextCursor, _ texts: inout UnescapedTexts
    ) -> UnsafeRawBufferPointer? {
        let start = cursor.place
        guard let month = monthNumber(&cursor), cursor.take(" "), let day = day(&cursor),
            cursor.take(" ")
        else { return nil }
        let clock = cursor.run { $0 == 0x20 }
        let written = cursor.bytes(from: start)
        if let last, last.written.elementsEqual(written) { return last.full }
        guard let text = text(month, day, clock) else { return nil }
        let full = texts.add(text)
        last = (written, full)
        return full
    }

    /// ` 1`, `01` or `1`.
    private func day(_ cursor: inout TextCursor) -> Int? {
        _ = cursor.take(" ")
        guard let first = cursor.digit() else { return nil }
        return cursor.digit().map { first * 10 + $0 } ?? first
    }

    private func text(_ month: Int, _ day: Int, _ clock: UnsafeRawBufferPointer) -> [UInt8]? {
        // A 29 February may be eight years ago.
        for year in stride(from: year + 1, through: year - 8, by: -1) {
            let date = Array("\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))T".utf8)
            let text = date + clock
            let read = text.withUnsafeBytes { CalendarText($0) }
            guard let read, !read.isUTC else { continue }
            if read.seconds - receivedAt <= Self.reach { return text }
        }
        return nil
    }
}

private func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
}
