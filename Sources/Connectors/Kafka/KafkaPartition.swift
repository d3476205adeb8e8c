#if Kafka
    import CRdkafka
    import Events

    /// A partition that is read: how far, and what of it waits to be handed over.
    struct KafkaPartition {
        let topic: KafkaTopic
        let number: Int32
        var feed: MessageFeed
        /// The offset of the next record.
        var position: Int64
        /// Of a bounded one, where it ends.
        let end: Int64?
        /// It can't be had now: its topic is gone.
        var isAway = false

        /// All that was there has been taken.
        var isOver: Bool { end.map { position >= $0 } ?? false }

        /// False: stopped.
        mutating func take(
            _ message: UnsafePointer<rd_kafka_message_t>, _ description: KafkaMessageDescription?
        ) -> Bool {
            let offset = message.pointee.offset
            // One that was asked for before a seek.
            guard offset >= position, !isOver else { return true }
            position = offset + 1
            if let end, offset >= end { return true }
            let payload = UnsafeRawBufferPointer(
                start: message.pointee.payload, count: message.pointee.len)
            return feed.take(
                payload, at: offset, metadata: description?.of(message, in: topic.name) ?? [])
        }
    }

    /// What the broker knows of a message, for its record:
    /// `"kafka":{"topic":"orders","partition":3,"offset":15,"create_time":1714564800000,
    /// "key":"a","headers":{"trace":"b"}}`.
    ///
    /// A time is in milliseconds and named after who set it, the producer or the broker.
    struct KafkaMessageDescription {
        let name: String
        let library: KafkaLibrary

        func of(_ message: UnsafePointer<rd_kafka_message_t>, in topic: String) -> [UInt8] {
            var json = JSONWriter()
            json.append(name)
            json.append(raw: ":{\"topic\":")
            json.append(topic)
            json.append(raw: ",\"partition\":\(message.pointee.partition)")
            json.append(raw: ",\"offset\":\(message.pointee.offset)")
            appendTime(of: message, to: &json)
            if let key = message.pointee.key {
                json.append(raw: ",\"key\":")
                json.append(
                    string: UnsafeRawBufferPointer(start: key, count: message.pointee.key_len))
            }
            appendHeaders(of: message, to: &json)
            json.append(raw: "}")
            return json.bytes
        }

        private func appendTime(
            of message: UnsafePointer<rd_kafka_message_t>, to json: inout JSONWriter
        ) {
            var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
            let time = library.functions.pointee.message_timestamp(message, &type)
            guard time >= 0, type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE else { return }
            let name = type == RD_KAFKA_TIMESTAMP_CREATE_TIME ? "create_time" : "append_time"
            json.append(raw: ",\"\(name)\":\(time)")
        }

        private func appendHeaders(
            of message: UnsafePointer<rd_kafka_message_t>, to json: inout JSONWriter
        ) {
            var headers: OpaquePointer?
            guard
                library.functions.pointee.message_headers(message, &headers)
                    == RD_KAFKA_RESP_ERR_NO_ERROR, let headers
            else { return }
            json.append(raw: ",\"headers\":{")
            var i = 0
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            while library.functions.pointee.header_get_all(headers, i, &name, &value, &size)
                == RD_KAFKA_RESP_ERR_NO_ERROR, let name
            {
                if i > 0 { json.append(raw: ",") }
                json.append(String(cString: name))
                json.append(raw: ":")
                if let value {
                    json.append(string: UnsafeRawBufferPointer(start: value, count: size))
                } else {
                    json.append(raw: "null")
                }
                i += 1
            }
            json.append(raw: "}")
        }
    }
#endif
