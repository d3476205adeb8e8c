extension Grid {
    /// The frame as a picture, from the same cells as the screen.
    ///
    /// Graphs and borders are shapes. Text is set in the reader's monospace font, word by word at
    /// its column, so that a font of another width can't push a row out of place. Equal grids give
    /// equal text.
    package func svg(theme: Theme) -> String {
        let width = columns * Glyph.shapeWidth
        let height = rows * Glyph.shapeHeight
        let page = Paint(Style(.text), theme: theme).background
        var picture = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width / 10)" height="\(height / 10)" \
            viewBox="0 0 \(width) \(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, \
            monospace" font-size="150" stroke-width="12" xml:space="preserve">
            <rect width="\(width)" height="\(height)" rx="60" fill="\(page.hex)"/>

            """
        for number in 0..<rows {
            let cells = row(number)
            for run in Self.runs(of: cells) {
                let paint = Paint(run.style, theme: theme)
                let origin = number * Glyph.shapeHeight
                if paint.background != page { picture += Self.backdrop(run, paint, y: origin) }
                picture += Self.marks(cells, run, paint, y: origin)
            }
        }
        return picture + "</svg>\n"
    }

    /// A style's colours with the terminal's own ones filled in and reverse carried out.
    private struct Paint {
        let foreground: RGB
        let background: RGB
        let bold: Bool

        init(_ style: Style, theme: Theme) {
            let look = theme.appearance(of: style)
            let front = look.foreground ?? RGB(0xD4D4D4)
            let back = look.background ?? RGB(0x161616)
            foreground = look.reverse ? back : front
            background = look.reverse ? front : back
            bold = look.bold
        }
    }

    private static func backdrop(_ run: Run, _ paint: Paint, y: Int) -> String {
        let x = run.columns.lowerBound * Glyph.shapeWidth
        let width = run.columns.count * Glyph.shapeWidth
        return """
            <rect x="\(x)" y="\(y)" width="\(width)" height="\(Glyph.shapeHeight)" \
            fill="\(paint.background.hex)"/>

            """
    }

    private static func marks(
        _ row: ArraySlice<Cell>, _ run: Run, _ paint: Paint, y: Int
    ) -> String {
        var areas = ""
        var strokes = ""
        var words: [Word] = []
        for column in run.columns {
            let glyph = row[row.startIndex + column].glyph
            if glyph == .blank || glyph.isContinuation { continue }
            if let shape = glyph.shape(x: column * Glyph.shapeWidth, y: y) {
                if shape.isStroke { strokes += shape.path } else { areas += shape.path }
            } else if words.last?.accepts(glyph, at: column) == true {
                words[words.count - 1].glyphs.append(glyph)
            } else {
                words.append(Word(column: column, glyphs: [glyph]))
            }
        }
        let color = paint.foreground.hex
        var marks = areas.isEmpty ? "" : "<path d=\"\(areas)\" fill=\"\(color)\"/>\n"
        if !strokes.isEmpty {
            marks += "<path d=\"\(strokes)\" fill=\"none\" stroke=\"\(color)\"/>\n"
        }
        return words.reduce(into: marks) { $0 += $1.element(color, bold: paint.bold, y: y) }
    }

    /// What is set as one piece: letters of ASCII side by side, or one other glyph, whose font may
    /// be of another width.
    private struct Word {
        let column: Int
        var glyphs: [Glyph]

        func accepts(_ glyph: Glyph, at next: Int) -> Bool {
            next == column + glyphs.count && glyph.isPlain && glyphs[0].isPlain
        }

        func element(_ color: String, bold: Bool, y: Int) -> String {
            let width = glyphs.reduce(0) { $0 + $1.width } * Glyph.shapeWidth
            let weight = bold ? " font-weight=\"bold\"" : ""
            return """
                <text x="\(column * Glyph.shapeWidth)" y="\(y + 143)" textLength="\(width)" \
                lengthAdjust="spacingAndGlyphs" fill="\(color)"\(weight)>\(escaped)</text>

                """
        }

        private var escaped: String {
            glyphs.reduce(into: "") { text, glyph in
                switch glyph.base {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                default: text += glyph.text
                }
            }
        }
    }
}

extension Glyph {
    fileprivate var isPlain: Bool { base.isASCII && marks.0 == nil && !isWide }
}
