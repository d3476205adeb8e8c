/// What is looked for before YAML is read, because it would stop or drown the reader.
extension SourceText {
    /// The first scalar that no YAML file may hold.
    var firstUnreadable: Int? {
        scalars.firstIndex {
            switch $0.value {
            case 0x09, 0x0A, 0x0D, 0x20..<0x7F, 0x85, 0xA0..<0xFFFE, 0x10000...: false
            default: true
            }
        }
    }

    /// In a file with anchors and aliases, a key that may be a list or a mapping.
    ///
    /// The reader hashes each key. A key made of nested aliases takes time exponential in the
    /// file's length to hash, and no dashboard has keys that are not names. Without aliases a
    /// key is as short as its text, and is refused later.
    var firstCollectionKey: Int? {
        guard hasSigil("&"), hasSigil("*") else { return nil }
        var offset = 0
        while offset < scalars.count {
            if isQuestionMark(offset) || isColonOfCollection(offset) { return offset }
            offset = endOfQuoted(at: offset) ?? offset + 1
        }
        return nil
    }

    /// Past a quoted value that begins here and ends on its line; nil where none surely does.
    ///
    /// Only after `: `, `,`, `[` and `{` is a quote never part of other text in which a key could
    /// follow on the same line.
    private func endOfQuoted(at offset: Int) -> Int? {
        let quote = scalars[offset]
        guard quote == "\"" || quote == "'" else { return nil }
        var before = offset
        while before > 0, scalars[before - 1].isBlank { before -= 1 }
        guard before > 0 else { return nil }
        let isAfterColon = scalars[before - 1] == ":" && before < offset
        guard isAfterColon || ",[{".unicodeScalars.contains(scalars[before - 1]) else { return nil }
        var at = offset + 1
        while !self[at].isLineBreak {
            if self[at] == quote { return at + 1 }
            at += quote == "\"" && self[at] == "\\" ? 2 : 1
        }
        return nil
    }

    /// Whether something that may be an anchor (`&`) or an alias (`*`) stands anywhere.
    private func hasSigil(_ sigil: Unicode.Scalar) -> Bool {
        scalars.indices.contains {
            scalars[$0] == sigil && !self[$0 + 1].isBlank
                && ($0 == 0 || self[$0 - 1].isBlank || "[{,:".unicodeScalars.contains(self[$0 - 1]))
        }
    }

    /// `? key`: the long form of a key.
    private func isQuestionMark(_ offset: Int) -> Bool {
        guard scalars[offset] == "?", self[offset + 1].isBlank else { return false }
        var before = offset
        let start = lineStart(lineIndex(at: offset))
        while before > start, scalars[before - 1].isBlank { before -= 1 }
        guard before > start else { return true }
        let last = scalars[before - 1]
        if "-:?{[,".unicodeScalars.contains(last) { return true }
        while before > start, !scalars[before - 1].isBlank { before -= 1 }
        return scalars[before] == "&" || scalars[before] == "!"
    }

    /// `[…]:`, `{…}:` and `*alias:`.
    private func isColonOfCollection(_ offset: Int) -> Bool {
        guard scalars[offset] == ":" else { return false }
        var before = offset
        while before > 0, scalars[before - 1].isBlank { before -= 1 }
        guard before > 0 else { return false }
        if scalars[before - 1] == "]" || scalars[before - 1] == "}" { return true }
        while before > 0, scalars[before - 1].isAnchorLetter { before -= 1 }
        return before > 0 && scalars[before - 1] == "*" && self[before].isAnchorLetter
    }
}

extension Unicode.Scalar {
    fileprivate var isAnchorLetter: Bool {
        properties.isAlphabetic && isASCII || ("0"..."9").contains(self) || self == "_"
            || self == "-"
    }
}
