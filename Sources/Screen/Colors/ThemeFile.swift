/// The keys and colours of a theme file: lines of `theme[key]="value"`, with `#` comments.
///
/// A value is `#rrggbb`, a grey `#xx`, three decimals `r g b`, or empty for the terminal's own
/// colour. Quotes may be single or missing. Of two lines with one key the later one counts.
struct ThemeFile {
    /// A key with an empty value is left out.
    private(set) var colors: [String: RGB] = [:]
    private(set) var problems: [Theme.Problem] = []
    private(set) var unknownKeys = 0

    init(parsing text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() { read(line, number: index + 1) }
    }

    private mutating func read(_ line: Substring, number: Int) {
        let line = line.trimmed
        if line.isEmpty || line.hasPrefix("#") { return }
        guard let (key, value) = Self.assignment(in: line) else {
            return report(number, "expected theme[key]=\"value\"")
        }
        if !ThemeKey.isKnown(key) { unknownKeys += 1 }
        if value.isEmpty {
            colors[String(key)] = nil
        } else if let color = RGB(themeValue: value) {
            colors[String(key)] = color
        } else {
            report(number, "\(key): expected #rrggbb, #xx, three decimals or nothing")
        }
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(Theme.Problem(line: line, message: message))
    }

    private static func assignment(in line: Substring) -> (key: Substring, value: Substring)? {
        guard line.hasPrefix("theme["), let close = line.firstIndex(of: "]") else { return nil }
        let key = line[..<close].dropFirst("theme[".count).trimmed
        let rest = line[close...].dropFirst().trimmed
        guard !key.isEmpty, rest.first == "=" else { return nil }
        guard let value = unquoted(rest.dropFirst().trimmed) else { return nil }
        return (key, value.trimmed)
    }

    /// nil if a quote is not closed. What follows the closing quote is ignored, as btop does.
    private static func unquoted(_ text: Substring) -> Substring? {
        guard let quote = text.first, quote == "\"" || quote == "'" else { return text }
        let inside = text.dropFirst()
        return inside.firstIndex(of: quote).map { inside[..<$0] }
    }
}

extension RGB {
    /// A colour as theme files write it; nil if it is none.
    init?(themeValue text: Substring) {
        if text.first == "#" {
            let digits = text.dropFirst()
            guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
                return nil
            }
            switch digits.utf8.count {
            case 2: self.init(value << 16 | value << 8 | value)
            case 6: self.init(value)
            default: return nil
            }
        } else {
            let parts = text.split(separator: " ").map { UInt8($0) }
            guard parts.count == 3, let r = parts[0], let g = parts[1], let b = parts[2] else {
                return nil
            }
            self.init(r, g, b)
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let isSpace: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
        let front = drop(while: isSpace)
        guard let last = front.lastIndex(where: { !isSpace($0) }) else { return front.prefix(0) }
        return front[...last]
    }
}
