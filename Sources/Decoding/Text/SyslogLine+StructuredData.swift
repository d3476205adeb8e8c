import CSimdjson

extension SyslogLine {
    /// RFC 5424's `[ID NAME="VALUE" …][ID …]`, or a hyphen for none; what follows is a blank or
    /// the line's end. Of several values of a name the last one counts.
    func readStructuredData(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) -> Bool {
        if !cursor.take("-") {
            repeat {
                guard readElement(&cursor, cells, &texts) else { return false }
            } while cursor.next == UInt8(ascii: "[")
        }
        return cursor.isAtEnd || cursor.next == 0x20
    }

    private func readElement(
        _ cursor: inout TextCursor, _ cells: Cells, _ texts: inout UnescapedTexts
    ) -> Bool {
        guard cursor.take("["), let id = name(&cursor) else { return false }
        while cursor.take(" ") {
            guard let name = name(&cursor), cursor.take("="),
                let value = cursor.quoted(.structuredData, &texts)
            else { return false }
            set(id, name, JSONCell(quoted: value), cells)
        }
        return cursor.take("]")
    }

    private func name(_ cursor: inout TextCursor) -> UnsafeRawBufferPointer? {
        let name = cursor.run {
            $0 <= 0x20 || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "]")
                || $0 == UInt8(ascii: "\"")
        }
        return name.isEmpty ? nil : name
    }

    private func set(
        _ id: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer, _ value: JSONCell,
        _ cells: Cells
    ) {
        for (asked, cell) in parameters where asked.count == id.count + 1 + name.count {
            guard asked.starts(with: id), asked[id.count] == UInt8(ascii: "."),
                asked.suffix(name.count).elementsEqual(name)
            else { continue }
            cells[cell] = value
        }
    }
}
