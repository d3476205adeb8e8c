import Events

/// Why a source can't be had at all, in words that hold no secret.
package struct RemoteError: Error, Hashable, Sendable {
    package var message: String

    package init(_ message: String) { self.message = message }
}

/// A stream that somebody else serves: all that its source needs to know.
package struct RemoteStream: Sendable {
    package var stream: Int
    /// As the user gave it. It is shown; secrets are not in it, only where they are found.
    package var name: String
    package var settings: SourceSettings
    /// Read to what is its end now, rather than on and on.
    package var isBounded: Bool
    package var stop: Stop

    package init(
        stream: Int, name: String, settings: SourceSettings, isBounded: Bool, stop: Stop
    ) {
        self.stream = stream
        self.name = name
        self.settings = settings
        self.isBounded = isBounded
        self.stop = stop
    }

    /// The source of that name, which isn't opened yet.
    package func source() throws(RemoteError) -> any Source {
        guard let scheme = RemoteScheme(source: name) else {
            throw RemoteError("nobody serves such a source")
        }
        switch scheme {
        #if Kafka
            case .kafka: return try KafkaSource(self)
        #endif
        #if Redis
            case .redis:
                if settings.truth(.pubsub) ?? false { return try RedisChannelSource(self) }
                return try RedisSource(self)
        #endif
        case .http, .https: return try HTTPSource(self)
        case .exec:
            return CommandSource(
                stream: stream, name: name, command: String(name.dropFirst(scheme.prefix.count)),
                isBounded: isBounded, stop: stop)
        case .udp:
            return DatagramSource(stream: stream, name: name, place: try place(), stop: stop)
        default: throw RemoteError(scheme.absence)
        }
    }

    /// Where datagrams are taken; the dashboard's reader has seen that there is a port.
    private func place() throws(RemoteError) -> SocketName.Place {
        let host = try url().hosts[0]
        guard let port = host.port else { throw RemoteError("the port is missing") }
        return .udp(host: host.name, port: port)
    }

    /// The name taken apart; the dashboard's reader has accepted it.
    func url() throws(RemoteError) -> SourceURL {
        do throws(SourceURL.Problem) {
            if let url = try SourceURL(name) { return url }
        } catch {
            throw RemoteError(error.message)
        }
        throw RemoteError("expected a name like `scheme://host/name`")
    }

    func report(_ state: SourceChange.State, to sink: some ChunkSink) {
        sink.report(SourceChange(stream: stream, source: name, state: state))
    }
}

extension RemoteScheme {
    /// Whether it can be read to its end.
    package var hasEnd: Bool {
        switch self {
        case .kafka, .redis, .http, .https, .exec: true
        default: false
        }
    }

    /// Why this program has no such source.
    var absence: String {
        guard let trait else { return "`\(prefix)` sources are not built yet" }
        return "this weir was built without \(prefix); `make` builds it in, and so does "
            + "swift build --traits \(trait)"
    }
}
