/// A Swift file: its text, and its code, which is the text with blanks in place of comments and of
/// what string literals hold. Both have the same lines.
struct SourceFile: Sendable {
    /// From the repository's root: `Sources/Engine/Engine.swift`.
    let path: String
    let text: String
    let code: String

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        code = CodeBlanker.code(of: text)
    }

    var lines: [Substring] { Self.lines(of: text) }
    var codeLines: [Substring] { Self.lines(of: code) }
    var isTest: Bool { path.hasPrefix("Tests/") }
    var isSource: Bool { path.hasPrefix("Sources/") }

    /// The target it belongs to; nil for `Package.swift`.
    var room: String? {
        let parts = path.split(separator: "/")
        return isSource && parts.count > 2 ? String(parts[1]) : nil
    }

    /// The name without its folder and `.swift`.
    var name: Substring {
        (path.split(separator: "/").last ?? "").prefix { $0 != "." }
    }

    /// The modules it imports, with their lines, from 1.
    var imports: [(module: String, line: Int)] {
        codeLines.enumerated().compactMap { i, line in
            var words = line.split(separator: " ")[...]
            while let word = words.first, Self.mayPrecedeImport(word) { words.removeFirst() }
            guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
            if Self.kinds.contains(String(module)), let next = words.first { module = next }
            return (String(module.prefix { $0 != "." }), i + 1)
        }
    }

    private static let kinds: Set = [
        "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]

    private static func mayPrecedeImport(_ word: Substring) -> Bool {
        word.hasPrefix("@")
            || ["public", "package", "internal", "fileprivate", "private"].contains(word)
    }

    private static func lines(of text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
