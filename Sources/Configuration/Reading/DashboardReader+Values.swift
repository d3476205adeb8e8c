import Events
import Queries

/// Values typed by their field. Each returns nil after it has reported what is wrong.
extension DashboardReader {
    /// One line of text that isn't empty, of at most `limit` characters.
    mutating func text(_ field: Fields.Field, limit: Int) -> String? {
        guard let text = scalar(field) else { return nil }
        guard text.count <= limit else {
            refuse(field, "`\(field.name)` has \(text.count) characters; at most \(limit)")
            return nil
        }
        guard !text.isEmpty, !text.unicodeScalars.contains(where: \.isLineBreak) else {
            refuse(field, "`\(field.name)` is one line of text that isn't empty")
            return nil
        }
        return text
    }

    mutating func duration(
        _ field: Fields.Field, in bounds: ClosedRange<Nanoseconds>
    ) -> Nanoseconds? {
        guard let text = text(field, limit: 100) else { return nil }
        guard let duration = parseDuration(text) else {
            let unit = Double(text) == nil ? "" : "; a number alone has no unit"
            refuse(
                field,
                "`\(field.name)` is \(quotedPiece(text)), not a duration like `5s` or `250ms`"
                    + unit)
            return nil
        }
        guard bounds.contains(duration) else {
            refuse(
                field,
                "`\(field.name)` is \(quotedPiece(text)); expected "
                    + "\(bounds.lowerBound.written) to \(bounds.upperBound.written)")
            return nil
        }
        return duration
    }

    mutating func number(_ field: Fields.Field) -> Double? {
        guard let text = text(field, limit: 100) else { return nil }
        let isDecimal = text.utf8.allSatisfy {
            0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0)
        }
        guard isDecimal, let number = Double(text), number.isFinite else {
            refuse(field, "`\(field.name)` is \(quotedPiece(text)), not a number")
            return nil
        }
        return number
    }

    mutating func truth(_ field: Fields.Field) -> Bool? {
        guard let text = text(field, limit: 100) else { return nil }
        if text == "true" || text == "false" { return text == "true" }
        refuse(field, "`\(field.name)` is \(quotedPiece(text)); expected true or false")
        return nil
    }

    mutating func integer(_ field: Fields.Field, in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text(field, limit: 100) else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            refuse(
                field,
                "`\(field.name)` is \(quotedPiece(text)); expected a whole number from "
                    + "\(bounds.lowerBound) to \(bounds.upperBound)")
            return nil
        }
        return number
    }

    mutating func fieldPath(_ field: Fields.Field) -> FieldPath? {
        guard let text = text(field, limit: 1000) else { return nil }
        guard let path = FieldPath(reading: text) else {
            refuse(
                field,
                "`\(field.name)` is \(quotedPiece(text)), not a field: a name, a path like "
                    + "`stages.broker` or `items[0].sku`, an odd name in backticks inside quotes")
            return nil
        }
        return path
    }

    /// Whether a name of a stream or view is one; reports it if not.
    mutating func checkName(_ name: String, at offset: Int, of what: String) -> Bool {
        if Name.isValid(name) { return true }
        let article = what.hasPrefix("a") ? "an" : "a"
        refuse(
            key: name, at: offset,
            "\(quotedPiece(name)) can't be the name of \(article) \(what): a letter or `_`, then "
                + "letters, digits, `_` and `-`, at most \(Name.limit)")
        return false
    }

    private mutating func scalar(_ field: Fields.Field) -> String? {
        switch field.value.content {
        case .scalar(let text, _): return text
        case .nothing:
            refuse(field, "`\(field.name)` has no value; write one, or leave the key out")
        case .list, .mapping:
            refuse(field, "`\(field.name)` takes one value, found \(field.value.kind)")
        }
        return nil
    }
}
