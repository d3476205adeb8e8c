/// Rules about one file, or about all of them: each returns what it complains of.
enum Rules {
    static let lineLimit = 500
    static let functionLimit = 70
    static let columnLimit = 100

    static func columns(_ file: SourceFile) -> [String] {
        file.lines.enumerated().filter { $1.utf8.count > columnLimit && $1.count > columnLimit }
            .map { "\(file.path):\($0 + 1): \($1.count) columns; at most \(columnLimit)" }
    }

    static func length(_ file: SourceFile) -> [String] {
        let count = file.lines.count
        return count > lineLimit ? ["\(file.path): \(count) lines; at most \(lineLimit)"] : []
    }

    static func functionLengths(_ file: SourceFile) -> [String] {
        file.functions.filter { $0.lines > functionLimit }.map {
            "\(file.path):\($0.line): a function of \($0.lines) lines; at most \(functionLimit)"
        }
    }

    static func medianLength(_ files: [SourceFile]) -> [String] {
        let median = median(files.map(\.lines.count))
        return median > 150 ? ["half of the files are longer than \(median) lines; aim is 150"] : []
    }

    static func medianFunction(_ files: [SourceFile]) -> [String] {
        let median = median(files.flatMap(\.functions).map(\.lines))
        return median > 8 ? ["half of the functions are longer than \(median) lines; aim is 8"] : []
    }

    static func name(_ file: SourceFile) -> [String] {
        words(of: file.name).filter(emptyWords.contains).map {
            "\(file.path): `\($0)` in a file's name says nothing; name what it holds"
        }
    }

    private static let emptyWords: Set = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Common", "Misc", "Base",
    ]

    /// `ViewState+Firing` → View, State, Firing.
    private static func words(of name: Substring) -> [String] {
        name.reduce(into: [String]()) { words, letter in
            if letter.isUppercase || words.isEmpty || letter == "+" { words.append("") }
            if letter != "+" { words[words.count - 1].append(letter) }
        }
    }

    private static func median(_ values: [Int]) -> Int {
        values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
    }
}
