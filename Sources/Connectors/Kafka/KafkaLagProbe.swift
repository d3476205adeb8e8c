#if Kafka
    import CRdkafka
    import Events
    import Synchronization

    /// Asks about a consumer group of Kafka, without joining it.
    ///
    /// Commits are read before the ends of the logs. An end is that of what is committed by
    /// transactions, unless `isolation.level` says otherwise. Of named topics every partition is
    /// told; without a name, those of all topics that the group has committed something of.
    struct KafkaLagProbe: LagProbe {
        private static let own = [("enable.auto.commit", "false"), ("statistics.interval.ms", "0")]

        let probe: Int
        let group: String
        private let topics: KafkaTopicNames
        private let namesTopics: Bool
        private let library: KafkaLibrary
        private let properties: KafkaProperties
        private let stop: Stop

        init(_ remote: RemoteGroup) throws(RemoteError) {
            probe = remote.probe
            group = remote.group
            stop = remote.stop
            let url = try remote.url()
            namesTopics = !url.path.isEmpty
            topics = KafkaTopicNames(namesTopics ? url.path : "*")
            library = try .load()
            properties = try KafkaProperties(
                url, remote.settings, group: group, own: Self.own)
        }

        func run(into sink: some ChunkSink) {
            let client: KafkaClient
            do throws(KafkaError) {
                client = try KafkaClient(library, properties)
            } catch {
                return sink.report(
                    lag: LagSample(probe: probe, group: group, answer: .none(error.message)))
            }
            let membership = KafkaMembership(client, group)
            LagPolls(probe: probe, group: group, stop: stop).run(into: sink) {
                Errand.run(until: stop) { answer(client, membership) }
            }
        }

        /// nil: stopped.
        func groups() throws(RemoteError) -> [String]? {
            do throws(KafkaError) {
                let client = try KafkaClient(library, properties)
                let answer = Errand.run(until: stop) {
                    Result { () throws(KafkaError) in try client.groups().map(\.name) }
                }
                return try answer?.get().sorted()
            } catch {
                throw RemoteError("can't list the groups: \(error.message); name one")
            }
        }

        private func answer(
            _ client: KafkaClient, _ membership: KafkaMembership
        ) -> LagSample.Answer {
            client.poll()
            do throws(KafkaError) {
                let found = try client.topics(topics, within: KafkaClient.patience)
                guard !found.isEmpty else {
                    throw KafkaError(
                        namesTopics ? "there is no topic `\(topics.text)`" : "there are no topics")
                }
                let commits = try client.commits(of: found)
                let offsets = try offsets(found, commits, client)
                return .offsets(offsets, members: membership.count())
            } catch {
                client.poll()
                return .none(client.signs.isDown ? client.trouble : error.message)
            }
        }

        /// A partition that doesn't answer is left out, and so known to be unknown.
        private func offsets(
            _ found: [KafkaTopicDescription], _ commits: [[Int64?]], _ client: KafkaClient
        ) throws(KafkaError) -> [PartitionOffsets] {
            var offsets: [PartitionOffsets] = []
            var trouble: KafkaError?
            for (topic, commits) in zip(found, commits)
            where namesTopics || commits.contains(where: { $0 != nil }) {
                for (i, committed) in commits.enumerated() {
                    do throws(KafkaError) {
                        let bounds = try client.bounds(
                            of: topic.name, i, within: KafkaClient.patience)
                        offsets.append(
                            PartitionOffsets(
                                topic: topic.name, partition: i, committed: committed,
                                logStart: bounds.logStart, end: bounds.end))
                    } catch {
                        trouble = error
                        if client.signs.isDown { throw error }
                    }
                }
            }
            if let trouble, offsets.isEmpty { throw trouble }
            return offsets
        }
    }

    /// How many members the group has, where the broker tells. One that can't is asked seldom.
    final class KafkaMembership: Sendable {
        private static let pause = Nanoseconds.seconds(60)

        private let client: KafkaClient
        private let group: String
        private let next = Mutex(Monotonic.now())

        init(_ client: KafkaClient, _ group: String) {
            self.client = client
            self.group = group
        }

        func count() -> Int? {
            guard next.withLock({ $0 <= Monotonic.now() }) else { return nil }
            guard let found = try? client.groups(named: group).first else {
                next.withLock { $0 = Monotonic.now() + Self.pause }
                return nil
            }
            return found.members
        }
    }

    struct KafkaGroup: Sendable {
        var name: String
        var members: Int
    }

    extension KafkaClient {
        /// Of each partition of each topic; nil: none.
        func commits(
            of topics: [KafkaTopicDescription]
        ) throws(KafkaError) -> [[Int64?]] {
            let list = functions.pointee.topic_partition_list_new(1)!
            defer { functions.pointee.topic_partition_list_destroy(list) }
            for topic in topics {
                for i in 0..<topic.partitions {
                    _ = functions.pointee.topic_partition_list_add(list, topic.name, Int32(i))
                }
            }
            let code = functions.pointee.committed(handle, list, Self.patience)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw error(code) }
            var next = 0
            return topics.map { topic in
                (0..<topic.partitions).map { _ in
                    defer { next += 1 }
                    let offset = list.pointee.elems[next].offset
                    return offset < 0 ? nil : offset
                }
            }
        }

        /// All, or the named one.
        func groups(named name: String? = nil) throws(KafkaError) -> [KafkaGroup] {
            var list: UnsafePointer<rd_kafka_group_list>?
            let code = functions.pointee.list_groups(handle, name, &list, Self.patience)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { throw error(code) }
            defer { functions.pointee.group_list_destroy(list) }
            return (0..<Int(list.pointee.group_cnt)).map { i in
                let group = list.pointee.groups[i]
                return KafkaGroup(
                    name: String(cString: group.group), members: Int(group.member_cnt))
            }
        }
    }
#endif
