#if Redis
    import Events

    /// Places in a stream. nil everywhere: stopped.
    extension RedisConnection {
        /// The newest entry that there ever was.
        struct Newest {
            var id: RedisEntryID
            /// There is no stream of this name.
            var isAbsent: Bool
        }

        func newestEntry(of key: String) throws(RedisError) -> Newest? {
            do throws(RedisError) {
                let reply = try ask(["XINFO", "STREAM", key])
                return reply?.read { info in
                    let text = info.named("last-generated-id")?.text ?? ""
                    return Newest(id: RedisEntryID(text) ?? .zero, isAbsent: false)
                }
            } catch {
                guard error.message.contains("no such key") else { throw error }
                return Newest(id: .zero, isAbsent: true)
            }
        }

        /// The entry after which reading begins.
        func entry(
            of key: String, before start: StartPosition, newest: RedisEntryID
        ) throws(RedisError) -> RedisEntryID? {
            switch start {
            case .beginning: return .zero
            case .end: return newest
            case .offset(let number): return .before(milliseconds: UInt64(number))
            case .entry(let text): return RedisEntryID(text) ?? .zero
            case .time(let time): return .before(milliseconds: time.milliseconds)
            case .ago(let length):
                return .before(milliseconds: (Timestamp.wallClock - length).milliseconds)
            case .last(let count):
                let reply = try ask(["XREVRANGE", key, "+", "-", "COUNT", "\(count)"])
                return reply?.read { entries in
                    guard entries.count > 0, let text = entries[entries.count - 1][0].text,
                        let id = RedisEntryID(text)
                    else { return .zero }
                    return id.predecessor
                }
            }
        }

        func holds(_ id: RedisEntryID, in key: String) throws(RedisError) -> Bool? {
            try ask(["XRANGE", key, "\(id)", "\(id)"])?.read { $0.count > 0 }
        }
    }

    extension Timestamp {
        fileprivate var milliseconds: UInt64 { UInt64(max(0, rawValue / 1_000_000)) }
    }
#endif
