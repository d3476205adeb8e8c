import CVterm
import Screen

/// A terminal emulated by libvterm: bytes in, cells out.
final class EmulatedScreen {
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private(set) var columns: Int
    private(set) var rows: Int

    init(columns: Int, rows: Int) {
        (self.columns, self.rows) = (columns, rows)
        terminal = vterm_new(Int32(rows), Int32(columns))
        vterm_set_utf8(terminal, 1)
        screen = vterm_obtain_screen(terminal)
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
    }

    deinit { vterm_free(terminal) }

    func write(_ bytes: some Sequence<UInt8>) {
        let bytes = bytes.map { CChar(bitPattern: $0) }
        _ = vterm_input_write(terminal, bytes, bytes.count)
    }

    func resize(columns: Int, rows: Int) {
        (self.columns, self.rows) = (columns, rows)
        vterm_set_size(terminal, Int32(rows), Int32(columns))
    }

    /// Where the screen isn't what the grid says, in words; nil: it is, cell by cell.
    func difference(from grid: Grid, theme: Theme, depth: ColorDepth) -> String? {
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let wanted = grid[column, row]
                // In the last column marks are left out.
                let glyph = wanted.glyph
                let text = column + glyph.width == columns ? String(glyph.base) : glyph.text
                let found = cell(column, row)
                if let what = difference(found, wanted, text, theme, depth) {
                    return "\(what) at column \(column), row \(row)"
                }
            }
        }
        return nil
    }

    private func cell(_ column: Int, _ row: Int) -> VTermScreenCell {
        var cell = VTermScreenCell()
        _ = vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
        return cell
    }

    private func difference(
        _ found: VTermScreenCell, _ wanted: Cell, _ wantedText: String, _ theme: Theme,
        _ depth: ColorDepth
    ) -> String? {
        var found = found
        if wanted.glyph.isContinuation {
            return found.chars.0 == .max ? nil : "a half of a wide character is missing"
        }
        let text = text(of: found)
        if text != wantedText {
            return "\(text.debugDescription), not \(wantedText.debugDescription)"
        }
        if Int(found.width) != wanted.glyph.width { return "width \(found.width)" }
        let look = theme.appearance(of: wanted.style, depth: depth)
        if (vterm_cell_is_reverse(&found) != 0) != look.reverse { return "reverse" }
        if vterm_cell_has_other_attributes(&found) != 0 { return "an attribute nobody asked for" }
        let background = difference(&found.bg, look.background, depth)
        if let background { return "background \(background)" }
        // Of a blank nobody sees the colour or the weight of what isn't there.
        if text == " ", !look.reverse { return nil }
        if text != " ", (vterm_cell_is_bold(&found) != 0) != look.bold { return "bold" }
        return difference(&found.fg, look.foreground, depth).map { "colour \($0)" }
    }

    private func text(of cell: VTermScreenCell) -> String {
        var text = String.UnicodeScalarView()
        withUnsafeBytes(of: cell.chars) { bytes in
            for value in bytes.bindMemory(to: UInt32.self) {
                guard value != 0, let scalar = Unicode.Scalar(value) else { break }
                text.append(scalar)
            }
        }
        return text.isEmpty ? " " : String(text)
    }

    private func difference(
        _ found: inout VTermColor, _ wanted: RGB?, _ depth: ColorDepth
    ) -> String? {
        guard let wanted, depth != .mono else {
            return vterm_color_is_default(&found) != 0 ? nil : "isn't the terminal's own"
        }
        if vterm_color_is_default(&found) != 0 { return "is the terminal's own" }
        let index = depth.index(nearest: wanted)!
        let shown = vterm_color_index(&found)
        let value = shown >= 0 ? Int(shown) : Int(vterm_color_value(&found))
        return value == index ? nil : "\(String(value, radix: 16)), not \(String(index, radix: 16))"
    }
}
