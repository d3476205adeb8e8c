import Events
import Queries

extension DashboardReader {
    mutating func readTime(_ fields: Fields, _ stream: inout StreamDefinition) {
        var format = TimeFormat()
        if let field = fields["time_unit"] { format.unit = timeUnit(field) }
        if let field = fields["time_zone"] { format.offset = timeZone(field) ?? .zero }
        let isArrival = fields["time"].map { $0.value.isPlainText("arrival") } ?? true
        if let time = fields["time"], !isArrival {
            guard let path = fieldPath(time) else { return }
            stream.time = .field(path, format)
            return
        }
        for name in ["time_unit", "time_zone"] {
            guard let field = fields[name] else { continue }
            refuse(
                key: name, at: field.offset,
                "`\(name)` does nothing without `time`, the field that holds the event's time")
        }
    }

    private mutating func timeUnit(_ field: Fields.Field) -> TimeFormat.Unit? {
        guard let text = text(field, limit: 20) else { return nil }
        if let unit = TimeFormat.Unit(rawValue: text) { return unit }
        refuse(field, "`time_unit` is \(quotedPiece(text)); expected `s`, `ms`, `us` or `ns`")
        return nil
    }

    private mutating func timeZone(_ field: Fields.Field) -> Nanoseconds? {
        guard let text = text(field, limit: 100) else { return nil }
        if text == "UTC" { return .zero }
        if let offset = Nanoseconds(offset: text) { return offset }
        let isName = text.contains("/") && text.first?.isLetter == true
        refuse(
            field,
            isName
                ? "a named time zone, \(quotedPiece(text)), is not built yet; "
                    + "write `UTC` or an offset like `+02:00`"
                : "`time_zone` is \(quotedPiece(text)); expected `UTC` or an offset from "
                    + "`-14:00` to `+14:00`",
            kind: isName ? .notBuiltYet : .invalid)
        return nil
    }
}

extension DocumentNode {
    /// Whether it is this text, quoted or not.
    func isPlainText(_ text: String) -> Bool {
        if case .scalar(text, _) = content { return true }
        return false
    }
}

extension Nanoseconds {
    /// An offset from UTC: `+02:00`, `-05:30`, at most 14 hours; nil if `offset` is none.
    init?(offset: String) {
        let bytes = Array(offset.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":") else { return nil }
        let isWest = bytes[0] == UInt8(ascii: "-")
        guard isWest || bytes[0] == UInt8(ascii: "+") else { return nil }
        let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int64($0) - 0x30 }
        guard digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
        let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        let total = hours * 60 + minutes
        guard minutes < 60, total <= 14 * 60 else { return nil }
        self = .seconds((isWest ? -total : total) * 60)
    }

    /// As `init(offset:)` reads it.
    var writtenAsOffset: String {
        let minutes = rawValue.magnitude / 60_000_000_000
        func two(_ n: UInt64) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return (rawValue < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }
}
