/// Text that a terminal shows and never obeys: control characters, C1 ones too, and those that turn
/// the direction of text become U+FFFD.
///
/// Tabs and line ends stay; on one line only blanks do. Whatever of the data, of a name or of the
/// environment is printed for people goes through here.
func harmless(_ text: String, onOneLine: Bool = false) -> String {
    if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text }
    var view = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
        if isAfterReturn, scalar != "\n" { view.append("\u{FFFD}") }
        if isAfterReturn, scalar == "\n" { view.append("\r") }
        isAfterReturn = scalar == "\r" && !onOneLine
        if isAfterReturn { continue }
        let stays = !scalar.isObeyed || (!onOneLine && (scalar == "\n" || scalar == "\t"))
        view.append(stays ? scalar : "\u{FFFD}")
    }
    if isAfterReturn { view.append("\u{FFFD}") }
    return String(view)
}

extension Unicode.Scalar {
    /// Whether a terminal does something for it other than to show it: controls, what separates
    /// lines, and what is invisible or turns the direction of what is shown.
    var isObeyed: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
            true
        default: false
        }
    }
}
