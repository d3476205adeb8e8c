/// An option of a source, which is a key beside `from`, and `-O key=value` on the command line.
///
/// The one table of them: the dashboard's reader types values by it, and sources ask for them by
/// these names.
package struct SourceOption: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text
        case truth
        case integer(ClosedRange<Int>)
        case duration(ClosedRange<Nanoseconds>)
        case choice([String])
        case start
        /// A text that is found elsewhere: see `Secret`.
        case secret
        /// The name of a field: a letter, then letters, digits, `_` and `-`.
        case name
    }

    package let name: String
    package let kind: Kind
    /// The sources that have it.
    package let schemes: [RemoteScheme]

    private init(_ name: String, _ kind: Kind, of schemes: [RemoteScheme]) {
        self.name = name
        self.kind = kind
        self.schemes = schemes
    }

    package static let start = SourceOption("start", .start, of: [.kafka, .redis])
    package static let group = SourceOption("group", .text, of: [.kafka, .redis])
    package static let user = SourceOption("user", .text, of: [.redis, .http, .https])
    package static let password = SourceOption("password", .secret, of: [.redis, .http, .https])
    /// Under which name what a broker knows of a record stands in it.
    package static let metadata = SourceOption(
        "metadata", .name, of: [.kafka, .redis, .http, .https])

    /// The field of an entry that holds the record.
    package static let payload = SourceOption("payload", .text, of: [.redis])
    /// A channel that is published to, rather than a stream that is kept.
    package static let pubsub = SourceOption("pubsub", .truth, of: [.redis])

    /// A file of properties of librdkafka, `name=value` a line.
    package static let properties = SourceOption("properties", .text, of: [.kafka])

    /// A document is asked for so often.
    package static let every = SourceOption(
        "every", .duration(.milliseconds(100)...Nanoseconds.seconds(86_400)), of: [.http, .https])
    package static let token = SourceOption("token", .secret, of: [.http, .https])
    /// A file of certificates that are trusted instead of the system's.
    package static let authorities = SourceOption("ca", .text, of: [.https])

    package static let all = [
        start, group, user, password, metadata, payload, pubsub, properties, every, token,
        authorities,
    ]

    /// nil: there is none of this name.
    package init?(name: String) {
        guard let option = Self.all.first(where: { $0.name == name }) else { return nil }
        self = option
    }
}

extension RemoteScheme {
    package var options: [SourceOption] { SourceOption.all.filter { $0.schemes.contains(self) } }

    /// Whether options with dots in their names are its library's own: `security.protocol`.
    package var takesProperties: Bool { self == .kafka }
}
