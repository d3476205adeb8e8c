/// One place on the screen: a glyph and what it means.
package struct Cell: Hashable, Sendable {
    package var glyph: Glyph
    package var style: Style

    package init(glyph: Glyph, style: Style) {
        self.glyph = glyph
        self.style = style
    }

    package static let blank = Cell(glyph: .blank, style: Style(.text))
}
