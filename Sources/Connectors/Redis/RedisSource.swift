#if Redis
    import Events

    /// Reads a stream of Redis, as a guest: nothing is changed in it. With `group` it reads in that
    /// group's name and acknowledges what it has handed over.
    ///
    /// A connection that breaks is made again, at intervals that grow until something was read, and
    /// reading goes on after the last entry: nothing comes twice, and nothing is left out, unless
    /// the stream was trimmed meanwhile. A stream that was gone, or begins anew with earlier names,
    /// is a new incarnation, read from its beginning.
    struct RedisSource: Source {
        let stream: Int
        let name: String
        let isBounded: Bool
        let url: SourceURL
        let settings: SourceSettings
        let stop: Stop

        init(_ remote: RemoteStream) throws(RemoteError) {
            stream = remote.stream
            name = remote.name
            isBounded = remote.isBounded
            url = try remote.url()
            settings = remote.settings
            stop = remote.stop
        }

        func run(into sink: some ChunkSink) {
            var feed = MessageFeed(stream: stream, origin: Origin(source: name), into: sink)
            var reader = RedisStreamReader(self)
            var pause = Backoff()
            while !sink.isStopping {
                do throws(RedisError) {
                    guard let connection = try RedisConnection.open(url, settings, until: stop),
                        try reader.open(connection, &feed)
                    else { return }
                    feed.report(.opened(partitions: [0]))
                    while !reader.isOver {
                        guard let count = try reader.step(connection, &feed) else { return }
                        if count > 0 { pause = Backoff() }
                    }
                    return feed.report(.ended)
                } catch {
                    // What came before the break is whole.
                    guard feed.flush() else { return }
                    let reason = "\(name): \(error.message)"
                    guard !isBounded, !error.isFinal else { return feed.report(.failed(reason)) }
                    feed.report(.disconnected(reason))
                    if stop.wait(for: pause.next()) { return }
                }
            }
        }
    }
#endif
