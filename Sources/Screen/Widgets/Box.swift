/// A rounded border with a title at the left and a note at the right of its top edge.
package struct Box: Hashable, Sendable {
    package var title: CleanText
    package var note: CleanText
    package var titleStyle: Style
    package var noteStyle: Style
    package var isFocused: Bool

    package init(
        title: CleanText = .empty, note: CleanText = .empty, isFocused: Bool = false,
        titleStyle: Style = Style(.title), noteStyle: Style = Style(.dim)
    ) {
        self.title = title
        self.note = note
        self.isFocused = isFocused
        self.titleStyle = titleStyle
        self.noteStyle = noteStyle
    }

    /// What the border leaves of `rect`.
    package static func interior(of rect: Rect) -> Rect { rect.inset(by: 1) }

    /// Draws the border, blanks the inside and returns it. The title is cut before the note is
    /// left out; below 2 × 2 cells nothing is drawn.
    @discardableResult
    package func draw(in rect: Rect, on grid: inout Grid) -> Rect {
        guard rect.width >= 2, rect.height >= 2 else { return Self.interior(of: rect) }
        grid.fill(rect, style: Style(.text))
        drawBorder(in: rect, on: &grid)
        drawTitles(in: rect, on: &grid)
        return Self.interior(of: rect)
    }

    private var borderStyle: Style { isFocused ? Style(.accent) : Style(.box) }

    private func drawBorder(in rect: Rect, on grid: inout Grid) {
        let pieces = grid.symbols.boxPieces
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        for column in rect.column + 1..<right {
            grid.put(pieces.horizontal, column: column, row: rect.row, style: borderStyle)
            grid.put(pieces.horizontal, column: column, row: bottom, style: borderStyle)
        }
        for row in rect.row + 1..<bottom {
            grid.put(pieces.vertical, column: rect.column, row: row, style: borderStyle)
            grid.put(pieces.vertical, column: right, row: row, style: borderStyle)
        }
        grid.put(pieces.topLeft, column: rect.column, row: rect.row, style: borderStyle)
        grid.put(pieces.topRight, column: right, row: rect.row, style: borderStyle)
        grid.put(pieces.bottomLeft, column: rect.column, row: bottom, style: borderStyle)
        grid.put(pieces.bottomRight, column: right, row: bottom, style: borderStyle)
    }

    /// Each stands between blanks, and one piece of the edge stays between the two.
    private func drawTitles(in rect: Rect, on grid: inout Grid) {
        let room = rect.width - 2
        let leastTitle = title.isEmpty ? 0 : min(title.width, 8) + 3
        let noteWidth = note.isEmpty ? 0 : note.width + 2
        let showsNote = noteWidth > 0 && noteWidth + leastTitle <= room
        let titleRoom = room - (showsNote ? noteWidth + 1 : 0) - 2
        if !title.isEmpty, titleRoom >= 1 {
            let text = " " + title.truncated(to: titleRoom) + " "
            grid.write(text, column: rect.column + 1, row: rect.row, style: titleStyle)
        }
        if showsNote {
            let column = rect.endColumn - 1 - noteWidth
            grid.write(" " + note + " ", column: column, row: rect.row, style: noteStyle)
        }
    }
}

/// What a border is made of.
struct BoxPieces {
    let horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: Glyph

    init(_ pieces: String) {
        let glyphs = pieces.unicodeScalars.map { Glyph(base: $0) }
        precondition(glyphs.count == 6, "a box has six pieces")
        (horizontal, vertical) = (glyphs[0], glyphs[1])
        (topLeft, topRight) = (glyphs[2], glyphs[3])
        (bottomLeft, bottomRight) = (glyphs[4], glyphs[5])
    }

    static let rounded = BoxPieces("─│╭╮╰╯")
    static let ascii = BoxPieces("-|++++")
}

extension Symbols {
    var boxPieces: BoxPieces { self == .ascii ? .ascii : .rounded }
}
