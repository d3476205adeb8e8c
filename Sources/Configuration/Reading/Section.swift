/// A part of a dashboard that is a mapping from names to what they mean.
struct Section {
    let key: String
    let limit: Int
    /// An entry, for messages.
    let example: String
    let isRequired: Bool

    static let streams = Section(
        key: "streams", limit: 32, example: "name: { from: stdin }", isRequired: true)
    static let views = Section(
        key: "views", limit: 200, example: "name: count() over 1s", isRequired: true)
    static let lag = Section(
        key: "lag", limit: 32, example: #"name: { from: "demo:plant", group: store }"#,
        isRequired: false)
    static let alerts = Section(
        key: "alerts", limit: 10_000, example: #"name: { when: "heat.temp > 80" }"#,
        isRequired: false)
    static let notify = Section(
        key: "notify", limit: 16, example: "name: { terminal: bell }", isRequired: false)
}

extension DashboardReader {
    /// The entries of a section, at least one; nil where there is none.
    mutating func named(_ fields: Fields, _ section: Section) -> [DocumentNode.Entry]? {
        let key = section.key
        guard let field = fields[key] else {
            guard section.isRequired else { return nil }
            add("`\(key)` is missing; a dashboard names at least one", at: fields.offset)
            return nil
        }
        guard case .mapping(let entries, _) = field.value.content, !entries.isEmpty else {
            let found: String
            switch field.value.content {
            case .nothing, .mapping: found = "is empty"
            default: found = "is \(field.value.kind)"
            }
            refuse(
                field,
                "`\(key)` \(found); expected names below it, like `\(section.example)`")
            return nil
        }
        if entries.count > section.limit {
            add(
                "`\(key)` has \(entries.count) names; at most \(section.limit)", at: field.offset)
        }
        return Array(entries.prefix(section.limit))
    }
}
