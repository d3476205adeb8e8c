/// A dashboard file's text as a tree of text: what YAML says, before any of it means anything.
///
/// Bounded: at most 100,000 nodes, aliases counted each time they are used, and 32 levels.
struct DocumentNode: Equatable {
    enum Style: Equatable { case plain, singleQuoted, doubleQuoted, literal, folded }

    struct Entry: Equatable {
        var key: String
        var keyOffset: Int
        var value: DocumentNode
    }

    enum Content: Equatable {
        /// Nothing stands there, or a plain `null` or `~`.
        case nothing
        /// Not typed: `NO`, `0123` and `1:30` are what they look like.
        case scalar(String, Style)
        case list([DocumentNode])
        /// The keys differ. `isFlow`: written in braces, where a comma ends a value.
        case mapping([Entry], isFlow: Bool)
    }

    static let nodeLimit = 100_000
    static let depthLimit = 32

    var content: Content
    /// Where it begins in the file.
    var offset: Int

    /// How a message calls it.
    var kind: String {
        switch content {
        case .nothing: "nothing"
        case .scalar: "text"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// Something wrong at a place of the file.
struct Problem: Error, Equatable {
    var offset: Int
    /// In Unicode scalars; at least 1.
    var length = 1
    var kind = DashboardError.Kind.invalid
    var message: String
}
