import CSimdjson
import Events

/// logfmt: `level=info msg="took long" duration=1.5 cached`. A key without a value is true; the
/// last of several values of a key counts. In quotes `\"`, `\\`, `\n`, `\r` and `\t` are escapes. A
/// line without any `=` is not logfmt.
struct LogfmtLine: LineFormat {
    private var names: [[UInt8]] = []

    mutating func add(_ path: FieldPath) { names.append(Array(path.name.utf8)) }

    mutating func begin(_ chunk: Chunk) {}

    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading {
        var place = 0
        var hasValue = false
        while true {
            while place < line.count, line[place] <= 0x20 { place += 1 }
            guard place < line.count else { break }
            let start = place
            while place < line.count, line[place] > 0x20, line[place] != UInt8(ascii: "=") {
                if line[place] == UInt8(ascii: "\"") { return .refused(.malformed, at: place) }
                place += 1
            }
            let key = line[start..<place]
            var cell = JSONCell(text: UnsafeRawBufferPointer(start: nil, count: 0))
            if place < line.count, line[place] == UInt8(ascii: "=") {
                guard !key.isEmpty else { return .refused(.malformed, at: place) }
                hasValue = true
                place += 1
                guard let value = value(in: line, from: &place, &texts) else {
                    return .refused(.malformed, at: place)
                }
                cell = value
            } else {
                cell.kind = .bool
                cell.integer = 1
            }
            for (i, name) in names.enumerated() where key.elementsEqual(name) { cells[i] = cell }
        }
        return hasValue ? .record : .refused(.malformed, at: nil)
    }

    /// nil: a quote is not closed, or something stands right behind one.
    private func value(
        in line: UnsafeRawBufferPointer, from place: inout Int, _ texts: inout UnescapedTexts
    ) -> JSONCell? {
        guard place < line.count, line[place] == UInt8(ascii: "\"") else {
            let start = place
            while place < line.count, line[place] > 0x20 { place += 1 }
            return JSONCell(text: UnsafeRawBufferPointer(rebasing: line[start..<place]))
        }
        let start = place + 1
        var text: [UInt8] = []
        var hasEscapes = false
        place = start
        while place < line.count, line[place] != UInt8(ascii: "\"") {
            var byte = line[place]
            if byte == UInt8(ascii: "\\"), place + 1 < line.count {
                if !hasEscapes { text = Array(line[start..<place]) }
                hasEscapes = true
                place += 1
                byte = Self.escaped(line[place])
            }
            if hasEscapes { text.append(byte) }
            place += 1
        }
        guard place < line.count else { return nil }
        let value =
            hasEscapes ? texts.add(text) : UnsafeRawBufferPointer(rebasing: line[start..<place])
        place += 1
        if place < line.count, line[place] > 0x20 { return nil }
        return JSONCell(quoted: value)
    }

    private static func escaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }
}
