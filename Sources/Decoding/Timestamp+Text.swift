import Events

extension Timestamp {
    /// An instant as a person writes it: `2026-11-25T14:03:27Z`, the same without an offset (UTC),
    /// a day (`2026-11-25`, its beginning in UTC), or common log time. Nil for anything else.
    package init?(text: String) {
        var text = text
        if text.utf8.count == 10 { text += "T00:00:00Z" }
        let date = text.withUTF8 { CalendarText(UnsafeRawBufferPointer($0)) }
        guard let date else { return nil }
        let time = Int128(date.seconds) * 1_000_000_000 + Int128(date.nanoseconds)
        guard let time = Int64(exactly: time) else { return nil }
        self.init(rawValue: time)
    }
}
