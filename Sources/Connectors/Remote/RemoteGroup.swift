import Events

/// A consumer group at a broker, which is asked how far it has come.
package struct RemoteGroup: Sendable {
    /// Index into the dashboard's lag probes.
    package var probe: Int
    package var group: String
    /// Who is asked: a source, as the user gave it.
    package var source: String
    package var settings: SourceSettings
    package var stop: Stop

    package init(
        probe: Int, group: String, source: String, settings: SourceSettings, stop: Stop
    ) {
        self.probe = probe
        self.group = group
        self.source = source
        self.settings = settings
        self.stop = stop
    }

    /// Nobody is asked yet.
    package func lagProbe() throws(RemoteError) -> any LagProbe {
        switch try scheme() {
        #if Kafka
            case .kafka: return try KafkaLagProbe(self)
        #endif
        #if Redis
            case .redis: return try RedisLagProbe(self)
        #endif
        case let scheme: throw RemoteError(scheme.absence)
        }
    }

    /// The names of all groups there, in their order; `group` is not used. nil: stopped.
    package func names() throws(RemoteError) -> [String]? {
        switch try scheme() {
        #if Kafka
            case .kafka: return try KafkaLagProbe(self).groups()
        #endif
        #if Redis
            case .redis: return try RedisLagProbe(self).groups()
        #endif
        case let scheme: throw RemoteError(scheme.absence)
        }
    }

    private func scheme() throws(RemoteError) -> RemoteScheme {
        guard let scheme = RemoteScheme(source: source), scheme.hasGroups else {
            throw RemoteError("nobody there knows of consumer groups")
        }
        return scheme
    }

    func url() throws(RemoteError) -> SourceURL {
        do throws(SourceURL.Problem) {
            if let url = try SourceURL(source) { return url }
        } catch {
            throw RemoteError(error.message)
        }
        throw RemoteError("expected a name like `scheme://host/name`")
    }
}

/// Asks once a second, and never before the last answer is there: a slow broker is asked less
/// often.
struct LagPolls {
    static let interval = Nanoseconds.seconds(1)

    let probe: Int
    let group: String
    let stop: Stop

    /// `poll`: nil when it was stopped.
    func run(into sink: some ChunkSink, _ poll: () -> LagSample.Answer?) {
        var next = Monotonic.now()
        while !sink.isStopping {
            guard let answer = poll() else { return }
            sink.report(lag: LagSample(probe: probe, group: group, answer: answer))
            next = max(next + Self.interval, Monotonic.now())
            let pause = next.rawValue - Monotonic.now().rawValue
            if stop.wait(for: Nanoseconds(rawValue: max(0, pause))) { return }
        }
    }
}
