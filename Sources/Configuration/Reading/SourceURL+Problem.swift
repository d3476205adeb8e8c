import Events

extension SourceURL {
    /// What its scheme asks for and it hasn't; nil: all is there.
    var problem: String? {
        let names = hosts.map(\.name)
        guard scheme == .udp || !names.contains("") else { return "a host is missing" }
        guard !names.contains(where: { $0.contains("${") }) else {
            return "`${…}` stands only where a password does"
        }
        if hosts.count > 1, scheme != .kafka { return "`\(scheme.prefix)` takes one host" }
        return nil
    }

    /// The same for one that records are read from.
    var readingProblem: String? {
        switch scheme {
        case .kafka where path.isEmpty: "the topic is missing"
        case .redis where path.isEmpty: "the stream is missing"
        case .http where hosts[0].name.isEmpty, .https where hosts[0].name.isEmpty:
            "the host is missing"
        case .http where hosts.count > 1, .https where hosts.count > 1: "there is one host"
        case .udp where hosts[0].port == nil: "the port is missing"
        case .udp where !path.isEmpty: "nothing comes after the port"
        default: nil
        }
    }
}
