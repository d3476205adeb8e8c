/// Text that is safe to draw: the only way a string gets into a cell.
///
/// Every byte of a stream may end up on the screen, so whatever could move a cursor, change a
/// terminal's state, reorder a line or break the columns is replaced, not passed on:
/// - control characters (ESC and the C1 range too), bidirectional controls and every other format
///   character, line separators, private use and unassigned scalars become U+FFFD;
/// - a joined sequence (ZWJ, skin tone, flag, tag) becomes one U+FFFD, since terminals disagree
///   about its width;
/// - variation selectors, U+200C and U+FEFF are left out: they are invisible, and the scalar before
///   them has a width of its own;
/// - a combining scalar without a base becomes U+FFFD, or it would change the cell to its left.
///
/// Nothing is left out silently where it would be seen; no input is refused.
package struct CleanText: Hashable, Sendable, ExpressibleByStringInterpolation {
    package private(set) var glyphs: [Glyph]
    /// In columns.
    package private(set) var width: Int

    package init(_ string: String) {
        glyphs = []
        glyphs.reserveCapacity(string.utf8.count)
        width = 0
        if string.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) {
            glyphs.append(contentsOf: string.unicodeScalars.lazy.map { Glyph(base: $0) })
            width = glyphs.count
        } else {
            for character in string { append(character) }
        }
    }

    package init(stringLiteral value: String) { self.init(value) }

    package init(glyphs: [Glyph] = []) {
        self.glyphs = glyphs.filter { !$0.isContinuation }
        width = self.glyphs.reduce(0) { $0 + $1.width }
    }

    package init(repeating text: CleanText, count: Int) {
        glyphs = Array([[Glyph]](repeating: text.glyphs, count: max(0, count)).joined())
        width = text.width * max(0, count)
    }

    package static let empty = CleanText(glyphs: [])

    package var isEmpty: Bool { glyphs.isEmpty }

    /// What the cells will show, as a string.
    package var string: String { glyphs.reduce(into: "") { $0 += $1.text } }

    package static func + (left: CleanText, right: CleanText) -> CleanText {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout CleanText, right: CleanText) {
        left.glyphs += right.glyphs
        left.width += right.width
    }

    /// At most `limit` columns wide, with `…` as the last glyph where something was cut off. (A
    /// grid in ASCII draws it as `~`.) One column narrower if a wide glyph would not fit.
    package func truncated(to limit: Int) -> CleanText {
        if width <= limit { return self }
        if limit <= 0 { return .empty }
        var kept: [Glyph] = []
        var used = 0
        for glyph in glyphs {
            if used + glyph.width >= limit { break }
            used += glyph.width
            kept.append(glyph)
        }
        kept.append(.ellipsis)
        return CleanText(glyphs: kept)
    }

    /// Blanks added up to `columns`; text that is as wide already stays as it is.
    package func padded(to columns: Int, _ alignment: Alignment = .leading) -> CleanText {
        let missing = columns - width
        guard missing > 0 else { return self }
        let before = alignment.offset(of: width, in: columns)
        return CleanText(repeating: " ", count: before) + self
            + CleanText(repeating: " ", count: missing - before)
    }

    // MARK: Cleaning

    private mutating func append(_ character: Character) {
        let scalars = character.unicodeScalars
        if scalars.contains(where: { ScalarWidth.joins($0) || ScalarWidth.of($0) == .unknown }) {
            return append(.replacement)
        }
        let start = glyphs.count
        for scalar in scalars {
            switch ScalarWidth.of(scalar) {
            case .invisible: continue
            case .narrow: append(Glyph(base: scalar))
            case .wide: append(Glyph(base: scalar, wide: true))
            case .combining where glyphs.count > start:
                glyphs[glyphs.count - 1] = glyphs[glyphs.count - 1].adding(mark: scalar)
            case .combining, .unknown: return append(.replacement)
            }
        }
    }

    private mutating func append(_ glyph: Glyph) {
        glyphs.append(glyph)
        width += glyph.width
    }
}
