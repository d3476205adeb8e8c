import Yams

/// Reads a file's text into a tree, with Yams.
///
/// Yams ends at the first key that occurs twice and tells where it stood first. So that key gets
/// a mark in front, a scalar nobody writes, and Yams reads again; what remains twice after the
/// mark is taken off is reported where it stands the second time, with everything else.
struct DocumentReader {
    private static let duplicateMark = Unicode.Scalar(0x10F8F0)!

    private let source: SourceText
    /// The source with the marks in it, and where they stand in it.
    private var marked: SourceText
    private var marks: [Int] = []
    private var nodesLeft = DocumentNode.nodeLimit
    /// Keys that occur twice. They don't keep the rest from being read.
    private(set) var problems: [Problem] = []

    init(_ source: SourceText) {
        self.source = source
        marked = source
    }

    /// Nil if the file holds nothing.
    mutating func read() throws(Problem) -> DocumentNode? {
        if let offset = source.firstUnreadable { throw unreadable(at: offset) }
        if let offset = source.firstCollectionKey { throw collectionKey(at: offset) }
        guard let root = try compose() else { return nil }
        return try convert(root, depth: 1)
    }

    private mutating func compose() throws(Problem) -> Node? {
        while true {
            do {
                let text = marked.string(0..<marked.scalars.count)
                return try Yams.compose(yaml: text, .basic, .default, .utf8)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                try markDuplicate(context.mark, name: names.first ?? "")
            } catch let error as YamlError {
                throw YAMLSyntax(source: source).problem(error) { original($0) }
            } catch {
                throw Problem(offset: 0, message: "can't be read as YAML: \(error)")
            }
        }
    }

    private mutating func markDuplicate(_ mark: Mark, name: String) throws(Problem) {
        var offset = marked.offset(line: mark.line, column: mark.column)
        let first = marked[offset]
        guard marks.count < DashboardErrors.limit, first != "&", first != "*", first != "!" else {
            throw duplicate(name, at: original(mark))
        }
        if first == "\"" || first == "'" { offset += 1 }
        var scalars = marked.scalars
        scalars.insert(Self.duplicateMark, at: offset)
        marked = SourceText(scalars)
        marks = marks.map { $0 < offset ? $0 : $0 + 1 } + [offset]
    }

    /// The place in the file that Yams means.
    private func original(_ mark: Mark?) -> Int {
        guard let mark else { return 0 }
        let offset = marked.offset(line: mark.line, column: mark.column)
        return offset - marks.count { $0 < offset }
    }

    private mutating func convert(_ node: Node, depth: Int) throws(Problem) -> DocumentNode {
        let offset = original(node.mark)
        nodesLeft -= 1
        guard nodesLeft >= 0 else {
            throw Problem(
                offset: offset,
                message: "more than \(DocumentNode.nodeLimit) values, aliases counted each time "
                    + "they are used; no dashboard needs as many")
        }
        guard depth <= DocumentNode.depthLimit else {
            throw Problem(
                offset: offset,
                message: "more than \(DocumentNode.depthLimit) levels; a dashboard has 5")
        }
        return DocumentNode(content: try content(of: node, depth: depth), offset: offset)
    }

    private mutating func content(
        of node: Node, depth: Int
    ) throws(Problem) -> DocumentNode.Content {
        switch node {
        case .scalar(let scalar):
            let style = DocumentNode.Style(scalar.style)
            let isNothing = style == .plain && ["", "~", "null"].contains(scalar.string)
            return isNothing ? .nothing : .scalar(scalar.string, style)
        case .sequence(let sequence):
            var items: [DocumentNode] = []
            for item in sequence { items.append(try convert(item, depth: depth + 1)) }
            return .list(items)
        case .mapping(let mapping):
            let entries = try entries(of: mapping, depth: depth)
            // Yams takes the style from the wrong event.
            let start = ScalarText.start(from: original(node.mark), in: source)
            return .mapping(entries, isFlow: source[start] == "{")
        case .alias: return .nothing
        }
    }

    private mutating func entries(
        of mapping: Node.Mapping, depth: Int
    ) throws(Problem) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var names: Set<String> = []
        for (key, value) in mapping {
            let offset = original(key.mark)
            guard case .scalar(let scalar) = key else { throw collectionKey(at: offset) }
            let name = String(
                String.UnicodeScalarView(
                    scalar.string.unicodeScalars.filter { $0 != Self.duplicateMark }))
            let node = try convert(value, depth: depth + 1)
            if names.insert(name).inserted {
                entries.append(DocumentNode.Entry(key: name, keyOffset: offset, value: node))
            } else {
                problems.append(duplicate(name, at: offset))
            }
        }
        return entries
    }

    private func duplicate(_ name: String, at offset: Int) -> Problem {
        Problem(
            offset: offset, length: max(1, name.unicodeScalars.count),
            message: "\(quotedPiece(name)) stands here a second time; a key occurs once")
    }

    private func collectionKey(at offset: Int) -> Problem {
        Problem(
            offset: offset,
            message: "a key that is a list or a mapping; a dashboard's keys are names")
    }

    private func unreadable(at offset: Int) -> Problem {
        let code = String(source[offset].value, radix: 16, uppercase: true)
        return Problem(
            offset: offset,
            message: "the character U+\(code) can't stand in a YAML file; "
                + "inside double quotes it is written with a backslash")
    }
}

extension DocumentNode.Style {
    fileprivate init(_ style: Node.Scalar.Style) {
        switch style {
        case .any, .plain: self = .plain
        case .singleQuoted: self = .singleQuoted
        case .doubleQuoted: self = .doubleQuoted
        case .literal: self = .literal
        case .folded: self = .folded
        }
    }
}
