extension CleanText {
    /// Lines of at most `width` columns, broken at blanks; a word that is longer is broken where
    /// the line ends. At most `limit` lines, of which the last ends in `…` where something was cut.
    package func wrapped(to width: Int, limit: Int) -> [CleanText] {
        guard width > 0, limit > 0 else { return [] }
        var lines: [CleanText] = []
        var rest = self
        while rest.width > width, lines.count < limit - 1 {
            let end = rest.breakingPoint(width)
            lines.append(CleanText(glyphs: Array(rest.glyphs[..<end])).withoutBlanksAtTheEnd)
            rest = CleanText(glyphs: Array(rest.glyphs[end...].drop { $0 == .blank }))
        }
        return lines + [rest.truncated(to: width)]
    }

    /// How many glyphs go into a line of that width, which this text is longer than.
    private func breakingPoint(_ width: Int) -> Int {
        var used = 0
        var count = 0
        while count < glyphs.count, used + glyphs[count].width <= width {
            used += glyphs[count].width
            count += 1
        }
        guard count < glyphs.count, glyphs[count] != .blank else { return count }
        let word = glyphs[..<count].lastIndex(of: .blank)
        return word.map { $0 + 1 } ?? max(1, count)
    }

    private var withoutBlanksAtTheEnd: CleanText {
        let end = glyphs.lastIndex { $0 != .blank }.map { $0 + 1 } ?? 0
        return CleanText(glyphs: Array(glyphs[..<end]))
    }
}
