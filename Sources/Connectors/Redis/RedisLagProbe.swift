#if Redis
    import Events

    /// Asks about a group of a stream, without reading from it.
    ///
    /// What is committed is the number of entries that were acknowledged: those the group was given
    /// without those it still holds. Entries are numbered as they were added, from 0. Where the
    /// server can't tell how many were given (a group that began in the middle, entries deleted
    /// since) those that weren't are counted, up to a limit.
    struct RedisLagProbe: LagProbe {
        /// How many entries are counted at most, where the server has no number.
        private static let countLimit = 10_000
        /// A consumer that has asked for nothing for longer isn't there.
        private static let memberIdle: Int64 = 60_000

        let probe: Int
        let group: String
        private let url: SourceURL
        private let settings: SourceSettings
        private let stop: Stop

        init(_ remote: RemoteGroup) throws(RemoteError) {
            probe = remote.probe
            group = remote.group
            url = try remote.url()
            settings = remote.settings
            stop = remote.stop
        }

        func run(into sink: some ChunkSink) {
            var connection: RedisConnection?
            LagPolls(probe: probe, group: group, stop: stop).run(into: sink) {
                do throws(RedisError) {
                    if connection == nil {
                        connection = try .open(url, settings, until: stop)
                    }
                    guard let connection else { return nil }
                    return try answer(connection)
                } catch {
                    connection = nil
                    return LagSample.Answer.none(error.message)
                }
            }
        }

        /// nil: stopped.
        func groups() throws(RemoteError) -> [String]? {
            do throws(RedisError) {
                let connection = try RedisConnection.open(url, settings, until: stop)
                return try connection?.ask(["XINFO", "GROUPS", url.path])?.read { groups in
                    (0..<groups.count).compactMap { groups[$0].named("name")?.text }
                }
            } catch {
                throw RemoteError(error.message)
            }
        }

        /// What XINFO GROUPS says of the group.
        private struct Standing {
            var last: String
            var pending: Int64
            /// nil: the server can't tell.
            var given: Int64?
        }

        /// nil: stopped. The group is asked about before the stream, which only grows.
        private func answer(
            _ connection: RedisConnection
        ) throws(RedisError) -> LagSample.Answer? {
            guard let found = try standing(connection) else { return nil }
            guard let standing = found else {
                return LagSample.Answer.none(
                    "there is no group `\(group)` of the stream `\(url.path)`")
            }
            guard let members = try members(connection),
                let waiting = try firstUnread(standing, connection)
            else { return nil }
            var left: Int64?
            if standing.given == nil {
                guard let count = try countLeft(standing, connection) else { return nil }
                guard count <= Self.countLimit else {
                    return LagSample.Answer.none(
                        "the server can't tell how many entries it has given the group, and more "
                            + "than \(Self.countLimit) are left")
                }
                left = Int64(count)
            }
            let stream = try connection.ask(["XINFO", "STREAM", url.path])?.read { info in
                (
                    added: info.named("entries-added")?.integer,
                    length: info.named("length")?.integer ?? 0
                )
            }
            guard let stream else { return nil }
            guard let added = stream.added else {
                return LagSample.Answer.none("a server of Redis 7 or newer is needed to tell a lag")
            }
            let given = standing.given ?? (added - (left ?? 0))
            let offsets = PartitionOffsets(
                topic: url.path, partition: 0, committed: max(0, given - standing.pending),
                logStart: max(0, added - stream.length), end: added,
                firstUnconsumed: waiting.time)
            return .offsets([offsets], members: members)
        }

        /// nil: stopped; within: there is no such group.
        private func standing(_ connection: RedisConnection) throws(RedisError) -> Standing?? {
            let reply = try connection.ask(["XINFO", "GROUPS", url.path])
            return reply?.read { groups in
                let info = (0..<groups.count).map { groups[$0] }
                    .first { $0.named("name")?.text == group }
                return info.map { info in
                    // Without a lag the server doubts the other number too.
                    let isSure = info.named("lag")?.integer != nil
                    return Standing(
                        last: info.named("last-delivered-id")?.text ?? "0-0",
                        pending: info.named("pending")?.integer ?? 0,
                        given: isSure ? info.named("entries-read")?.integer : nil)
                }
            }
        }

        private func members(_ connection: RedisConnection) throws(RedisError) -> Int? {
            try connection.ask(["XINFO", "CONSUMERS", url.path, group])?.read { consumers in
                (0..<consumers.count).count {
                    consumers[$0].named("idle")?.integer ?? .max < Self.memberIdle
                }
            }
        }

        private func countLeft(
            _ standing: Standing, _ connection: RedisConnection
        ) throws(RedisError) -> Int? {
            try connection.ask([
                "XRANGE", url.path, "(\(standing.last)", "+", "COUNT", "\(Self.countLimit + 1)",
            ])?.read(\.count)
        }

        /// The oldest entry that isn't acknowledged.
        private struct Waiting {
            /// nil: there is none, or its name is no time.
            var time: Timestamp?
        }

        private func firstUnread(
            _ standing: Standing, _ connection: RedisConnection
        ) throws(RedisError) -> Waiting? {
            let pending = try connection.ask(["XPENDING", url.path, group])
            let next = try connection.ask([
                "XRANGE", url.path, "(\(standing.last)", "+", "COUNT", "1",
            ])
            guard let pending, let next else { return nil }
            let ids = [
                pending.read { $0.count > 1 ? $0[1].text : nil },
                next.read { $0.count > 0 ? $0[0][0].text : nil },
            ]
            let first = ids.compactMap { $0.flatMap { RedisEntryID($0) } }.min()
            return Waiting(time: first.flatMap(\.time))
        }
    }

    extension RedisEntryID {
        /// When the entry was added; nil for one that was given another name.
        fileprivate var time: Timestamp? {
            let year1990: UInt64 = 631_152_000_000
            guard milliseconds > year1990, milliseconds < UInt64(Int64.max / 1_000_000) else {
                return nil
            }
            return Timestamp(rawValue: Int64(milliseconds) * 1_000_000)
        }
    }
#endif
