#if Redis
    import Events

    /// Listens to a channel of Redis, or to all whose names fit a pattern with `*`, `?` or `[…]`.
    ///
    /// A channel keeps nothing: what is published while nobody listens is gone, and a listener that
    /// is held back for long is cut off by the server. Each connection is an incarnation.
    struct RedisChannelSource: Source {
        let stream: Int
        let name: String
        let isBounded = false
        private let url: SourceURL
        private let settings: SourceSettings
        private let stop: Stop

        init(_ remote: RemoteStream) throws(RemoteError) {
            stream = remote.stream
            name = remote.name
            url = try remote.url()
            settings = remote.settings
            stop = remote.stop
        }

        func run(into sink: some ChunkSink) {
            var feed = MessageFeed(stream: stream, origin: Origin(source: name), into: sink)
            var pause = Backoff()
            var offset: Int64 = 0
            while !sink.isStopping {
                do throws(RedisError) {
                    let opened = try RedisConnection.open(url, settings, until: stop)
                    guard let connection = opened, try subscribe(connection) else { return }
                    feed.report(.opened(partitions: [0]))
                    return try listen(connection, &feed, &offset)
                } catch {
                    guard feed.flush() else { return }
                    let reason = "\(name): \(error.message)"
                    if error.isFinal { return feed.report(.failed(reason)) }
                    feed.report(.disconnected(reason))
                    if offset > 0 {
                        (pause, offset) = (Backoff(), 0)
                        guard feed.beginIncarnation() else { return }
                    }
                    if stop.wait(for: pause.next()) { return }
                }
            }
        }

        /// False: stopped.
        private func subscribe(_ connection: RedisConnection) throws(RedisError) -> Bool {
            let isPattern = url.path.contains { "*?[".contains($0) }
            return try connection.ask([isPattern ? "PSUBSCRIBE" : "SUBSCRIBE", url.path]) != nil
        }

        /// Until it breaks, or somebody says stop. Silence is asked for a sign of life, once.
        private func listen(
            _ connection: RedisConnection, _ feed: inout MessageFeed, _ offset: inout Int64
        ) throws(RedisError) {
            var isAsked = false
            while true {
                // What has come already is one chunk.
                var heard = try connection.hear(within: .zero)
                if case .silence = heard {
                    guard feed.flush() else { return }
                    heard = try connection.hear(within: RedisConnection.patience)
                }
                switch heard {
                case .stopped: return
                case .silence:
                    guard !isAsked else { throw RedisError("doesn't answer") }
                    isAsked = true
                    guard try connection.send(["PING"]) else { return }
                case .reply(let reply):
                    isAsked = false
                    guard reply.read({ take($0, &feed, &offset) }) else { return }
                }
            }
        }

        /// `message, channel, payload` or `pmessage, pattern, channel, payload`; anything else is
        /// no message. False: stopped.
        private func take(
            _ message: RedisValue, _ feed: inout MessageFeed, _ offset: inout Int64
        ) -> Bool {
            guard message.count >= 3, let payload = message[message.count - 1].bytes else {
                return true
            }
            defer { offset += 1 }
            return feed.take(payload, at: offset, metadata: knowledge(of: message))
        }

        /// `"redis":{"channel":"alarms"}`
        private func knowledge(of message: RedisValue) -> [UInt8] {
            guard let name = settings.text(.metadata),
                let channel = message[message.count - 2].bytes
            else { return [] }
            var json = JSONWriter()
            json.append(name)
            json.append(raw: ":{\"channel\":")
            json.append(string: channel)
            json.append(raw: "}")
            return json.bytes
        }
    }
#endif
