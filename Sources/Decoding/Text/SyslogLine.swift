import CSimdjson
import Events

/// Syslog: RFC 5424, `<PRI>1 TIME HOST APP PROCID MSGID [ID NAME="VALUE"] MESSAGE`, and what is
/// older, RFC 3164, `<PRI>Oct 11 22:14:15 HOST APP[PROCID]: MESSAGE`.
///
/// Of the older kind there are also lines without a priority, as in the files under /var/log, with
/// an RFC 3339 time, as rsyslog writes it, without a host, as programs send them to their own
/// machine, and without an app. A hyphen alone is null. `time` is a date with its year in any case.
struct SyslogLine: LineFormat {
    enum Field: String {
        case facility, severity, priority, time, host, app, procid, msgid, message
    }

    typealias Cells = UnsafeMutablePointer<JSONCell>

    private(set) var fields = FieldCells<Field>()
    /// Of structured data: what is asked for as `sd.ID.NAME`, and the cell it goes to.
    private(set) var parameters: [(name: [UInt8], cell: Int)] = []
    private var dates = YearlessDates()

    mutating func add(_ path: FieldPath) {
        let name = path.name
        if name.hasPrefix("sd.") {
            parameters.append((Array(name.utf8.dropFirst(3)), fields.count))
        }
        fields.add(Field(rawValue: name))
    }

    mutating func begin(_ chunk: Chunk) { dates.begin(receivedAt: chunk.receivedAt) }

    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading {
        var cursor = TextCursor(line)
        guard readPriority(&cursor, cells) else { return .refused(.malformed, at: cursor.place) }
        let isRFC5424 = cursor.place > 0 && cursor.rest.starts(with: "1 ".utf8)
        let isSound =
            isRFC5424
            ? readHeader(&cursor, cells) && readStructuredData(&cursor, cells, &texts)
            : readDate(&cursor, cells, &texts) && readSender(&cursor, cells)
        guard isSound else { return .refused(.malformed, at: cursor.place) }
        if !isRFC5424 || cursor.take(" ") { setMessage(cursor.rest, cells) }
        return .record
    }

    private func set(_ field: Field, _ text: UnsafeRawBufferPointer, _ cells: Cells) {
        fields.set(field, JSONCell(loggedText: text), in: cells)
    }

    private func setMessage(_ text: UnsafeRawBufferPointer, _ cells: Cells) {
        fields.set(.message, JSONCell(plainText: text.withoutByteOrderMark), in: cells)
    }

    /// `<34>`: eight times the facility, and the severity. There may be none.
    private func readPriority(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        guard cursor.take("<") else { return true }
        let start = cursor
        var priority = 0
        while cursor.place < 4, let digit = cursor.digit() { priority = priority * 10 + digit }
        guard cursor.place > 1, priority < 192, cursor.take(">") else {
            cursor = start
            return false
        }
        fields.set(.priority, JSONCell(number: priority), in: cells)
        fields.set(.facility, JSONCell(plainText: SyslogName.facility(priority)), in: cells)
        fields.set(.severity, JSONCell(plainText: SyslogName.severity(priority)), in: cells)
        return true
    }

    // MARK: RFC 5424

    private func readHeader(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        guard cursor.take("1"), cursor.take(" ") else { return false }
        for field in Self.header {
            guard let word = cursor.word() else { return false }
            set(field, word, cells)
        }
        return true
    }

    private static let header = [Field.time, .host, .app, .procid, .msgid]

    // MARK: RFC 3164

    private mutating func readDate(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) -> Bool {
        let start = cursor
        var date = dates.read(&cursor, &texts)
        if date == nil {
            cursor = start
            date = cursor.run { $0 == 0x20 }
            if let text = date, CalendarText(text) == nil { date = nil }
        }
        guard let date, cursor.take(" ") else {
            cursor = start
            return false
        }
        set(.time, date, cells)
        return true
    }

    /// Host and app, and that something follows. A first word with a colon is the app's.
    private func readSender(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        let start = cursor
        guard let host = cursor.word() else { return false }
        if host.last == UInt8(ascii: ":") {
            cursor = start
        } else {
            set(.host, host, cells)
            if cursor.isAtEnd { return false }
        }
        readApp(&cursor, cells)
        return true
    }

    /// `APP: ` or `APP[PROCID]:`; without either, all of it is the message.
    private func readApp(_ cursor: inout TextCursor, _ cells: Cells) {
        var ahead = cursor
        var procid: UnsafeRawBufferPointer?
        let app = ahead.run {
            $0 == 0x20 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "[")
        }
        if ahead.take("[") {
            procid = ahead.run { $0 == 0x20 || $0 == UInt8(ascii: "]") }
            guard ahead.take("]") else { return }
        }
        guard !app.isEmpty, ahead.take(":") else { return }
        guard ahead.take(" ") || ahead.isAtEnd || procid != nil else { return }
        set(.app, app, cells)
        if let procid { set(.procid, procid, cells) }
        cursor = ahead
    }
}
