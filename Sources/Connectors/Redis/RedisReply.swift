#if Redis
    import CHiredis

    /// What a server answered; freed with its last holder, so nothing of it is kept longer.
    final class RedisReply {
        private let pointer: UnsafeMutablePointer<redisReply>

        init(_ pointer: UnsafeMutablePointer<redisReply>) { self.pointer = pointer }

        deinit { freeReplyObject(pointer) }

        /// Calls `body` with the whole answer; what it gets doesn't outlive the call.
        func read<R>(_ body: (RedisValue) -> R) -> R {
            withExtendedLifetime(self) { body(RedisValue(pointer: pointer)) }
        }
    }

    /// A piece of an answer, valid as long as that.
    struct RedisValue {
        let pointer: UnsafeMutablePointer<redisReply>

        /// nil: it is no number.
        var integer: Int64? {
            pointer.pointee.type == REDIS_REPLY_INTEGER ? pointer.pointee.integer : nil
        }

        /// nil: it is an error, a number or a list.
        var bytes: UnsafeRawBufferPointer? {
            let type = pointer.pointee.type
            guard type == REDIS_REPLY_STRING || type == REDIS_REPLY_STATUS else { return nil }
            return content
        }

        var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

        /// What the server refused, in its words.
        var error: String? {
            guard pointer.pointee.type == REDIS_REPLY_ERROR else { return nil }
            return String(decoding: content, as: UTF8.self)
        }

        var count: Int {
            pointer.pointee.type == REDIS_REPLY_ARRAY ? pointer.pointee.elements : 0
        }

        subscript(i: Int) -> RedisValue {
            precondition(i >= 0 && i < count, "an answer has no such element")
            return RedisValue(pointer: pointer.pointee.element[i]!)
        }

        /// The value behind this name, where names and values alternate.
        func named(_ name: String) -> RedisValue? {
            for i in stride(from: 0, to: count - 1, by: 2) where self[i].text == name {
                return self[i + 1]
            }
            return nil
        }

        private var content: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: pointer.pointee.str, count: pointer.pointee.len)
        }
    }
#endif
