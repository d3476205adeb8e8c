/// How names and records become part of a line.
enum RecordingText {
    private static let marker = Array("#record ".utf8)
    private static let newline = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")

    /// One word: space as `\s`, newline as `\n`, carriage return as `\r`, backslash doubled.
    static func escape(_ name: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar {
            case " ": escaped.append(contentsOf: "\\s".unicodeScalars)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
            case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    static func unescape(_ word: Substring) -> String? {
        var name = String.UnicodeScalarView()
        var rest = word.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                name.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "s": name.append(" ")
            case "n": name.append("\n")
            case "r": name.append("\r")
            case "\\": name.append("\\")
            default: return nil
            }
        }
        return String(name)
    }

    /// The record itself, unless it contains a newline or begins like a line of the recording's.
    static func line(of record: [UInt8]) -> [UInt8] {
        guard record.first == UInt8(ascii: "#") || record.contains(newline) else { return record }
        var line = marker
        for byte in record {
            switch byte {
            case newline: line.append(contentsOf: [backslash, UInt8(ascii: "n")])
            case backslash: line.append(contentsOf: [backslash, backslash])
            default: line.append(byte)
            }
        }
        return line
    }

    /// The record in a `#record` line; nil for any other line, and for a broken escape.
    static func record(from line: some Collection<UInt8>) -> [UInt8]? {
        guard line.starts(with: marker) else { return nil }
        var record: [UInt8] = []
        var bytes = line.dropFirst(marker.count).makeIterator()
        while let byte = bytes.next() {
            guard byte == backslash else {
                record.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "n"): record.append(newline)
            case backslash: record.append(backslash)
            default: return nil
            }
        }
        return record
    }

    /// Whole records, each ended by a newline, as the lines they become.
    static func append(_ records: UnsafeRawBufferPointer, to lines: inout [UInt8]) {
        guard hasMarkers(records) else {
            lines.append(contentsOf: records)
            return
        }
        for record in records.dropLast().split(separator: newline, omittingEmptySubsequences: false)
        {
            lines.append(contentsOf: line(of: Array(record)))
            lines.append(newline)
        }
    }

    /// Whether some line begins like one of the recording's own.
    static func hasMarkers(_ lines: UnsafeRawBufferPointer) -> Bool {
        guard let base = lines.baseAddress else { return false }
        var from = 0
        while let found = memchr(base + from, Int32(UInt8(ascii: "#")), lines.count - from) {
            let place = UnsafeRawPointer(found) - base
            if place == 0 || lines[place - 1] == newline { return true }
            from = place + 1
        }
        return false
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
