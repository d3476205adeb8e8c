/// Finds the characters of a YAML value in the file it was read from.
///
/// A value is not what the file says: quotes are gone, escapes are decoded, lines are joined. To
/// point into a query, each of its characters needs its place in the file.
struct ScalarText {
    private let source: SourceText
    private let style: DocumentNode.Style
    private var at: Int

    private init(_ source: SourceText, style: DocumentNode.Style, start: Int) {
        self.source = source
        self.style = style
        at = start
    }

    /// The offset of each Unicode scalar of the value, and as the last element where it ends.
    static func offsets(
        of value: String, style: DocumentNode.Style, from start: Int, in source: SourceText
    ) -> [Int] {
        var text = ScalarText(source, style: style, start: start)
        text.skipProperties()
        switch style {
        case .plain: break
        case .singleQuoted, .doubleQuoted: text.at += 1
        case .literal, .folded: text.at = source.lineStart(source.lineIndex(at: text.at) + 1)
        }
        var offsets = value.unicodeScalars.map { text.take($0) }
        offsets.append(min(text.at, source.scalars.count))
        return offsets
    }

    /// Where the value itself begins, after an anchor or a tag.
    static func start(from start: Int, in source: SourceText) -> Int {
        var text = ScalarText(source, style: .plain, start: start)
        text.skipProperties()
        return text.at
    }

    private mutating func skipProperties() {
        while source[at] == "&" || source[at] == "!" {
            while !source[at].isBlank { at += 1 }
            skipBlanks()
        }
    }

    private mutating func skipBlanks() {
        while at < source.scalars.count, source[at].isBlank { at += 1 }
    }

    /// Joined lines are one blank in the value and several in the file, so what is left of them
    /// is skipped before the next character.
    private mutating func take(_ scalar: Unicode.Scalar) -> Int {
        if style == .doubleQuoted { skipLineContinuation() }
        let isEscape = style == .doubleQuoted && source[at] == "\\"
        if !scalar.isBlank, !isEscape {
            skipBlanks()
            if style == .doubleQuoted { skipLineContinuation() }
        }
        let offset = min(at, source.scalars.count)
        if style == .doubleQuoted, source[at] == "\\" {
            at += escapeLength
        } else if style == .singleQuoted, scalar == "'" {
            at += 2
        } else if !scalar.isBlank || source[at].isBlank {
            at += 1
        }
        return offset
    }

    private mutating func skipLineContinuation() {
        while source[at] == "\\", at + 1 < source.scalars.count, source[at + 1].isLineBreak {
            at += 1
            skipBlanks()
        }
    }

    private var escapeLength: Int {
        switch source[at + 1] {
        case "x": 4
        case "u": 6
        case "U": 10
        default: 2
        }
    }
}
