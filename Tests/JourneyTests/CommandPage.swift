import Foundation

/// A command and its options, as `weir --experimental-dump-help` tells them.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
            var dashed: String { (kind == "long" ? "--" : "-") + name }
        }
        /// nil: it is told by its place.
        var names: [Name]?
        var shouldDisplay: Bool
    }

    var commandName: String
    var arguments: [Argument]?
    var subcommands: [CommandHelp]?

    /// `--limit` and `-f`.
    var options: Set<String> {
        let shown = (arguments ?? []).filter(\.shouldDisplay)
        return Set(shown.flatMap { $0.names ?? [] }.map(\.dashed))
    }

    /// Every command but `help`, which has no page.
    static func all() throws -> [CommandHelp] {
        struct Dump: Decodable { var command: CommandHelp }
        let json = try runWeir(["--experimental-dump-help"]).out
        let root = try JSONDecoder().decode(Dump.self, from: Data(json.utf8)).command
        return (root.subcommands ?? []).filter { $0.commandName != "help" }
    }
}

/// A page of `docs`: the options it names, the files it shows, and the examples that can be run.
///
/// A code block whose first line is, say, "json events.ndjson" shows that file. A `console` block
/// holds examples: `$ `, a command, and below it exactly what it prints, to both outputs.
struct CommandPage {
    struct Example {
        var command: String
        var output = ""
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs")

    let text: String

    /// `path`: below `docs`.
    init(_ path: String) throws {
        let file = Self.folder.appendingPathComponent(path)
        text = try String(contentsOf: file, encoding: .utf8)
    }

    /// Every `--option`, wherever it stands.
    var longOptions: Set<String> { Self.options(in: text).filter { $0.hasPrefix("--") } }

    /// The options in the first column of a table.
    var optionsInTables: Set<String> {
        let rows = text.components(separatedBy: "\n").filter { $0.hasPrefix("| `-") }
        return Set(rows.flatMap { Self.options(in: $0.components(separatedBy: " | ")[0]) })
    }

    /// The options that paragraphs of a manual page begin with.
    var optionsInTags: Set<String> {
        let tags = text.components(separatedBy: "\n.TP\n").dropFirst()
            .map { $0.components(separatedBy: "\n")[0] }
        return Set(
            tags.filter { $0.hasPrefix(".B \\-") || $0.hasPrefix(".BR \\-") }
                .flatMap { Self.options(in: $0) })
    }

    var files: [(name: String, text: String)] {
        blocks.compactMap { block in
            let words = block.label.components(separatedBy: " ")
            return words.count == 2 ? (words[1], block.text) : nil
        }
    }

    var examples: [Example] {
        blocks.filter { $0.label == "console" }.flatMap { block in
            block.text.components(separatedBy: "\n").dropLast().reduce(into: [Example]()) {
                if $1.hasPrefix("$ ") {
                    $0.append(Example(command: String($1.dropFirst(2))))
                } else if !$0.isEmpty {
                    $0[$0.count - 1].output += $1 + "\n"
                }
            }
        }
    }

    /// What stands between two fences, and what stands behind the first one.
    private var blocks: [(label: String, text: String)] {
        text.components(separatedBy: "\n```").enumerated().filter { $0.offset % 2 == 1 }.map {
            let lines = $0.element.components(separatedBy: "\n")
            return (lines[0], lines.dropFirst().map { $0 + "\n" }.joined())
        }
    }

    /// Words that begin with a dash, which in roff has a backslash before it.
    private static func options(in text: String) -> Set<String> {
        let words = text.replacingOccurrences(of: "\\-", with: "-")
            .split { !($0.isLetter || $0.isNumber || $0 == "-") }
        return Set(
            words.filter { $0.hasPrefix("-") && $0.contains(where: \.isLetter) }.map(String.init))
    }
}
