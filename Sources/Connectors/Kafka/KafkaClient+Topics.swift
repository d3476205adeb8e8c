#if Kafka
    import CRdkafka
    import Events
    import Glibc

    /// A topic of a cluster, as the library holds it.
    final class KafkaTopic: Sendable {
        let name: String
        nonisolated(unsafe) let handle: OpaquePointer
        private let client: KafkaClient

        init(_ name: String, of client: KafkaClient) throws(KafkaError) {
            guard let handle = client.functions.pointee.topic_new(client.handle, name, nil) else {
                throw client.error(client.functions.pointee.last_error())
            }
            self.name = name
            self.handle = handle
            self.client = client
        }

        deinit { client.functions.pointee.topic_destroy(handle) }
    }

    /// What a broker knows of a topic.
    struct KafkaTopicDescription: Sendable {
        var name: String
        /// Their numbers are 0 and up.
        var partitions: Int
    }

    /// The offsets that a partition holds: `logStart..<end`.
    struct KafkaBounds: Sendable {
        var logStart: Int64
        var end: Int64
    }

    /// Questions to the brokers. Each blocks for at most as long as it is told.
    extension KafkaClient {
        /// The named topics, in the order of their names; those that there aren't are left out.
        func topics(
            _ names: KafkaTopicNames, within milliseconds: Int32
        ) throws(KafkaError) -> [KafkaTopicDescription] {
            if names.isPattern {
                return try describe(nil, milliseconds).filter { names.match($0.name) }
                    .sorted { $0.name < $1.name }
            }
            var found: [KafkaTopicDescription] = []
            for name in names.plain {
                found += try describe(try KafkaTopic(name, of: self), milliseconds)
            }
            return found
        }

        /// nil: all topics.
        private func describe(
            _ topic: KafkaTopic?, _ milliseconds: Int32
        ) throws(KafkaError) -> [KafkaTopicDescription] {
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = functions.pointee.metadata(
                handle, topic == nil ? 1 : 0, topic?.handle, &metadata, milliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { throw error(code) }
            defer { functions.pointee.metadata_destroy(metadata) }
            var found: [KafkaTopicDescription] = []
            for i in 0..<Int(metadata.pointee.topic_cnt) {
                let topic = metadata.pointee.topics[i]
                if topic.err.isFinal { throw error(topic.err) }
                guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, topic.partition_cnt > 0 else {
                    continue
                }
                found.append(
                    KafkaTopicDescription(
                        name: String(cString: topic.topic), partitions: Int(topic.partition_cnt)))
            }
            return found
        }

        func bounds(
            of topic: String, _ partition: Int, within milliseconds: Int32
        ) throws(KafkaError) -> KafkaBounds {
            var bounds = KafkaBounds(logStart: 0, end: 0)
            let code = functions.pointee.query_watermark_offsets(
                handle, topic, Int32(partition), &bounds.logStart, &bounds.end, milliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw error(code) }
            return bounds
        }

        /// Of each partition the offset of the first record at or after that time; nil: there is
        /// none.
        func offsets(
            of topic: KafkaTopicDescription, at time: Timestamp, within milliseconds: Int32
        ) throws(KafkaError) -> [Int64?] {
            let list = functions.pointee.topic_partition_list_new(Int32(topic.partitions))!
            defer { functions.pointee.topic_partition_list_destroy(list) }
            for i in 0..<topic.partitions {
                let entry = functions.pointee.topic_partition_list_add(list, topic.name, Int32(i))
                entry?.pointee.offset = max(0, time.rawValue / 1_000_000)
            }
            let code = functions.pointee.offsets_for_times(handle, list, milliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw error(code) }
            return (0..<topic.partitions).map { i in
                let offset = list.pointee.elems[i].offset
                return offset < 0 ? nil : offset
            }
        }
    }

    /// The topics that a source names: `orders`, `orders,payments`, or a pattern with `*` and `?`,
    /// which no topic has in its name.
    struct KafkaTopicNames: Sendable {
        let text: String

        init(_ path: String) { text = path }

        var isPattern: Bool { text.contains { "*?".contains($0) } }

        /// The names of one that is no pattern, each once.
        var plain: [String] {
            var names: [String] = []
            for name in text.split(separator: ",").map(String.init) where !names.contains(name) {
                names.append(name)
            }
            return names
        }

        /// Whether it stands for one topic, whatever there is in the cluster.
        var isOne: Bool { !isPattern && plain.count == 1 }

        /// What begins with `__` belongs to the broker, and is meant only by who writes that.
        func match(_ name: String) -> Bool {
            text.split(separator: ",").contains { pattern in
                (!name.hasPrefix("__") || pattern.hasPrefix("__"))
                    && fnmatch(String(pattern), name, 0) == 0
            }
        }
    }
#endif
