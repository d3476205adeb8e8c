/// A consumer group whose lag the dashboard watches.
package struct LagDefinition: Hashable, Sendable {
    package var name: String
    /// Who is asked: a source, as written.
    package var from: String
    /// The consumer group, as the broker knows it.
    package var group: String

    package init(name: String, from: String, group: String) {
        self.name = name
        self.from = from
        self.group = group
    }
}
