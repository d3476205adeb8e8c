#if Kafka
    import Events

    /// Reads topics of Kafka, all partitions of each, as a guest: it is in no group and commits
    /// nothing. With `group` it is a member of that group, reads what the group assigns to it, and
    /// commits what it has handed over.
    ///
    /// Offsets are those of the broker. A topic that begins anew is a new incarnation. When no
    /// broker answers, the library tries again at intervals that grow to 2 s, and reading goes on
    /// where it was: nothing comes twice, and nothing is left out that the broker still has. In a
    /// group, what was not committed before a break comes again, under the same offsets.
    struct KafkaSource: Source {
        let stream: Int
        let name: String
        let isBounded: Bool
        let url: SourceURL
        let settings: SourceSettings
        let stop: Stop
        let topics: KafkaTopicNames
        let start: StartPosition
        let library: KafkaLibrary
        private let properties: KafkaProperties

        var group: String? { settings.text(.group) }

        init(_ remote: RemoteStream) throws(RemoteError) {
            stream = remote.stream
            name = remote.name
            isBounded = remote.isBounded
            url = try remote.url()
            settings = remote.settings
            stop = remote.stop
            topics = KafkaTopicNames(url.path)
            start = settings.start(.start) ?? (isBounded ? .beginning : .end)
            library = try .load()
            let group = settings.text(.group)
            properties = try KafkaProperties(
                url, settings, group: group,
                own: group == nil ? Self.asGuest : Self.asMember(from: start))
            if case .entry(let text) = start {
                throw RemoteError("start: \(text): a record of Kafka is named by its offset alone")
            }
            guard group != nil else { return }
            if isBounded {
                throw RemoteError("a group has no end to read to; follow it, or leave it out")
            }
            guard start == .end || start == .beginning else {
                throw RemoteError(
                    "a group begins where it stands; without a commit, at the `start` "
                        + "`beginning` or `end`")
            }
        }

        private static let asGuest = [
            ("enable.partition.eof", "true"), ("enable.auto.commit", "false"),
            ("auto.offset.reset", "error"), ("statistics.interval.ms", "500"),
        ]

        private static func asMember(from start: StartPosition) -> [(String, String)] {
            [
                ("enable.partition.eof", "true"), ("enable.auto.commit", "true"),
                ("enable.auto.offset.store", "false"), ("auto.commit.interval.ms", "1000"),
                ("auto.offset.reset", start == .beginning ? "earliest" : "latest"),
                ("statistics.interval.ms", "500"),
            ]
        }

        func run(into sink: some ChunkSink) {
            do throws(KafkaError) {
                let client = try KafkaClient(library, properties)
                var reader = try KafkaReader(client, self, sink)
                try reader.run()
            } catch {
                let state = SourceChange.State.failed("\(name): \(error.message)")
                sink.report(SourceChange(stream: stream, source: name, state: state))
            }
        }

        /// What a topic's records are said to come from. One whose topics are found in the cluster
        /// is a source for each of them.
        func origin(of topic: String, _ partition: Int) -> Origin {
            guard !topics.isOne else { return Origin(source: name, partition: partition) }
            let place = name.prefix { $0 != "?" }
            let hosts = place.dropLast(url.path.isEmpty ? 0 : place.lastPart.count)
            return Origin(source: hosts + topic, partition: partition)
        }
    }

    extension Substring {
        /// What follows the last slash.
        fileprivate var lastPart: Substring {
            lastIndex(of: "/").map { self[index(after: $0)...] } ?? self
        }
    }
#endif
