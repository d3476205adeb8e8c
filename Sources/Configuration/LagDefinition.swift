import Events

/// A consumer group whose lag the dashboard watches.
package struct LagDefinition: Hashable, Sendable {
    package var name: String
    /// Who is asked: a source, as written.
    package var from: String
    /// The consumer group, as the broker knows it.
    package var group: String
    /// How the broker is reached.
    package var settings: SourceSettings

    package init(
        name: String, from: String, group: String, settings: SourceSettings = SourceSettings()
    ) {
        self.name = name
        self.from = from
        self.group = group
        self.settings = settings
    }
}
