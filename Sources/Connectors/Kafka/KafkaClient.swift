#if Kafka
    import CRdkafka
    import Events
    import Synchronization

    /// Why a cluster couldn't be asked, or doesn't answer as asked.
    struct KafkaError: Error, Sendable {
        var message: String
        /// Asking again would bring the same.
        var isFinal = false

        init(_ message: String, isFinal: Bool = false) {
            self.message = message
            self.isFinal = isFinal
        }
    }

    /// A client of librdkafka with its threads. Its calls may be made from any thread, and those
    /// that ask a broker something block.
    final class KafkaClient: Sendable {
        nonisolated(unsafe) let handle: OpaquePointer
        let library: KafkaLibrary
        /// What the library says of the brokers.
        let signs: KafkaSigns
        /// Signalled when a queue has something.
        let arrivals = SignPipe()
        private let discretion: Discretion

        var functions: UnsafePointer<crdkafka> { library.functions }

        init(_ library: KafkaLibrary, _ properties: KafkaProperties) throws(KafkaError) {
            let functions = library.functions
            let signs = KafkaSigns()
            guard let configuration = functions.pointee.conf_new() else {
                throw KafkaError("no memory")
            }
            let discretion = properties.discretion
            func refusal(_ text: [CChar]) -> KafkaError {
                let message = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
                return KafkaError("librdkafka: \(discretion.clean(message))", isFinal: true)
            }
            var text = [CChar](repeating: 0, count: 512)
            for (name, value) in properties.values {
                let result = functions.pointee.conf_set(
                    configuration, name, value, &text, text.count)
                guard result == RD_KAFKA_CONF_OK else {
                    functions.pointee.conf_destroy(configuration)
                    throw refusal(text)
                }
            }
            // Else it writes to standard error.
            functions.pointee.conf_set_log_cb(configuration, nil)
            signs.listen(configuration, functions)
            guard
                let handle = functions.pointee.new(
                    RD_KAFKA_CONSUMER, configuration, &text, text.count)
            else {
                functions.pointee.conf_destroy(configuration)
                throw refusal(text)
            }
            self.handle = handle
            self.library = library
            self.signs = signs
            self.discretion = discretion
        }

        deinit { functions.pointee.destroy(handle) }

        /// Lets the library say what it has to say of the brokers.
        func poll() { functions.pointee.poll(handle, 0) }

        func error(_ code: rd_kafka_resp_err_t) -> KafkaError {
            KafkaError(library.text(of: code), isFinal: code.isFinal)
        }

        /// What the library says of a broker that is away.
        var trouble: String { discretion.clean(signs.trouble ?? "doesn't answer") }
    }

    /// What the library says of the brokers, from its own threads.
    final class KafkaSigns: Sendable {
        private struct State {
            var isDown = false
            var trouble: String?
        }

        private let state = Mutex(State())

        /// No broker can be reached.
        var isDown: Bool { state.withLock(\.isDown) }

        /// The last that went wrong.
        var trouble: String? { state.withLock(\.trouble) }

        func noteUp() { state.withLock { $0.isDown = false } }

        /// This object has to outlive the client.
        fileprivate func listen(
            _ configuration: OpaquePointer, _ functions: UnsafePointer<crdkafka>
        ) {
            functions.pointee.conf_set_opaque(
                configuration, Unmanaged.passUnretained(self).toOpaque())
            functions.pointee.conf_set_error_cb(configuration) { _, code, reason, opaque in
                guard let opaque else { return }
                let signs = Unmanaged<KafkaSigns>.fromOpaque(opaque).takeUnretainedValue()
                signs.note(code, reason.map { String(cString: $0) } ?? "")
            }
            functions.pointee.conf_set_stats_cb(configuration) { _, text, count, opaque in
                guard let opaque, let text else { return 0 }
                let signs = Unmanaged<KafkaSigns>.fromOpaque(opaque).takeUnretainedValue()
                signs.note(statistics: UnsafeRawBufferPointer(start: text, count: count))
                return 0
            }
        }

        private func note(_ code: Int32, _ reason: String) {
            state.withLock { state in
                if code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN.rawValue {
                    state.isDown = true
                } else {
                    state.trouble = reason
                }
            }
        }

        /// The library doesn't say when a broker is back, but its statistics do.
        private func note(statistics: UnsafeRawBufferPointer) {
            guard isDown else { return }
            if String(decoding: statistics, as: UTF8.self).contains(#""state":"UP""#) { noteUp() }
        }
    }

    extension rd_kafka_resp_err_t {
        /// Whether it is about us or what we want, not about the day.
        var isFinal: Bool {
            [
                RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR__INVALID_ARG,
                RD_KAFKA_RESP_ERR_INVALID_GROUP_ID,
            ].contains(self)
        }
    }
#endif
