/// Which characters pictures are drawn with.
package enum Symbols: Hashable, Sendable, CaseIterable {
    /// Box drawing, blocks, braille and arrows.
    case unicode
    /// The 95 printable characters of ASCII, for terminals and fonts that have no others.
    case ascii
}

extension Glyph {
    /// The nearest glyph in ASCII: itself, a look-alike, or `?`. Of width 1, so a wide one needs it
    /// twice.
    var ascii: Glyph {
        let scalar = base
        if scalar.isASCII { return isContinuation ? self : Glyph(base: scalar) }
        return Glyph(base: Self.lookalikes[scalar] ?? Self.lookalike(of: scalar) ?? "?")
    }

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "…": "~", "–": "-", "—": "-", "−": "-", "·": ".", "•": "*", "µ": "u", "μ": "u", "×": "x",
        "°": "o", "±": "~", "≈": "~", "≤": "<", "≥": ">", "→": ">", "←": "<", "↑": "^", "↓": "v",
        "▲": "^", "▼": "v", "△": "^", "▽": "v", "▶": ">", "◀": "<", "▸": ">", "◂": "<", "›": ">",
        "‹": "<", "●": "*", "○": "o", "◌": "o", "◐": "o", "◆": "*", "◇": "o", "■": "#", "□": "o",
        "✓": "+", "✔": "+", "✗": "x", "✘": "x", "⚠": "!", "“": "\"", "”": "\"", "‘": "'",
        "’": "'", "∞": "8", "Δ": "d", "Σ": "S", "⏸": "=", "⏵": ">", "░": ".", "▒": ":",
        "▓": "#", "█": "#", "─": "-", "━": "-", "│": "|", "┃": "|", "╌": "-", "╎": "|", "┊": "|",
        "┆": "|", "═": "=", "║": "|", "\u{A0}": " ",
    ]

    /// Box corners and crossings, then blocks and braille by how full they are.
    private static func lookalike(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x2500...0x257F: return "+"
        case 0x2580...0x259F: return "#"
        case 0x2800: return " "
        case 0x2801...0x28FF:
            return (scalar.value & 0xFF).nonzeroBitCount > 4 ? "#" : ":"
        default: return nil
        }
    }
}
