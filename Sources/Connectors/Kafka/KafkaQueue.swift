#if Kafka
    import CRdkafka
    import Events

    /// The queue that all messages of a client come through.
    ///
    /// Without a group its partitions are read one by one, with the library's calls for that, which
    /// know of no group at all.
    final class KafkaQueue {
        private static let capacity = 4096

        private let client: KafkaClient
        private let handle: OpaquePointer
        private let messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
        private var started: [(topic: KafkaTopic, partition: Int32)] = []
        private var functions: UnsafePointer<crdkafka> { client.functions }

        init(_ client: KafkaClient, isOfGroup: Bool) throws(KafkaError) {
            let made =
                isOfGroup
                ? client.functions.pointee.queue_get_consumer(client.handle)
                : client.functions.pointee.queue_new(client.handle)
            guard let made else { throw KafkaError("no memory") }
            self.client = client
            handle = made
            messages = .allocate(capacity: Self.capacity)
            messages.initialize(repeating: nil, count: Self.capacity)
            var sign: UInt8 = 1
            functions.pointee.queue_io_event_enable(handle, client.arrivals.sender, &sign, 1)
        }

        deinit {
            functions.pointee.queue_io_event_enable(handle, -1, nil, 0)
            for (topic, partition) in started {
                _ = functions.pointee.consume_stop(topic.handle, partition)
            }
            functions.pointee.queue_destroy(handle)
            messages.deallocate()
        }

        /// From where it stands; again, if it is read already.
        func start(_ partition: KafkaPartition) throws(KafkaError) {
            let topic = partition.topic
            if let i = started.firstIndex(where: {
                $0.topic === topic && $0.partition == partition.number
            }) {
                _ = functions.pointee.consume_stop(topic.handle, partition.number)
                started.remove(at: i)
            }
            let status = functions.pointee.consume_start_queue(
                topic.handle, partition.number, partition.position, handle)
            guard status == 0 else { throw client.error(functions.pointee.last_error()) }
            started.append((topic, partition.number))
        }

        // MARK: Messages

        /// Takes what has come, without waiting. How many messages it is.
        func receive(_ limit: Int) -> Int {
            max(
                0,
                functions.pointee.consume_batch_queue(
                    handle, 0, messages, min(limit, Self.capacity)))
        }

        subscript(i: Int) -> UnsafePointer<rd_kafka_message_t> { UnsafePointer(messages[i]!) }

        /// The first of what was received; they are not to be used any more.
        func release(_ count: Int) {
            for i in 0..<count { functions.pointee.message_destroy(messages[i]) }
        }

        // MARK: Groups

        func join(_ names: KafkaTopicNames) throws(KafkaError) {
            let patterns = names.subscriptions
            let list = functions.pointee.topic_partition_list_new(Int32(patterns.count))!
            defer { functions.pointee.topic_partition_list_destroy(list) }
            for pattern in patterns {
                _ = functions.pointee.topic_partition_list_add(list, pattern, -1)
            }
            let code = functions.pointee.subscribe(client.handle, list)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw client.error(code) }
        }

        /// What was handed over is to be committed soon.
        func store(_ partition: KafkaPartition) {
            let list = functions.pointee.topic_partition_list_new(1)!
            defer { functions.pointee.topic_partition_list_destroy(list) }
            let entry = functions.pointee.topic_partition_list_add(
                list, partition.topic.name, partition.number)
            entry?.pointee.offset = partition.position
            // One that was taken away meanwhile is its new owner's to commit.
            _ = functions.pointee.offsets_store(client.handle, list)
        }

        /// Commits and says good-bye, if that is quickly done.
        func leave(within duration: Nanoseconds = .milliseconds(120)) {
            let client = client
            let done = SignPipe()
            Errand.start {
                _ = client.functions.pointee.consumer_close(client.handle)
                done.signal()
            }
            _ = Stop().wait(input: done.receiver, for: duration)
        }
    }

    extension KafkaTopicNames {
        /// As librdkafka takes them: a pattern is a regular expression that begins with `^`.
        var subscriptions: [String] {
            text.split(separator: ",").map { part in
                guard part.contains(where: { "*?".contains($0) }) else { return String(part) }
                let body = part.map { character in
                    switch character {
                    case "*": ".*"
                    case "?": "."
                    case ".": "\\."
                    default: String(character)
                    }
                }
                return "^" + body.joined() + "$"
            }
        }
    }
#endif
