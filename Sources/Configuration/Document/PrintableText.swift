/// Text of a file as a message may show it: what could control a terminal, or turn the direction
/// of its text, is replaced, one for one, so that columns stay true.
func printable(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09: view.append(" ")
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
            0xFEFF:
            view.append("\u{FFFD}")
        default: view.append(scalar)
        }
    }
    return String(view)
}

/// A piece of the file in a message: in backticks, at most 60 characters.
func quotedPiece(_ text: some StringProtocol) -> String {
    let line = text.prefix { $0 != "\n" && $0 != "\r\n" }
    let shown = line.prefix(60)
    return "`\(printable(String(shown)))\(shown.count < text.count ? "…" : "")`"
}

/// The text as a double-quoted YAML (and, but for `\x` and `\U`, JSON) scalar on one line.
func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        default:
            if scalar.isPlainlyWritten {
                result.unicodeScalars.append(scalar)
            } else {
                result += escaped(scalar)
            }
        }
    }
    return result + "\""
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (letter, width) =
        scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
}

extension Unicode.Scalar {
    fileprivate var isPlainlyWritten: Bool {
        switch value {
        case 0x20..<0x7F, 0xA1..<0x61C, 0x61D..<0x200B, 0x2010..<0x2028, 0x202F..<0x2060,
            0x2070..<0xD800, 0xE000..<0xFDD0, 0xFDF0..<0xFE00, 0xFE10..<0xFEFF, 0xFF00..<0xFFF0,
            0x10000..<0x1FFFE:
            true
        default: false
        }
    }
}
