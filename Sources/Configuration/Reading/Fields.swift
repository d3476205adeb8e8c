import Queries

/// A mapping whose keys are known ones.
struct Fields {
    struct Field {
        var name: String
        /// Of the key.
        var offset: Int
        var value: DocumentNode
    }

    private(set) var fields: [Field] = []
    /// Of the mapping.
    let offset: Int
    /// Whether there were keys that don't belong there, which have been reported.
    var hasOthers = false

    init(offset: Int) { self.offset = offset }

    mutating func append(_ field: Field) { fields.append(field) }

    subscript(name: String) -> Field? { fields.first { $0.name == name } }
}

extension DashboardReader {
    mutating func add(
        _ message: String, at offset: Int, length: Int = 1,
        kind: DashboardError.Kind = .invalid
    ) {
        problems.append(Problem(offset: offset, length: length, kind: kind, message: message))
    }

    /// A problem of a key.
    mutating func refuse(
        key: String, at offset: Int, _ message: String, kind: DashboardError.Kind = .invalid
    ) {
        add(message, at: offset, length: max(1, key.unicodeScalars.count), kind: kind)
    }

    /// A problem of a value; where there is none, of its key.
    mutating func refuse(
        _ field: Fields.Field, _ message: String, kind: DashboardError.Kind = .invalid
    ) {
        guard field.value.content != .nothing else {
            return refuse(key: field.name, at: field.offset, message, kind: kind)
        }
        refuse(field.value, message, kind: kind)
    }

    mutating func refuse(
        _ node: DocumentNode, _ message: String, kind: DashboardError.Kind = .invalid
    ) {
        let start = ScalarText.start(from: node.offset, in: source)
        add(message, at: start, length: length(of: node, from: start), kind: kind)
    }

    /// Of a value on one line, with its quotes; 1 for anything else.
    private func length(of node: DocumentNode, from start: Int) -> Int {
        guard case .scalar(let text, let style) = node.content else { return 1 }
        if style == .literal || style == .folded { return 1 }
        let end = ScalarText.offsets(of: text, style: style, from: start, in: source).last ?? start
        return max(1, min(end, source.lineEnd(at: start)) - start + (style == .plain ? 0 : 1))
    }

    /// The keys of a mapping that belong there; nil if it is no mapping. Each other key is a
    /// problem.
    mutating func fields(of node: DocumentNode, _ keys: KeySet) -> Fields? {
        guard case .mapping(let entries, _) = node.content else {
            refuse(node, "expected the keys of \(keys.owner), found \(node.kind)")
            return nil
        }
        var fields = Fields(offset: node.offset)
        for entry in entries {
            if keys.holds(entry.key) {
                fields.append(
                    Fields.Field(name: entry.key, offset: entry.keyOffset, value: entry.value))
            } else {
                fields.hasOthers = true
                refuseKey(entry, keys)
            }
        }
        return fields
    }

    private mutating func refuseKey(_ entry: DocumentNode.Entry, _ keys: KeySet) {
        let name = quotedPiece(entry.key)
        if keys.later.contains(entry.key) {
            refuse(
                key: entry.key, at: entry.keyOffset, "\(name) is not built yet",
                kind: .notBuiltYet)
        } else if entry.key == "<<" {
            refuse(
                key: entry.key, at: entry.keyOffset,
                "`<<` merges mappings, which a dashboard doesn't; write the keys out")
        } else {
            let known = keys.built + keys.later
            refuse(
                key: entry.key, at: entry.keyOffset,
                "\(name) is not a key of \(keys.owner); "
                    + suggestion(entry.key, among: known, shown: keys.built))
        }
    }

    /// `did you mean …?`, or what there is.
    func suggestion(_ name: String, among names: [String], shown: [String]? = nil) -> String {
        if let near = nearestName(to: name, in: names) {
            return "did you mean \(quotedPiece(near))?"
        }
        let all = shown ?? names
        if all.isEmpty { return "there is none" }
        return "there is " + all.prefix(12).map { quotedPiece($0) }.joined(separator: ", ")
            + (all.count > 12 ? " …" : "")
    }
}
