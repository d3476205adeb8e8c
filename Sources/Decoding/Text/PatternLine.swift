import CSimdjson
import Events
import Patterns

/// Lines that a regular expression takes apart: each of its named groups is a field, a number if
/// its text is one in JSON, else a text. A group that took no part in the match is missing; of
/// several groups of the same name the one that did counts.
struct PatternLine: LineFormat {
    private var matcher: Matcher
    /// Of each cell: the groups of that name.
    private var groups: [[Int]] = []

    init(_ pattern: String) throws(PatternError) {
        let expression = try RegularExpression(pattern)
        matcher = Matcher(expression)
        if expression.names.isEmpty {
            throw PatternError(
                message: "no group has a name, and the fields are the groups that do, like "
                    + "`(?<status>\\d+)`", offset: 0)
        }
    }

    func fork() -> PatternLine {
        var fork = self
        fork.matcher = Matcher(matcher.expression)
        return fork
    }

    mutating func add(_ path: FieldPath) {
        let name = path.name
        groups.append(matcher.expression.names.filter { $0.name == name }.map(\.group))
    }

    mutating func begin(_ chunk: Chunk) {}

    mutating func read(
        _ line: UnsafeRawBufferPointer, into cells: UnsafeMutablePointer<JSONCell>,
        _ texts: inout UnescapedTexts
    ) -> LineReading {
        switch matcher.match(line) {
        case .match: break
        case .noMatch: return .refused(.malformed, at: nil)
        case .limit: return .refused(.matchLimit, at: nil)
        }
        for (i, groups) in groups.enumerated() {
            for group in groups {
                guard let text = matcher.text(of: group, in: line) else { continue }
                cells[i] = JSONCell(numberOrText: text)
            }
        }
        return .record
    }
}

/// Checks that records can be read by the pattern: it is a regular expression, and has named
/// groups. `RecordFormat.pattern` holds only ones that passed.
package func checkPattern(_ pattern: String) throws(PatternError) {
    _ = try PatternLine(pattern)
}
