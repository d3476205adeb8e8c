import CNcurses
import Glibc
import Screen

/// A glyph as ncurses takes it.
enum CharacterCell {
    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The cell, and how often it is put to fill the glyph's columns.
    ///
    /// The C library's idea of a width is what ncurses goes by. Where it isn't the grid's, the
    /// rest of the row would shift, so the glyph is replaced in each of its columns. Marks are left
    /// out in the window's last column: the cursor is past it then, and some terminals put them at
    /// the beginning of the next row.
    static func make(
        _ glyph: Glyph, width: Int, look: Looks.Look, isLast: Bool
    ) -> (cell: cchar_t, count: Int) {
        guard Int(wcwidth(wchar_t(glyph.base.value))) == width else {
            return (cell((replacement, nil, nil), look), width)
        }
        let (first, second) = isLast ? (nil, nil) : glyph.marks
        return (cell((glyph.base, combining(first), combining(second)), look), 1)
    }

    /// A mark that the C library takes for a character of its own is left out.
    private static func combining(_ scalar: Unicode.Scalar?) -> Unicode.Scalar? {
        scalar.flatMap { wcwidth(wchar_t($0.value)) == 0 ? $0 : nil }
    }

    private static func cell(
        _ scalars: (Unicode.Scalar, Unicode.Scalar?, Unicode.Scalar?), _ look: Looks.Look
    ) -> cchar_t {
        let first = scalars.1 ?? scalars.2
        let second = scalars.1 == nil ? nil : scalars.2
        var characters: (wchar_t, wchar_t, wchar_t, wchar_t) = (
            wchar_t(scalars.0.value), wchar_t(first?.value ?? 0), wchar_t(second?.value ?? 0), 0
        )
        var pair = look.pair
        var cell = cchar_t()
        withUnsafeBytes(of: &characters) { text in
            let text = text.assumingMemoryBound(to: wchar_t.self).baseAddress
            _ = setcchar(&cell, text, look.attributes, 0, &pair)
        }
        return cell
    }
}
