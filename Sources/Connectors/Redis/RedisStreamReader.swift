#if Redis
    import Events

    /// How far the reading of a stream has come, over all connections.
    struct RedisStreamReader {
        /// Entries asked for at a time.
        private static let count = "1000"
        /// How long the server waits for an entry before it says that there is none.
        private static let block = Nanoseconds.seconds(5)
        /// The name of this reader among those of its group.
        private static let consumer = "weir"

        let key: String
        private let group: String?
        private let entry: RedisEntry
        private let start: StartPosition
        private let isBounded: Bool
        /// The last entry handed over; nil: where to begin isn't known yet.
        private var last: RedisEntryID?
        /// The first entry of this incarnation that was handed over.
        private var first: RedisEntryID?
        /// The number of the next record in this incarnation.
        private var nextOffset: Int64 = 0
        /// There was no stream of this name when it was last looked for.
        private var wasAbsent = false
        /// Of a bounded one, where it ends.
        private var end: RedisEntryID?
        /// What the group gave this consumer before, and was never acknowledged, comes first.
        private var readsPending = true
        /// Entries of the group that are to be acknowledged.
        private var received: [String] = []
        private(set) var isOver = false

        init(_ source: RedisSource) {
            key = source.url.path
            group = source.settings.text(.group)
            entry = RedisEntry(
                payload: source.settings.text(.payload),
                metadata: source.settings.text(.metadata), stream: key)
            isBounded = source.isBounded
            start = source.settings.start(.start) ?? (isBounded ? .beginning : .end)
        }

        /// Finds out where to go on. False: stopped.
        mutating func open(
            _ connection: RedisConnection, _ feed: inout MessageFeed
        ) throws(RedisError) -> Bool {
            readsPending = true
            received.removeAll()
            guard let newest = try connection.newestEntry(of: key) else { return false }
            guard last != nil else {
                last = try connection.entry(of: key, before: start, newest: newest.id)
                wasAbsent = newest.isAbsent
                if isBounded { end = newest.id }
                return last != nil
            }
            return try notice(newest, connection, &feed)
        }

        /// One request. How many entries it brought; nil: stopped.
        mutating func step(
            _ connection: RedisConnection, _ feed: inout MessageFeed
        ) throws(RedisError) -> Int? {
            if let end, group == nil, last ?? .zero >= end {
                isOver = true
                return 0
            }
            let waits = isBounded ? Nanoseconds.zero : Self.block
            guard let reply = try connection.ask(request, waits: waits) else { return nil }
            let (count, isGoing) = reply.read { take($0, &feed) }
            guard isGoing, feed.flush(), try acknowledge(connection) else { return nil }
            if count > 0 { return count }
            if group != nil, readsPending {
                readsPending = false
            } else if isBounded {
                isOver = true
            } else {
                guard let newest = try connection.newestEntry(of: key),
                    try notice(newest, connection, &feed)
                else { return nil }
            }
            return 0
        }

        private var request: [String] {
            let wait = isBounded ? [] : ["BLOCK", "\(Self.block.rawValue / 1_000_000)"]
            guard let group else {
                return ["XREAD", "COUNT", Self.count] + wait + ["STREAMS", key, "\(last ?? .zero)"]
            }
            return ["XREADGROUP", "GROUP", group, Self.consumer, "COUNT", Self.count] + wait
                + ["STREAMS", key, readsPending ? "0" : ">"]
        }

        private mutating func take(
            _ answer: RedisValue, _ feed: inout MessageFeed
        ) -> (count: Int, isGoing: Bool) {
            guard answer.count > 0 else { return (0, true) }
            let entries = answer[0][1]
            for i in 0..<entries.count {
                guard let text = entries[i][0].text, let id = RedisEntryID(text) else { continue }
                if let end, id > end, group == nil { return (i, true) }
                if group != nil { received.append(text) }
                // What a group gives again after a break was handed over before it.
                let isKnown = group != nil && first != nil && id <= last ?? .zero
                // An entry that was deleted since it was delivered has no fields.
                guard !isKnown, entries[i][1].count > 0 else { continue }
                let isTaken = entry.read(entries[i][1], id: text) { record, extra in
                    feed.take(record, at: nextOffset, metadata: extra)
                }
                guard isTaken else { return (i, false) }
                nextOffset += 1
                if first == nil { first = id }
                last = id
                wasAbsent = false
            }
            return (entries.count, true)
        }

        /// False: stopped.
        private mutating func acknowledge(_ connection: RedisConnection) throws(RedisError) -> Bool
        {
            guard let group, !received.isEmpty else { return true }
            defer { received.removeAll(keepingCapacity: true) }
            return try connection.ask(["XACK", key, group] + received) != nil
        }

        /// Whether the stream is still the one that was read; a new one is read from its beginning.
        /// Entries that a server has lost change nothing: what is added to them is later than what
        /// was read. False: stopped.
        private mutating func notice(
            _ newest: RedisConnection.Newest, _ connection: RedisConnection,
            _ feed: inout MessageFeed
        ) throws(RedisError) -> Bool {
            let hasBegunAnew = wasAbsent && !newest.isAbsent
            wasAbsent = newest.isAbsent
            let isEarlier = !newest.isAbsent && newest.id < last ?? .zero
            guard isEarlier || hasBegunAnew else { return true }
            if !hasBegunAnew {
                guard let first else { return true }
                guard let isThere = try connection.holds(first, in: key) else { return false }
                if isThere { return true }
            }
            last = .zero
            guard first != nil else { return true }
            first = nil
            nextOffset = 0
            return feed.beginIncarnation()
        }
    }
#endif
