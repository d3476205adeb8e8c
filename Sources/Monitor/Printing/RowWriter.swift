import Engine
import Events

/// Prints rows in one of the formats.
struct RowWriter {
    let format: RowFormat
    private var header: [String] = []
    private var widths: [Int] = []

    init(_ format: RowFormat) { self.format = format }

    mutating func text(of rows: [PrintedRow]) -> String {
        switch format {
        case .ndjson: rows.map(json).joined()
        case .csv: rows.map { csv($0) }.joined()
        case .table: table(rows)
        }
    }

    mutating func text(of alert: PrintedAlert) -> String {
        format == .ndjson ? alert.json : text(of: [alert.row])
    }

    private func json(_ row: PrintedRow) -> String {
        "{" + row.fields.map { "\(quoted($0.name)):\(jsonValue($0.value))" }.joined(separator: ",")
            + "}\n"
    }

    /// Names once, and again where another view's rows begin.
    private mutating func csv(_ row: PrintedRow) -> String {
        var text = ""
        if header != row.names {
            header = row.names
            text = header.map(csvField).joined(separator: ",") + "\r\n"
        }
        return text
            + row.fields.map { csvField($0.value == .null ? "" : $0.value.description) }
            .joined(separator: ",") + "\r\n"
    }

    /// Columns only widen, so that rows printed later line up with the ones before.
    private mutating func table(_ rows: [PrintedRow]) -> String {
        var text = ""
        for row in rows {
            let cells = row.fields.map { cell($0.value) }
            if header != row.names {
                if !header.isEmpty { text += "\n" }
                header = row.names
                widths = header.map(\.count)
                for other in rows where other.names == header { widen(other) }
                text += line(header, row)
            }
            for (i, cell) in cells.enumerated() { widths[i] = max(widths[i], cell.count) }
            text += line(cells, row)
        }
        return text
    }

    private mutating func widen(_ row: PrintedRow) {
        for (i, field) in row.fields.enumerated() {
            widths[i] = max(widths[i], cell(field.value).count)
        }
    }

    private func line(_ cells: [String], _ row: PrintedRow) -> String {
        var text = ""
        for (i, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[i] - cell.count))
            let isNumber = if case .number = row.fields[i].value { true } else { false }
            text += (i > 0 ? "  " : "") + (isNumber ? padding + cell : cell + padding)
        }
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }

    /// For people: at most six significant digits, and no control characters.
    private func cell(_ value: Scalar) -> String {
        guard case .number(let x) = value else {
            return harmless(value.description, onOneLine: true)
        }
        return plainNumber(rounded(x, digits: 6))
    }

    private func csvField(_ text: String) -> String {
        let special = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"") + "\""
    }
}

/// A value as JSON.
func jsonValue(_ value: Scalar) -> String {
    switch value {
    case .null: "null"
    case .bool(let b): b ? "true" : "false"
    case .number(let x): plainNumber(x)
    case .string(let s): quoted(s)
    }
}

/// A string as JSON, with everything escaped that a terminal would obey or not show.
func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.isObeyed:
            let hex = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
