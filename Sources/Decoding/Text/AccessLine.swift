import CSimdjson
import Events

/// A web server's log in the common or the combined format, as nginx and Apache write it:
/// `REMOTE IDENT USER [TIME] "REQUEST" STATUS BYTES "REFERER" "USER AGENT" EXTRA`.
///
/// A hyphen alone is null. Referer and user agent are there both or not at all; what else stands
/// behind the bytes is `extra`, and the request's time if it is a single number. In front there may
/// be the virtual host, as in Apache's `vhost_combined`.
struct AccessLine: LineFormat {
    enum Field: String {
        case vhost, remote, ident, user, time, request, method, path, query
        case `protocol`
        case status, bytes, referer
        case userAgent = "user_agent"
        case extra
        case requestTime = "request_time"
    }

    private typealias Cells = UnsafeMutablePointer<JSONCell>
    private typealias Text = UnsafeRawBufferPointer

    private var fields = FieldCells<Field>()

    mutating func add(_ path: FieldPath) { fields.add(Field(rawValue: path.name)) }

    mutating func begin(_ chunk: Chunk) {}

    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading {
        var cursor = TextCursor(line)
        guard readClient(&cursor, cells), readTime(&cursor, cells),
            readRequest(&cursor, cells, &texts), readAnswer(&cursor, cells)
        else { return .refused(.malformed, at: cursor.place) }
        readClaims(&cursor, cells, &texts)
        let isSound = readExtra(&cursor, cells, &texts)
        return isSound ? .record : .refused(.malformed, at: cursor.place)
    }

    private func set(_ field: Field, _ text: Text, _ cells: Cells) {
        fields.set(field, JSONCell(loggedText: text), in: cells)
    }

    /// The words before the bracket. A user's name may have blanks; but where the second word is
    /// an address and not the hyphen that `ident` nearly always is, the first is a virtual host.
    private func readClient(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        guard let first = cursor.word(), let second = cursor.word() else { return false }
        let words = cursor.run { $0 == UInt8(ascii: "[") }
        guard cursor.next != nil, words.last == 0x20 else { return false }
        let others = Text(rebasing: words.dropLast())
        if !second.isHyphen, let blank = others.firstIndex(of: 0x20) {
            set(.vhost, first, cells)
            set(.remote, second, cells)
            set(.ident, Text(rebasing: others[..<blank]), cells)
            set(.user, Text(rebasing: others[(blank + 1)...]), cells)
        } else {
            set(.remote, first, cells)
            set(.ident, second, cells)
            set(.user, others, cells)
        }
        return true
    }

    private func readTime(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        guard cursor.take("[") else { return false }
        set(.time, cursor.run { $0 == UInt8(ascii: "]") }, cells)
        return cursor.take("]") && cursor.take(" ")
    }

    private func readRequest(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) -> Bool {
        guard let request = cursor.quoted(.accessLog, &texts) else { return false }
        set(.request, request, cells)
        var words = TextCursor(request)
        if let method = words.word(), let target = words.word(), let version = words.word(),
            words.isAtEnd
        {
            set(.method, method, cells)
            set(.protocol, version, cells)
            setTarget(target, cells)
        } else {
            for field in Self.partsOfRequest { fields.set(field, .null, in: cells) }
        }
        return cursor.take(" ")
    }

    private static let partsOfRequest = [Field.method, .path, .query, .protocol]

    /// A path, and behind a question mark the query.
    private func setTarget(_ target: Text, _ cells: Cells) {
        var cursor = TextCursor(target)
        set(.path, cursor.run { $0 == UInt8(ascii: "?") }, cells)
        let query = cursor.take("?") ? JSONCell(plainText: cursor.rest) : .null
        fields.set(.query, query, in: cells)
    }

    private func readAnswer(_ cursor: inout TextCursor, _ cells: Cells) -> Bool {
        for field in Self.numbers {
            let start = cursor
            guard let word = cursor.word(), let number = JSONCell(loggedNumber: word) else {
                cursor = start
                return false
            }
            fields.set(field, number, in: cells)
        }
        return true
    }

    private static let numbers = [Field.status, .bytes]

    /// What the client says of itself, if the line is of the combined format.
    private func readClaims(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) {
        let start = cursor
        if let referer = cursor.quoted(.accessLog, &texts), cursor.take(" "),
            let agent = cursor.quoted(.accessLog, &texts), cursor.isAtEnd || cursor.take(" ")
        {
            set(.referer, referer, cells)
            set(.userAgent, agent, cells)
        } else {
            cursor = start
        }
    }

    /// The rest as it is written; of a single value in quotes, what stands in them.
    private func readExtra(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) -> Bool {
        skipBlanks(&cursor)
        let start = cursor.place
        var extra: Text?
        while !cursor.isAtEnd {
            guard let value = value(&cursor, &texts) else { return false }
            extra = extra == nil ? value : cursor.bytes(from: start)
            skipBlanks(&cursor)
        }
        guard let extra else { return true }
        set(.extra, extra, cells)
        let number = JSONCell(text: extra)
        if number.kind == .number { fields.set(.requestTime, number, in: cells) }
        return true
    }

    /// nil: a quote is not closed, or something stands right behind one.
    private func value(_ cursor: inout TextCursor, _ texts: inout UnescapedTexts) -> Text? {
        guard cursor.next == UInt8(ascii: "\"") else { return cursor.run { $0 == 0x20 } }
        let value = cursor.quoted(.accessLog, &texts)
        return cursor.isAtEnd || cursor.next == 0x20 ? value : nil
    }

    private func skipBlanks(_ cursor: inout TextCursor) { _ = cursor.run { $0 != 0x20 } }
}
