import Engine
import Events
import Screen

/// One record as it came, on one line, with the parts of JSON and of numbers told apart by colour.
struct RecordLine {
    let record: RecentRecord
    let clock: ScreenClock
    /// Columns of the record that are left out at the left.
    var shift = 0

    /// Width of the time in front.
    static let timeWidth = 9

    func draw(in rect: Rect, row: Int, on grid: inout Grid) {
        let time = record.time.map { clock.time($0) } ?? ""
        grid.write(
            CleanText(time), column: rect.column, row: row, style: Style(.dim),
            width: min(Self.timeWidth, rect.width))
        var column = rect.column + Self.timeWidth
        if let reason = record.reason {
            column += grid.write(
                CleanText(reason.rawValue + " "), column: column, row: row, style: Style(.bad),
                width: max(0, rect.endColumn - column))
        }
        let room = rect.endColumn - column
        guard room > 0 else { return }
        // No cell shows more than a byte, so that a long record costs no more than a short one.
        let shown = record.bytes.prefix(shift + 4 * room + 16)
        let text = String(decoding: shown, as: UTF8.self)
        draw(Self.parts(of: text), from: column, end: rect.endColumn, row: row, on: &grid)
    }

    private func draw(
        _ parts: [Part], from start: Int, end: Int, row: Int, on grid: inout Grid
    ) {
        var column = start
        var skip = shift
        for part in parts {
            var text = CleanText(part.text)
            if skip > 0 {
                let glyphs = text.glyphs.drop { glyph in
                    guard skip > 0 else { return false }
                    skip -= glyph.width
                    return true
                }
                text = CleanText(glyphs: Array(glyphs))
            }
            guard column < end else {
                grid.write("…", column: end - 1, row: row, style: Style(.dim))
                return
            }
            column += grid.write(
                text.truncated(to: end - column), column: column, row: row,
                style: Style(part.role), width: min(text.width, end - column))
        }
    }

    struct Part: Hashable {
        var text: String
        var role: Role
    }

    /// Names in quotes before a colon, other quoted text, numbers, and the rest.
    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        func add(_ text: Substring, _ role: Role) {
            if text.isEmpty { return }
            if parts.last?.role == role {
                parts[parts.count - 1].text += text
            } else {
                parts.append(Part(text: String(text), role: role))
            }
        }
        while let first = rest.first {
            if first == "\"" {
                let quoted = quoted(rest)
                rest = rest[quoted.endIndex...]
                let isName = rest.drop { $0 == " " }.first == ":"
                add(quoted, isName ? .accent : .text)
            } else if first.isNumberStart {
                let number = rest.prefix { $0.isNumberPart }
                rest = rest[number.endIndex...]
                add(number, .series3)
            } else if first.isWordPart {
                let word = rest.prefix { $0.isWordPart }
                rest = rest[word.endIndex...]
                let isName = rest.first == "="
                add(
                    word,
                    isName ? .accent : ["true", "false", "null"].contains(word) ? .series3 : .text)
            } else {
                add(rest.prefix(1), .dim)
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    /// A text in quotes, to its end or that of the line.
    private static func quoted(_ text: Substring) -> Substring {
        var isEscaped = false
        var end = text.index(after: text.startIndex)
        while end < text.endIndex {
            let c = text[end]
            end = text.index(after: end)
            if isEscaped {
                isEscaped = false
            } else if c == "\\" {
                isEscaped = true
            } else if c == "\"" {
                break
            }
        }
        return text[..<end]
    }
}

extension Character {
    fileprivate var isNumberStart: Bool { isASCII && (isWholeNumber || self == "-") }
    fileprivate var isNumberPart: Bool { isNumberStart || ".eE+:".contains(self) }
    fileprivate var isWordPart: Bool { isLetter || isWholeNumber || self == "_" || self == "." }
}
