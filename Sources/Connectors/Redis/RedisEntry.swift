#if Redis
    import Events

    /// How an entry of a stream becomes a record.
    ///
    /// It is the value of the field that `payload` names. Without that, a single field that holds a
    /// JSON object is the record; else the entry is an object of its fields, whose values are what
    /// they look like: numbers, `true` and `false`, texts.
    struct RedisEntry {
        let payload: String?
        /// The field that holds what the server knows of the entry; nil: none does.
        let metadata: String?
        let stream: String

        /// Gives the record's bytes, and what is to be put into them, to `body`.
        func read<R>(
            _ fields: RedisValue, id: String, _ body: (UnsafeRawBufferPointer, [UInt8]) -> R
        ) -> R {
            let extra = metadata.map { knowledge(of: id, under: $0) } ?? []
            if let payload, let value = fields.named(payload)?.bytes { return body(value, extra) }
            if payload == nil, fields.count == 2, let value = fields[1].bytes,
                value.first == UInt8(ascii: "{")
            {
                return body(value, extra)
            }
            return object(of: fields).withUnsafeBytes { body($0, extra) }
        }

        private func object(of fields: RedisValue) -> [UInt8] {
            var json = JSONWriter()
            json.append(raw: "{")
            for i in stride(from: 0, to: fields.count - 1, by: 2) {
                guard let name = fields[i].bytes, let value = fields[i + 1].bytes else { continue }
                if i > 0 { json.append(raw: ",") }
                json.append(string: name)
                json.append(raw: ":")
                json.append(value: value)
            }
            json.append(raw: "}")
            return json.bytes
        }

        /// `"redis":{"stream":"orders","id":"1714564800000-0","time":1714564800000}`
        private func knowledge(of id: String, under name: String) -> [UInt8] {
            var json = JSONWriter()
            json.append(name)
            json.append(raw: ":{\"stream\":")
            json.append(stream)
            json.append(raw: ",\"id\":\"\(id)\",\"time\":\(id.prefix { $0 != "-" })}")
            return json.bytes
        }
    }
#endif
