/// Everything that is wrong with a dashboard file, in the file's order: at least one, at most 20.
package struct DashboardErrors: Error, Hashable, Sendable {
    /// How many are reported; more than that help nobody.
    package static let limit = 20

    package var errors: [DashboardError]

    package init(_ errors: [DashboardError]) {
        precondition(!errors.isEmpty, "a dashboard is refused for a reason")
        self.errors = errors
    }
}

extension DashboardErrors: CustomStringConvertible {
    package var description: String {
        errors.map(\.description).joined(separator: "\n")
    }
}

/// What is wrong in one place of a dashboard file.
package struct DashboardError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case invalid
        /// Right, but of a later version.
        case notBuiltYet
    }

    /// As the caller named it.
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in characters.
    package var column: Int
    /// How many characters of the line it is about; at least 1.
    package var length: Int
    package var kind: Kind
    /// What was read and what was expected. Lines after the first show what to write instead.
    package var message: String

    package init(
        file: String, line: Int, column: Int, length: Int = 1, kind: Kind = .invalid,
        message: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.kind = kind
        self.message = message
    }
}

extension DashboardError: CustomStringConvertible {
    /// `plant.yaml:12:5: message`
    package var description: String { "\(file):\(line):\(column): \(message)" }
}

extension DashboardError {
    /// How much of a long line is shown on each side of the place.
    private static let reach = 60

    /// The error, the line of `text` it is about and carets under the place; then, where there
    /// is one, what to write instead. Nothing in it can control a terminal.
    package func rendered(in text: String) -> String {
        let parts = description.split(separator: "\n", maxSplits: 1).map(String.init)
        let (shown, before) = excerpt(of: SourceText(text).line(line))
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        let carets = String(repeating: "^", count: max(1, min(length, shown.count - before)))
        var lines = [
            parts[0],
            "  \(number) | \(shown)",
            "  \(margin) | \(String(repeating: " ", count: before))\(carets)",
        ]
        if parts.count > 1 { lines.append(parts[1]) }
        return lines.joined(separator: "\n")
    }

    /// The part of the line around the column, and how much of it stands before the column.
    private func excerpt(of line: String) -> (shown: String, before: Int) {
        let characters = Array(line)
        let column = min(self.column - 1, characters.count)
        let first = column > Self.reach ? column - Self.reach / 2 : 0
        let last = min(characters.count, max(column, first) + Self.reach)
        let lead = first > 0 ? "…" : ""
        let shown = lead + printable(String(characters[first..<last]))
        return (last < characters.count ? shown + "…" : shown, column - first + lead.count)
    }
}
