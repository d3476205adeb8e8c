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
