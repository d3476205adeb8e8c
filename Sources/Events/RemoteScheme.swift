/// A kind of source that somebody else serves, or runs, by the beginning of its name.
package enum RemoteScheme: String, CaseIterable, Sendable {
    case kafka, redis, nats, mqtt, postgres, http, https, ws, wss, tls, udp, exec

    /// Those that can be read.
    package static let built: [RemoteScheme] = [.kafka, .redis, .http, .https, .udp, .exec]

    /// The package trait without which weir is built without it; nil: it needs no library.
    package var trait: String? {
        switch self {
        case .kafka: "Kafka"
        case .redis: "Redis"
        case .nats: "NATS"
        case .mqtt: "MQTT"
        case .postgres: "Postgres"
        case .http, .https, .ws, .wss, .tls, .udp, .exec: nil
        }
    }

    /// With what separates it from the rest: `kafka://`, `exec:`.
    package var prefix: String { self == .exec ? "exec:" : "\(rawValue)://" }

    /// Whether it is named by a web address, whose query is not weir's.
    package var isWeb: Bool { [.http, .https, .ws, .wss].contains(self) }

    /// Whether it knows of consumer groups, whose lag can be asked about.
    package var hasGroups: Bool { self == .kafka || self == .redis }

    /// How one is written, for messages.
    package var example: String {
        switch self {
        case .kafka: "kafka://broker:9092/topic"
        case .redis: "redis://host:6379/stream"
        case .nats: "nats://host:4222/subject"
        case .mqtt: "mqtt://host:1883/topic"
        case .postgres: "postgres://host/database"
        case .udp: "udp://:5514"
        case .exec: "exec:journalctl -f"
        case .http, .https, .ws, .wss, .tls: "\(rawValue)://host/path"
        }
    }

    /// Of a source's name; nil for any other kind.
    package init?(source: String) {
        guard let scheme = Self.allCases.first(where: { source.hasPrefix($0.prefix) }) else {
            return nil
        }
        self = scheme
    }
}
