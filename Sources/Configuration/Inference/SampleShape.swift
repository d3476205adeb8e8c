import Events
import Yams

/// How the records of a sample are written, and which fields they have.
struct SampleShape {
    static let fieldLimit = 200
    static let depthLimit = 4
    /// Of a path, in Unicode scalars.
    static let pathLimit = 200
    /// Values of one record that are looked at.
    static let visitLimit = 2000
    /// Records that are looked at for their fields.
    static let recordLimit = 200

    var format: RecordFormat
    /// In the order of their first appearance.
    var fields: [FieldPath]

    /// nil: no format fits. `name` is the source's, whose ending says what the format is.
    init?(_ lines: [String], name: String) {
        let records = lines.prefix(Self.recordLimit).filter { $0.contains { $0 > " " } }
        let named = RecordFormat(path: name)
        let format = named != .json ? named : Self.guess(records)
        guard let format else { return nil }
        self.format = format
        var fields: [FieldPath] = []
        var known: Set<FieldPath> = []
        let found: [[FieldPath]] =
            switch format {
            case .json: records.map(Self.jsonFields)
            case .logfmt: records.map(Self.logfmtFields)
            case .csv: records.first.map { [Self.csvFields($0)] } ?? []
            case .access: [Self.accessFields]
            case .syslog: [Self.syslogFields]
            case .pattern: []
            }
        for path in found.joined() where fields.count < Self.fieldLimit && path.canBeWritten {
            if known.insert(path).inserted { fields.append(path) }
        }
        self.fields = fields
        if fields.isEmpty { return nil }
    }

    /// What most records look like.
    private static func guess(_ records: [String]) -> RecordFormat? {
        let most = records.count / 2
        guard !records.isEmpty else { return nil }
        if records.count(where: { $0.first { $0 > " " } == "{" }) > most { return .json }
        // Paths with queries, and messages, look like logfmt.
        if accessRecords(records) > most { return .access }
        if syslogRecords(records) > most { return .syslog }
        if records.count(where: { !logfmtFields($0).isEmpty }) > most { return .logfmt }
        guard records.count > 1,
            let separator = ",;\t|".first(where: { mark in
                let counts = records.map { $0.count { $0 == mark } }
                return counts[0] > 0 && counts.count { $0 == counts[0] } > counts.count * 9 / 10
            })
        else { return nil }
        let names = records[0].split(separator: separator, omittingEmptySubsequences: false)
        let isHeader = names.allSatisfy { Double($0) == nil && $0.contains { $0.isLetter } }
        return isHeader ? .csv : nil
    }

    /// JSON is YAML, as far as names are concerned.
    private static func jsonFields(_ record: String) -> [FieldPath] {
        guard let node = try? Yams.compose(yaml: record) else { return [] }
        var fields: [FieldPath] = []
        // What YAML calls an alias can make a short line large.
        var visits = 0
        func collect(_ node: Node, _ steps: [FieldPath.Step]) {
            visits += 1
            guard visits <= visitLimit else { return }
            if let mapping = node.mapping, steps.count < depthLimit {
                for (key, value) in mapping where key.string != nil && visits <= visitLimit {
                    collect(value, steps + [.name(key.string!)])
                }
            } else if node.scalar != nil, !steps.isEmpty {
                fields.append(FieldPath(steps: steps))
            }
        }
        collect(node, [])
        return fields
    }

    /// Names before `=`, outside quotes.
    private static func logfmtFields(_ record: String) -> [FieldPath] {
        var fields: [FieldPath] = []
        var name = ""
        var isQuoted = false
        var isValue = false
        for character in record {
            if character == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if character == " " || character == "\t" {
                (name, isValue) = ("", false)
            } else if character == "=", !isValue, !name.isEmpty {
                fields.append(FieldPath(name))
                isValue = true
            } else if !isValue {
                name.append(character)
            }
        }
        return fields
    }

    private static func csvFields(_ header: String) -> [FieldPath] {
        let separator = ",;\t|".max { a, b in
            header.count { $0 == a } < header.count { $0 == b }
        }!
        return header.split(separator: separator, omittingEmptySubsequences: false).map { name in
            FieldPath(name.filter { $0 != "\"" && $0 != "\r" && $0 != "\u{FEFF}" }.trimmed)
        }.filter { $0.name != "" }
    }
}

extension FieldPath {
    /// Whether a dashboard and a query can name it: on one line, a name in backticks has none, and
    /// several fit into a query.
    fileprivate var canBeWritten: Bool {
        let names = steps.allSatisfy { step in
            guard case .name(let name) = step else { return true }
            return !name.isEmpty
                && !name.unicodeScalars.contains { $0 == "`" || $0.isLineBreak }
        }
        return names && description.unicodeScalars.count <= SampleShape.pathLimit
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
