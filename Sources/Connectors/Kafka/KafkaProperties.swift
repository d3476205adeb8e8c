#if Kafka
    import Events
    import Glibc

    /// The properties of librdkafka that a client is made with: weir's usual ones, then those of a
    /// file, then those beside the source, then the ones that its way of reading rests on.
    struct KafkaProperties: Sendable {
        private static let port: UInt16 = 9092
        /// The longest file of properties, in bytes.
        private static let limit = 1 << 20

        /// Each once, in no order that matters to the library.
        private(set) var values: [(name: String, value: String)] = []
        private(set) var discretion = Discretion()

        /// `own`: what weir sets itself; nobody else may. `group`: nil for one that is in none.
        init(
            _ url: SourceURL, _ settings: SourceSettings, group: String?,
            own: [(name: String, value: String)]
        ) throws(RemoteError) {
            let hosts = url.hosts.map { host in
                (host.name.contains(":") ? "[\(host.name)]" : host.name)
                    + ":\(host.port ?? Self.port)"
            }
            values = [
                ("client.id", "weir"), ("reconnect.backoff.max.ms", "2000"),
                ("queued.max.messages.kbytes", "16384"), ("socket.keepalive.enable", "true"),
                ("socket.timeout.ms", "10000"),
            ]
            if let path = settings.text(.properties) { try read(path) }
            for property in settings.properties {
                switch property.value {
                case .secret(let secret):
                    let text = try secret.read()
                    discretion.keep(text)
                    set(property.name, text)
                case .text(let text): set(property.name, text)
                default: continue
                }
            }
            let fixed = own + [("bootstrap.servers", hosts.joined(separator: ","))]
            let given = Set(values.map(\.name))
            for name in fixed.map(\.name) + ["group.id"] where given.contains(name) {
                let way = name == "group.id" ? "it is the option `group`" : "weir sets it itself"
                throw RemoteError("`\(name)` can't be set: \(way)")
            }
            values += fixed
            if let group { values.append(("group.id", group)) }
        }

        private mutating func set(_ name: String, _ value: String) {
            values.removeAll { $0.name == name }
            values.append((name, value))
        }

        /// `name=value` a line, as the tools of Kafka read them; `#` begins a comment. It may hold
        /// secrets, so no message holds any of it but a name.
        private mutating func read(_ path: String) throws(RemoteError) {
            let lines = try Secret.text(of: path, upTo: Self.limit).split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            for (number, line) in lines.enumerated() {
                let text = line.trimmed
                if text.isEmpty || text.hasPrefix("#") { continue }
                guard let equals = text.firstIndex(of: "=") else {
                    throw RemoteError("\(path):\(number + 1): expected name=value")
                }
                let value = text[text.index(after: equals)...].trimmed
                discretion.keep(value.count >= 4 ? String(value) : "")
                set(String(text[..<equals].trimmed), String(value))
            }
        }
    }

    extension Substring {
        fileprivate var trimmed: Substring {
            let start = drop(while: \.isWhitespace)
            guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
            return start[...end]
        }
    }
#endif
